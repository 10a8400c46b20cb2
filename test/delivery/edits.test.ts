import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { keepPressed } from '#services/keep-pressed.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import { type RawApp, startRawApp } from '#test/local-slack/raw-app.ts';
import { Person } from '#test/person.ts';
import { composers } from './composers.ts';
import { asked, createEngine, type Stage, type StageOptions } from './engine.ts';
import { due, edits, occurrences } from './ledger.ts';
import { slackKinds } from './slacks.ts';
import { stages } from './stages.ts';

const setStage = stages();

const update = 'chat.update';
const post = 'chat.postMessage';

const threeReps = ['sam', 'kim', 'lee'].map((rep) => ({ manager: 'dana', rep }));

/** The stage at which dana's message stands. */
async function askedStage(options: StageOptions = {}): Promise<Stage> {
  const stage = await setStage({ pairs: threeReps, ...options });
  await stage.engine.travelTo(asked);
  expect(await shown(stage)).toEqual(['Open: kim, lee, sam']);
  return stage;
}

/** What a service does when somebody logs a 1:1. */
async function log({ database, slack, clock, ...stage }: Stage, rep: string): Promise<void> {
  const open = (await occurrences({ ...stage, database, slack })).find(
    ({ about, state }) => about === rep && state === 'due',
  );
  await database.inWorkspace(slack.workspaceId, async (trx) => {
    await markDone(trx, slack.workspaceId, open?.occurrence_id ?? '', new Date(clock.now()));
    await markMessagesOf(trx, slack.workspaceId, open?.occurrence_id ?? '');
  });
}

const shown = async ({ slack }: Stage): Promise<string[]> =>
  (await slack.messagesTo('dana')).map(({ text }) => text);

const callsOf = ({ slack }: Stage, method: string): number =>
  slack.faulty.requests.filter((request) => request.method === method).length;

