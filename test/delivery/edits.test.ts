import { describe, expect, test } from 'vitest';
import { markMessagesOf } from '#storage/messages.ts';
import { askedStage, log, shown, threeReps } from './changing.ts';
import { asked, callsOf, createEngine } from './engine.ts';
import { edits, occurrences } from './ledger.ts';
import { slackKinds } from './slacks.ts';
import { stages } from './stages.ts';

const setStage = stages();

const update = 'chat.update';
const post = 'chat.postMessage';

describe.each(slackKinds)('a message in %s', (slack) => {
  test('is edited in place, as often as it changes', async () => {
    const stage = await askedStage(setStage, { slack });
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
    const stage = await askedStage(setStage, { slack });
    const [occurrence] = await occurrences(stage);
    await stage.database.inWorkspace(stage.slack.workspaceId, (trx) =>
      markMessagesOf(trx, stage.slack.workspaceId, occurrence?.occurrence_id ?? ''),
    );
    await stage.engine.catchUp();
    expect(callsOf(stage, update)).toBe(0);
    expect(await edits(stage)).toMatchObject([{ state: 'done', last_answer: 'unchanged' }]);
  });

  test('that changes while it is edited ends with the last change', async () => {
    const stage = await askedStage(setStage, { slack });
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
    const stage = await askedStage(setStage, { slack });
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
    const stage = await askedStage(setStage, { slack });
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
    const stage = await askedStage(setStage, { slack });
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
      const stage = await askedStage(setStage, { slack });
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
  const stage = await askedStage(setStage);
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
