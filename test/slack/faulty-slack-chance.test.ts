import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { askAsItComes, askOnce, delivery, failureOf, openDirect } from './asking.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { type FaultPlan, type FaultySlack, startFaultySlack } from './faulty-slack.ts';

let emulator: Emulator;
let channel: string;

beforeAll(async () => {
  emulator = await startEmulator({ users: [{ name: 'ana' }] });
  channel = await openDirect(emulator, 'ana');
});
afterAll(() => emulator.close());

async function withSlack<Result>(
  options: { seed?: number; faults?: FaultPlan },
  run: (slack: FaultySlack) => Promise<Result>,
): Promise<Result> {
  const slack = await startFaultySlack({ upstream: emulator.url, ...options });
  try {
    return await run(slack);
  } finally {
    await slack.close();
  }
}

const plan: FaultPlan = {
  'chat.postMessage': [
    { probability: 0.1, fault: { kind: 'answer-lost' } },
    { probability: 0.1, fault: { kind: 'server-error', accepted: false } },
    { probability: 0.1, fault: { kind: 'rate-limited', retryAfterSeconds: 1 } },
    { probability: 0.1, fault: { kind: 'accepted-late', after: [0, 5], client: 'reset' } },
  ],
};

/** One after another, with calls of another method in between where asked for. */
async function course(slack: FaultySlack, calls: number, between = false): Promise<string[]> {
  const client = askOnce(slack.apiUrl, emulator.botToken);
  for (let number = 0; number < calls; number++) {
    if (between) await client.auth.test();
    await Promise.allSettled([client.chat.postMessage(delivery(channel, `course-${number}`))]);
  }
  await slack.untilSettled();
  return slack.requests
    .filter(({ method }) => method === 'chat.postMessage')
    .map(({ fault, accepted }) => `${fault?.kind ?? 'none'} ${accepted}`);
}

describe('faults by chance', () => {
  test('the same seed meets the same faults, whatever else is asked in between', async () => {
    const first = await withSlack({ seed: 7, faults: plan }, (slack) => course(slack, 60));
    const again = await withSlack({ seed: 7, faults: plan }, (slack) => course(slack, 60, true));
    const other = await withSlack({ seed: 8, faults: plan }, (slack) => course(slack, 60));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('each fault of the plan comes up about as often as it should, and in its methods only', async () => {
    const faults: FaultPlan = {
      '*': [
        { probability: 0.25, fault: { kind: 'reset' } },
        { probability: 0.25, fault: { kind: 'server-error', accepted: false } },
      ],
      'auth.test': [],
    };
    await withSlack({ seed: 3, faults }, async (slack) => {
      const client = askOnce(slack.apiUrl, emulator.botToken);
      await Promise.allSettled(Array.from({ length: 200 }, () => client.users.list({})));
      await Promise.all(Array.from({ length: 20 }, () => client.auth.test()));
      const often = (kind: string) => slack.requests.filter(({ fault }) => fault?.kind === kind).length;
      for (const kind of ['reset', 'server-error']) {
        expect(often(kind)).toBeGreaterThan(30);
        expect(often(kind)).toBeLessThan(70);
      }
    });
  });

  test('a plan can be changed on the way', async () => {
    const always: FaultPlan = {
      'auth.test': [{ probability: 1, fault: { kind: 'server-error', accepted: false } }],
    };
    await withSlack({ faults: always }, async (slack) => {
      const client = askOnce(slack.apiUrl, emulator.botToken);
      await failureOf(client.auth.test());
      slack.setFaults({});
      expect(await client.auth.test()).toMatchObject({ ok: true });
    });
  });

  test('probabilities beyond certainty are refused', async () => {
    const faults = { 'auth.test': [{ probability: 1.1, fault: { kind: 'reset' } as const }] };
    await expect(startFaultySlack({ upstream: emulator.url, faults })).rejects.toThrow(RangeError);
  });
});

describe('control: what the client does by default when answers are lost', () => {
  test('the person gets the message several times', async () => {
    await withSlack({}, async (slack) => {
      for (let lost = 0; lost < 3; lost++) slack.once('chat.postMessage', { kind: 'answer-lost' });
      // The client's own waits between its attempts, seconds each, are skipped and not shortened.
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      vi.setTimerTickMode('nextTimerAsync');
      try {
        await askAsItComes(slack.apiUrl, emulator.botToken).chat.postMessage(delivery(channel, 'repeated'));
      } finally {
        vi.useRealTimers();
      }
      expect(slack.copies('repeated')).toBe(4);
    });
  });

  test('the client that asks once leaves one message', async () => {
    await withSlack({}, async (slack) => {
      slack.once('chat.postMessage', { kind: 'answer-lost' });
      await failureOf(askOnce(slack.apiUrl, emulator.botToken).chat.postMessage(delivery(channel, 'single')));
      expect(slack.copies('single')).toBe(1);
    });
  });
});