describe.each(slackKinds)('a message in %s', (slack) => {
  test('is edited in place, as often as it changes', async () => {
    const stage = await askedStage({ slack });
    const [before] = await stage.slack.messagesTo('dana');
    for (const [rep, text] of [
      ['sam', 'Open: kim, lee'],
      ['kim', 'Open: lee'],
      ['lee', 'Nothing is open.'],
    ] as const) {
      await log(stage, rep);
      await stage.engine.catchUp();
      expect(await stage.slack.messagesTo('dana')).toMatchObject([{ ts: before?.ts, text }]);
    }
    expect(callsOf(stage, update)).toBe(3);
    expect(callsOf(stage, post)).toBe(1);
  });

  test('is not edited to what it shows already', async () => {
    const stage = await askedStage({ slack });
    const [occurrence] = await occurrences(stage);
    await stage.database.inWorkspace(stage.slack.workspaceId, (trx) =>
      markMessagesOf(trx, stage.slack.workspaceId, occurrence?.occurrence_id ?? ''),
    );
    await stage.engine.catchUp();
    expect(callsOf(stage, update)).toBe(0);
    expect(await edits(stage)).toMatchObject([{ state: 'done', last_answer: 'unchanged' }]);
  });

  test('that changes while it is edited ends with the last change', async () => {
    const stage = await askedStage({ slack });
    const hold = stage.slack.faulty.hold(update, 'acceptance');
    await log(stage, 'sam');
    const draining = stage.engine.catchUp();
    await hold.untilHeld();
    await log(stage, 'kim');
    hold.release();
    await draining;
    expect(await shown(stage)).toEqual(['Open: lee']);
    expect(await edits(stage)).toMatchObject([{ state: 'done', version: 2 }]);
  });

  test('that is edited by two processes at once ends with the last change', async () => {
    const stage = await askedStage({ slack });
    const hold = stage.slack.faulty.hold(update, 'acceptance');
    await log(stage, 'sam');
    const slow = stage.engine.catchUp();
    await hold.untilHeld();
    await log(stage, 'kim');
    // The other one shows the change before the first, which is out of date by then, reaches Slack.
    const past = { ...stage.slack, faulty: { ...stage.slack.faulty, apiUrl: stage.slack.directUrl } };
    const other = createEngine({ ...stage, slack: past });
    await other.drainOnce();
    expect(await shown(stage)).toEqual(['Open: lee']);
    hold.release();
    await slow;
    expect(await shown(stage)).toEqual(['Open: lee']);
  });

  test.each([
    { name: '500', fault: { kind: 'server-error', accepted: false } as const, answer: 'http_500' },
    {
      name: '500 although accepted',
      fault: { kind: 'server-error', accepted: true } as const,
      answer: 'http_500',
    },
    { name: 'a lost answer', fault: { kind: 'answer-lost' } as const, answer: 'no_answer' },
    { name: 'a reset', fault: { kind: 'reset' } as const, answer: 'no_answer' },
    {
      name: 'internal_error',
      fault: { kind: 'not-ok', error: 'internal_error', accepted: false } as const,
      answer: 'internal_error',
    },
  ])('whose edit meets $name is edited again after a while', async ({ fault, answer }) => {
    const stage = await askedStage({ slack });
    stage.slack.faulty.once(update, fault);
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await edits(stage)).toMatchObject([{ state: 'pending', last_answer: answer, attempts: 1 }]);
    stage.clock.pass(4_999);
    await stage.engine.catchUp();
    expect(callsOf(stage, update)).toBe(1);
    stage.clock.pass(1);
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
    expect(await edits(stage)).toMatchObject([{ state: 'done', last_answer: 'ok' }]);
  });

  test('whose edit meets 429 waits, and so do all the other edits', async () => {
    const stage = await setStage({
      slack,
      pairs: [
        { manager: 'dana', rep: 'sam' },
        { manager: 'alex', rep: 'kim' },
      ],
    });
    await stage.engine.travelTo(asked);
    stage.slack.faulty.once(update, { kind: 'rate-limited', retryAfterSeconds: 20 });
    await log(stage, 'sam');
    await log(stage, 'kim');
    await stage.engine.catchUp();
    stage.clock.pass(19_999);
    await stage.engine.catchUp();
    expect(callsOf(stage, update)).toBe(1);
    stage.clock.pass(1);
    await stage.engine.catchUp();
    expect(callsOf(stage, update)).toBe(3);
    for (const manager of ['dana', 'alex']) {
      expect(await stage.slack.messagesTo(manager)).toMatchObject([{ text: 'Nothing is open.' }]);
    }
  });

  test('that is gone is recorded as such and never posted anew', async () => {
    const stage = await askedStage({ slack });
    const [message] = await stage.slack.messagesTo('dana');
    await stage.slack.remove('dana', message?.ts ?? '');
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await edits(stage)).toMatchObject([{ state: 'failed', last_answer: 'message_not_found' }]);
    stage.clock.pass(24 * 60 * 60_000);
    await stage.engine.catchUp();
    expect(callsOf(stage, update)).toBe(1);
    expect(callsOf(stage, post)).toBe(1);
    expect(await shown(stage)).toEqual([]);
  });

  test.each(['edit_window_closed', 'cant_update_message', 'invalid_blocks'])(
    'that may not be edited (%s) stays as it is',
    async (error) => {
      const stage = await askedStage({ slack });
      stage.slack.faulty.once(update, { kind: 'not-ok', error, accepted: false });
      await log(stage, 'sam');
      await stage.engine.catchUp();
      stage.clock.pass(24 * 60 * 60_000);
      await stage.engine.catchUp();
      expect(await edits(stage)).toMatchObject([{ state: 'failed', last_answer: error }]);
      expect(callsOf(stage, update)).toBe(1);
      expect(callsOf(stage, post)).toBe(1);
    },
  );

  test('is edited before anything new is posted', async () => {
    const stage = await setStage({
      slack,
      pairs: [
        { manager: 'dana', rep: 'sam' },
        {
          manager: 'alex',
          rep: 'kim',
          rule: { kind: 'weekly', interval: 1, anchor: '2026-03-02', weekday: 5, time: '10:00' },
        },
      ],
    });
    await stage.engine.travelTo(asked);
    await log(stage, 'sam');
    stage.engine.jumpTo('2026-03-06T10:30:00Z');
    await stage.engine.catchUp();
    const made = stage.slack.faulty.requests
      .map(({ method }) => method)
      .filter((method) => [post, update].includes(method));
    expect(made).toEqual([post, update, post]);
  });

  test('that was found after a lost answer is brought up to date', async () => {
    const stage = await setStage({ slack, pairs: threeReps });
    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    await stage.engine.travelTo(asked);
    await log(stage, 'sam');
    stage.clock.pass(60_000);
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
  });

  test('that is answered before its post is recorded is brought up to date', async () => {
    const stage = await setStage({ slack, pairs: threeReps });
    const hold = stage.slack.faulty.hold(post, 'answer');
    const draining = stage.engine.travelTo(asked);
    await hold.untilHeld();
    // It stands in Slack and can be pressed, and the ledger does not know of it yet.
    await log(stage, 'sam');
    hold.release();
    await draining;
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
  });

  test('whose occurrence closes before its post is recorded is brought up to date', async () => {
    const stage = await setStage({ slack });
    const hold = stage.slack.faulty.hold(post, 'answer');
    const draining = stage.engine.travelTo(asked);
    await hold.untilHeld();
    stage.engine.jumpTo('2026-03-12T16:00:00Z');
    await stage.engine.delivery.tick();
    hold.release();
    await draining;
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Nothing is open.']);
  });
});

