import { describe, expect, test } from 'vitest';
import { excuseOpenOf, markDone } from '#storage/occurrences.ts';
import { composers, composeToReps } from './composers.ts';
import { asked, type Stage } from './engine.ts';
import { occurrences, onlyDue } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

const closing = '2026-03-12T16:00:00Z';

async function log(stage: Stage, occurrenceId: string | undefined): Promise<void> {
  const at = new Date(stage.clock.now());
  await stage.database.inWorkspace(stage.slack.workspaceId, (trx) =>
    markDone(trx, stage.slack.workspaceId, occurrenceId ?? '', at),
  );
}

test('logged before it is asked about: the message is dropped', async () => {
  const stage = await setStage();
  await stage.engine.travelTo('2026-03-05T16:10:00Z');
  const [occurrence] = await occurrences(stage);
  await log(stage, occurrence?.occurrence_id);
  await stage.engine.travelTo(asked);
  expect(await onlyDue(stage)).toMatchObject({
    state: 'dropped',
    reason: 'nothing_left_to_ask',
    attempts: 0,
  });
  expect(stage.slack.faulty.accepted('chat.postMessage')).toEqual([]);
});

test('asked and never logged: expired when the next falls due, and the message shows it', async () => {
  const stage = await setStage();
  await stage.engine.travelTo('2026-03-12T15:59:59Z');
  expect((await occurrences(stage))[0]).toMatchObject({ state: 'due' });
  await stage.engine.travelTo(closing);
  expect((await occurrences(stage))[0]).toMatchObject({ state: 'expired', reason: null });
  expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Nothing is open.' }]);
});

test('an unclear post does not count as having asked', async () => {
  const stage = await setStage({ scopes: ['chat:write', 'im:write'] });
  stage.slack.faulty.once('chat.postMessage', { kind: 'answer-lost' });
  await stage.engine.travelTo(closing);
  expect((await occurrences(stage))[0]).toMatchObject({ state: 'excused', reason: 'not_asked_in_time' });
});

test('an unclear post that is found afterwards does', async () => {
  const stage = await setStage();
  stage.slack.faulty.once('chat.postMessage', { kind: 'answer-lost' });
  await stage.engine.travelTo(asked);
  stage.clock.pass(60_000);
  await stage.engine.travelTo(closing);
  expect((await occurrences(stage))[0]).toMatchObject({ state: 'expired' });
});

test('a question to the rep does not count as having asked the manager', async () => {
  const stage = await setStage({
    settings: { composers: { ...composers, card: composeToReps } },
  });
  const whenManagerIsAsked = (): boolean => stage.clock.now() >= Date.parse(asked);
  const refused = { kind: 'not-ok', error: 'invalid_blocks', accepted: false } as const;
  stage.slack.faulty.once('chat.postMessage', refused, whenManagerIsAsked);
  await stage.engine.travelTo(closing);
  expect(await stage.slack.messagesTo('sam')).toHaveLength(2);
  expect(await stage.slack.messagesTo('dana')).toEqual([]);
  expect((await occurrences(stage))[0]).toMatchObject({ state: 'excused', reason: 'not_asked_in_time' });
});

describe('a cadence that ends', () => {
  async function end(stage: Stage): Promise<void> {
    const { workspaceId } = stage.slack;
    await stage.database.inWorkspace(workspaceId, async (trx) => {
      const { cadence_id } = await trx.selectFrom('cadence').select('cadence_id').executeTakeFirstOrThrow();
      await excuseOpenOf(trx, workspaceId, cadence_id, 'manager_changed', new Date(stage.clock.now()));
    });
  }

  test('has what is open excused, and its message shows it', async () => {
    const stage = await setStage();
    await stage.engine.travelTo(asked);
    await end(stage);
    await stage.engine.catchUp();
    expect((await occurrences(stage))[0]).toMatchObject({ state: 'excused', reason: 'manager_changed' });
    expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Nothing is open.' }]);
  });

  test('before its message is sent: it is not sent', async () => {
    const stage = await setStage();
    await stage.engine.travelTo('2026-03-05T12:00:00Z');
    await end(stage);
    await stage.engine.travelTo(asked);
    expect(await onlyDue(stage)).toMatchObject({ state: 'dropped', reason: 'nothing_left_to_ask' });
  });
});

test.each(['deactivated', 'guest'] as const)(
  'a receiver who is %s gets nothing, and the 1:1 is excused',
  async (status) => {
    const stage = await setStage();
    const { workspaceId, userId, faulty } = stage.slack;
    await stage.database.inWorkspace(workspaceId, (trx) =>
      trx.updateTable('member').set({ status }).where('user_id', '=', userId('dana')).execute(),
    );
    await stage.engine.travelTo(asked);
    expect(await onlyDue(stage)).toMatchObject({ state: 'dropped', reason: `receiver_${status}` });
    expect(faulty.accepted('chat.postMessage')).toEqual([]);
    await stage.engine.travelTo(closing);
    expect((await occurrences(stage))[0]).toMatchObject({ state: 'excused' });
  },
);
