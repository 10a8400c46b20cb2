import { describe, expect, test } from 'vitest';
import type { Fault } from '#test/slack/faulty-slack.ts';
import { asked, callsOf, quarantine, type Stage } from './engine.ts';
import { onlyDue } from './ledger.ts';
import { slackKinds } from './slacks.ts';
import { stages } from './stages.ts';

const post = 'chat.postMessage';

interface Case {
  name: string;
  fault: Fault;
  /** Slack has it, whatever it told us. */
  accepted: boolean;
}

const unclear: Case[] = [
  { name: 'the answer is lost after acceptance', fault: { kind: 'answer-lost' }, accepted: true },
  { name: 'the connection is reset before acceptance', fault: { kind: 'reset' }, accepted: false },
  { name: '500 although accepted', fault: { kind: 'server-error', accepted: true }, accepted: true },
  { name: '500 and not accepted', fault: { kind: 'server-error', accepted: false }, accepted: false },
  {
    name: '503 and not accepted',
    fault: { kind: 'server-error', accepted: false, status: 503 },
    accepted: false,
  },
  ...['fatal_error', 'internal_error'].flatMap((error): Case[] => [
    { name: `${error} although accepted`, fault: { kind: 'not-ok', error, accepted: true }, accepted: true },
    { name: `${error} and not accepted`, fault: { kind: 'not-ok', error, accepted: false }, accepted: false },
  ]),
];

describe.each(slackKinds)('a post to %s', (slack) => {
  const setStage = stages();

  test.each(['postgres', 'embedded'] as const)('that goes well is delivered once (%s)', async (database) => {
    const stage = await setStage({ slack, database });
    await stage.engine.travelTo(asked);
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', attempts: 1 });
    await expectCopies(stage, 1);
    await laterOn(stage);
    await expectCopies(stage, 1);
  });

  test.each(unclear)(
    'whose end is unclear, because $name: looked for, then one copy',
    async ({ fault, accepted }) => {
      const stage = await setStage({ slack });
      stage.slack.faulty.once(post, fault);
      await stage.engine.travelTo(asked);
      expect(await onlyDue(stage)).toMatchObject({ state: 'uncertain' });

      // In quarantine nothing is looked for and nothing is posted.
      stage.clock.pass(quarantine - 1);
      await stage.engine.catchUp();
      await stage.engine.drainOnce();
      expect(await onlyDue(stage)).toMatchObject({ state: 'uncertain' });
      expect(callsOf(stage, 'conversations.history')).toBe(0);
      await expectCopies(stage, accepted ? 1 : 0);

      stage.clock.pass(1);
      await stage.engine.catchUp();
      expect(await onlyDue(stage)).toMatchObject({
        state: 'delivered',
        last_answer: accepted ? 'found_in_conversation' : 'ok',
        attempts: accepted ? 1 : 2,
      });
      expect(callsOf(stage, post)).toBe(accepted ? 1 : 2);
      await expectCopies(stage, 1);
      await laterOn(stage);
      await expectCopies(stage, 1);
    },
  );

  test('the answer is lost on an embedded database: found by its key', async () => {
    const stage = await setStage({ slack, database: 'embedded' });
    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    await stage.engine.travelTo(asked);
    stage.clock.pass(quarantine);
    await stage.engine.catchUp();
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', last_answer: 'found_in_conversation' });
    await expectCopies(stage, 1);
  });

  test.each(['reset', 'silence'] as const)(
    'accepted late, but within the quarantine (client meets %s): one copy',
    async (client) => {
      const stage = await setStage({ slack, settings: { callTimeout: 300 } });
      const { faulty } = stage.slack;
      const arrival = Promise.withResolvers<void>();
      faulty.once(post, { kind: 'accepted-late', after: arrival.promise, client });
      await stage.engine.travelTo(asked);
      expect(await onlyDue(stage)).toMatchObject({ state: 'uncertain' });
      await expectCopies(stage, 0);

      stage.clock.pass(quarantine - 1);
      arrival.resolve();
      await faulty.untilSettled();
      stage.clock.pass(1);
      await stage.engine.catchUp();
      expect(await onlyDue(stage)).toMatchObject({
        state: 'delivered',
        last_answer: 'found_in_conversation',
      });
      await expectCopies(stage, 1);
    },
  );

  test('several in a row that are unclear: still one copy', async () => {
    const stage = await setStage({ slack });
    stage.slack.faulty.once(post, { kind: 'reset' });
    stage.slack.faulty.once(post, { kind: 'server-error', accepted: false });
    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    await stage.engine.travelTo(asked);
    for (let round = 0; round < 3; round += 1) {
      stage.clock.pass(quarantine);
      await stage.engine.catchUp();
    }
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', attempts: 3 });
    await expectCopies(stage, 1);
  });
});

/** Two more days, with their ticks: nothing may be repeated later either. */
async function laterOn({ clock, engine }: Stage): Promise<void> {
  clock.pass(10 * quarantine);
  await engine.travelTo('2026-03-07T12:00:00Z');
}

async function expectCopies(stage: Stage, copies: number): Promise<void> {
  const { post_key: key } = await onlyDue(stage);
  expect(stage.slack.faulty.copies(key)).toBe(copies);
  const standing = await stage.slack.messagesTo('dana');
  expect(standing.map((message) => message.key)).toEqual(new Array(copies).fill(key));
}