test('an edit of which it is not known whether it was made is not taken for undone', async () => {
  const stage = await askedStage();
  const [first] = await occurrences(stage);
  const setState = (state: 'due' | 'done') =>
    stage.database.inWorkspace(stage.slack.workspaceId, async (trx) => {
      const settled = state === 'done' ? new Date(stage.clock.now()) : null;
      await trx
        .updateTable('occurrence')
        .set({ state, settled_at: settled })
        .where('occurrence_id', '=', first?.occurrence_id ?? '')
        .execute();
      await markMessagesOf(trx, stage.slack.workspaceId, first?.occurrence_id ?? '');
    });
  stage.slack.faulty.once(update, { kind: 'answer-lost' });
  await setState('done');
  await stage.engine.catchUp();
  // Back to what the ledger thinks is shown: but Slack shows the other.
  await setState('due');
  await stage.engine.catchUp();
  expect(await shown(stage)).toEqual(['Open: kim, lee, sam']);
});

describe('a pressed message', () => {
  let app: RawApp | undefined;
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  /** Dana presses the button of her message; what came with the press is kept. */
  async function press(stage: Stage): Promise<void> {
    const { local, workspaceId } = stage.slack;
    if (local === undefined) throw new Error('only ours has buttons');
    app ??= await startRawApp(local);
    await new Person(local, stage.slack.userId('dana')).dm()[0]?.press('Log');
    const payload = app.received.at(-1)?.payload as {
      response_url: string;
      container: { channel_id: string; message_ts: string };
    };
    const message = { channel: payload.container.channel_id, ts: payload.container.message_ts };
    await keepPressed(stage.engine.context, workspaceId, message, payload.response_url);
  }

  test('is edited through the address that came with the press, and costs no call', async () => {
    const stage = await askedStage();
    await press(stage);
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
    expect(callsOf(stage, update)).toBe(0);
  });

  test('is edited the ordinary way, and at once, when Slack refuses that address', async () => {
    const stage = await askedStage();
    await press(stage);
    const [edit] = await edits(stage);
    // Slack takes five uses; these are somebody else's.
    for (let use = 0; use < 5; use += 1) {
      await fetch(edit?.response_url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response_type: 'ephemeral', text: 'used' }),
      });
    }
    await log(stage, 'sam');
    expect(await stage.engine.drainOnce()).toBe(1);
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
    expect(callsOf(stage, update)).toBe(1);

    // And it is not tried again.
    expect(await edits(stage)).toMatchObject([{ state: 'done', response_url: null }]);
  });

  test('is edited the ordinary way when the address leads nowhere', async () => {
    const stage = await askedStage();
    const [message] = await stage.slack.messagesTo('dana');
    const { channel } = await stage.database.inWorkspace(stage.slack.workspaceId, (trx) =>
      trx
        .selectFrom('message')
        .select('channel')
        .where('ts', '=', message?.ts ?? '')
        .executeTakeFirstOrThrow(),
    );
    await keepPressed(
      stage.engine.context,
      stage.slack.workspaceId,
      { channel, ts: message?.ts ?? '' },
      'http://127.0.0.1:9/',
    );
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
    expect(callsOf(stage, update)).toBe(1);
  });

  test('is edited the ordinary way half an hour later', async () => {
    const stage = await askedStage();
    await press(stage);
    stage.clock.pass(29 * 60_000);
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
    expect(callsOf(stage, update)).toBe(1);
  });

  test('is edited although the limit of edits is used up', async () => {
    const stage = await askedStage();
    stage.slack.faulty.once(update, { kind: 'rate-limited', retryAfterSeconds: 60 });
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee, sam']);
    await press(stage);
    await log(stage, 'kim');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: lee']);
    expect(callsOf(stage, update)).toBe(1);
  });
});

describe('a message that cannot be composed', () => {
  /** Three managers, and a mistake in composing that strikes ben's message while the switch is on. */
  async function withMistake(on: { mistake: boolean }) {
    const pairs = ['ann', 'ben', 'cem'].map((manager) => ({ manager, rep: `${manager}sen` }));
    const stage = await setStage({ pairs });
    const engine = createEngine({
      ...stage,
      settings: {
        composers: {
          ...composers,
          one_on_one_prompt: async (trx, workspaceId, deliveryId) => {
            const { receiver_id } = await trx
              .selectFrom('delivery')
              .select('receiver_id')
              .where('delivery_id', '=', deliveryId)
              .executeTakeFirstOrThrow();
            if (on.mistake && receiver_id === stage.slack.userId('ben')) {
              // As a mistake in a query would: the transaction is unusable afterwards.
              await trx.selectFrom('member').select(sql`1 / 0`.as('x')).execute();
            }
            return composers.one_on_one_prompt(trx, workspaceId, deliveryId);
          },
        },
      },
    });
    return { stage, engine };
  }

  test('does not keep the others of its workspace from being posted', async () => {
    const on = { mistake: true };
    const { stage, engine } = await withMistake(on);
    await engine.travelTo(asked);
    expect((await due(stage)).map(({ state, last_answer }) => `${state} ${last_answer}`).sort()).toEqual([
      'delivered ok',
      'delivered ok',
      'pending cannot_be_composed',
    ]);
    on.mistake = false;
    stage.clock.pass(10 * 60_000);
    await engine.catchUp();
    expect(await stage.slack.messagesTo('ben')).toHaveLength(1);
  });

  test('does not keep the others of its workspace from being edited', async () => {
    const on = { mistake: false };
    const { stage, engine } = await withMistake(on);
    await engine.travelTo(asked);
    on.mistake = true;
    for (const rep of ['annsen', 'bensen', 'cemsen']) await log(stage, rep);
    await engine.catchUp();
    const text = async (manager: string) => (await stage.slack.messagesTo(manager)).map((one) => one.text);
    expect(await text('ann')).toEqual(['Nothing is open.']);
    expect(await text('cem')).toEqual(['Nothing is open.']);
    expect(await text('ben')).toEqual(['Open: bensen']);
    expect((await edits(stage)).map(({ state, last_answer }) => `${state} ${last_answer}`).sort()).toEqual([
      'done ok',
      'done ok',
      'pending cannot_be_composed',
    ]);
    on.mistake = false;
    stage.clock.pass(10 * 60_000);
    await engine.catchUp();
    expect(await text('ben')).toEqual(['Nothing is open.']);
  });
});
