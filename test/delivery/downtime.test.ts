import { describe, expect, test } from 'vitest';
import { resumeWorkspace, startWorkspace } from '#services/start-workspace.ts';
import { markDone } from '#storage/occurrences.ts';
import { databaseKinds } from '#test/database.ts';
import { withCards } from './composers.ts';
import { asked, type Pair, type Stage, weekly } from './engine.ts';
import { delivered, deliveries, due, occurrences } from './ledger.ts';
import { stages } from './stages.ts';

const onStage = stages();
/** With cards: what an outage or a pause has kept from being asked comes on the next one. */
const setStage: typeof onStage = (options) => onStage({ ...options, settings: { composers: withCards } });

/** One manager whose 1:1s are spread over the week. */
const spread: Pair[] = [
  { manager: 'dana', rep: 'sam', rule: weekly(1, '10:00') },
  { manager: 'dana', rep: 'kim', rule: weekly(3, '10:00') },
  { manager: 'dana', rep: 'lee', rule: weekly(4, '10:00') },
];

describe.each(databaseKinds)('after weeks of downtime (%s)', (database) => {
  test('every missed 1:1 exists once and is excused, and one message asks for what is still open', async () => {
    const stage = await setStage({ database, pairs: spread });
    await stage.engine.travelTo('2026-03-02T12:00:00Z');
    expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Open: sam' }]);

    // Down from Monday to a Friday five weeks later.
    stage.engine.jumpTo('2026-04-10T08:00:00Z');
    await stage.engine.catchUp();
    await stage.engine.catchUp();

    const rows = await occurrences(stage);
    expect(new Set(rows.map(({ about, period }) => `${about} ${period}`)).size).toBe(rows.length);
    const states = Object.groupBy(rows, ({ state }) => state);
    // The one asked before; then four Mondays and five Wednesdays and Thursdays nobody was asked about.
    expect(states.expired).toHaveLength(1);
    expect(states.excused).toHaveLength(4 + 5 + 5);
    expect(new Set(states.excused?.map(({ reason }) => reason))).toEqual(new Set(['not_asked_in_time']));
    expect(states.due?.map(({ about }) => about)).toEqual(['sam', 'kim', 'lee']);

    // The first is shown as closed now; there is one new message, not one for each day.
    expect(await stage.slack.messagesTo('dana')).toMatchObject([
      { text: 'Nothing is open.' },
      { text: 'Open: kim, lee, sam' },
    ]);
    expect(states.due?.every(({ asked_at }) => asked_at !== null)).toBe(true);
    // Of what was over when it was made, no message was even planned; three had been planned before, and what
    // the last ones asked came on a card.
    const sent = (await due(stage)).map(({ state, reason }) =>
      state === 'delivered' ? state : reason?.split(' ')[0],
    );
    const three = new Array(3).fill('nothing_left_to_ask');
    expect(sent).toEqual(['delivered', ...three, 'carried_by', 'carried_by', 'carried_by']);
    expect((await delivered(stage)).map(({ kind }) => kind)).toEqual(['prompt', 'card']);
  });
});

test('after a few days of downtime the messages of those days are one', async () => {
  const stage = await setStage({ pairs: spread });
  await stage.engine.catchUp();
  stage.engine.jumpTo('2026-03-06T08:00:00Z');
  await stage.engine.catchUp();

  expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Open: kim, lee, sam' }]);
  const [card, ...others] = await delivered(stage);
  expect(others).toEqual([]);
  expect(card).toMatchObject({ kind: 'card', key: expect.stringContaining('2026-03-06') });
  expect(await due(stage)).toMatchObject(new Array(3).fill({ state: 'folded' }));
  // Asked in that one message, each of them counts.
  await stage.engine.travelTo('2026-03-12T12:00:00Z');
  const ended = (await occurrences(stage)).filter(
    ({ closes_at }) => closes_at <= new Date('2026-03-12T12:00:00Z'),
  );
  expect(ended.map(({ state }) => state)).toEqual(['expired', 'expired', 'expired']);
});

test('what folds leaves behind what is over', async () => {
  const stage = await setStage({
    pairs: [
      { manager: 'dana', rep: 'sam', rule: weekly(1, '10:00') },
      { manager: 'dana', rep: 'kim', rule: weekly(1, '10:00') },
      { manager: 'dana', rep: 'lee', rule: weekly(3, '10:00') },
    ],
  });
  await stage.engine.catchUp();
  const { database, slack } = stage;
  const sams = (await occurrences(stage)).find(({ about }) => about === 'sam');
  await database.inWorkspace(slack.workspaceId, (trx) =>
    markDone(trx, slack.workspaceId, sams?.occurrence_id ?? '', new Date(stage.clock.now())),
  );
  stage.engine.jumpTo('2026-03-04T12:00:00Z');
  await stage.engine.catchUp();

  expect((await due(stage)).map(({ state }) => state)).toEqual(['folded', 'folded']);
  const [carrier] = await delivered(stage);
  const carried = await database.inWorkspace(slack.workspaceId, (trx) =>
    trx
      .selectFrom('delivery_occurrence')
      .innerJoin('occurrence', 'occurrence.occurrence_id', 'delivery_occurrence.occurrence_id')
      .select('about_id')
      .where('delivery_id', '=', carrier?.delivery_id ?? '')
      .orderBy('about_id')
      .execute(),
  );
  expect(carried.map(({ about_id }) => about_id)).toEqual([slack.userId('kim'), slack.userId('lee')]);
});

test('what has nothing open any more does not fold; it is dropped', async () => {
  const stage = await setStage({ pairs: spread });
  await stage.engine.catchUp();
  // The Monday after: sam's has closed, the others are open, and sam's new one has just begun.
  stage.engine.jumpTo('2026-03-09T10:00:00Z');
  await stage.engine.catchUp();
  expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Open: kim, lee, sam' }]);
  expect(await due(stage)).toMatchObject([
    { state: 'dropped', reason: 'nothing_left_to_ask' },
    { state: 'folded' },
    { state: 'folded' },
  ]);
});

test('messages to different people do not fold into each other', async () => {
  const stage = await setStage({
    pairs: [
      { manager: 'dana', rep: 'sam', rule: weekly(1, '10:00') },
      { manager: 'alex', rep: 'kim', rule: weekly(3, '10:00') },
    ],
  });
  await stage.engine.catchUp();
  stage.engine.jumpTo('2026-03-06T08:00:00Z');
  await stage.engine.catchUp();
  expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Open: sam' }]);
  expect(await stage.slack.messagesTo('alex')).toMatchObject([{ text: 'Open: kim' }]);
});

test('before the start nothing is planned and nothing is sent', async () => {
  const stage = await setStage({ start: false });
  await stage.engine.travelTo('2026-03-20T12:00:00Z');
  expect(await occurrences(stage)).toEqual([]);
  expect(await deliveries(stage)).toEqual([]);
  expect(stage.slack.faulty.requests).toEqual([]);

  await startWorkspace(stage.engine.context, stage.slack.workspaceId);
  await stage.engine.travelTo('2026-03-26T15:00:00Z');
  expect(await stage.slack.messagesTo('dana')).toEqual([]);
  await stage.engine.travelTo('2026-03-26T16:30:00Z');
  expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
  expect(await occurrences(stage)).toHaveLength(2);
});

describe('a pause', () => {
  async function pause({ database, slack, clock }: Stage): Promise<void> {
    await database.inWorkspace(slack.workspaceId, (trx) =>
      trx
        .updateTable('workspace')
        .set({ paused_at: new Date(clock.now()) })
        .execute(),
    );
  }

  test('sends nothing; what closes meanwhile is excused; resuming is no burst', async () => {
    const stage = await setStage({ pairs: spread });
    await stage.engine.catchUp();
    await pause(stage);
    await stage.engine.travelTo('2026-03-27T08:00:00Z');
    expect(stage.slack.faulty.accepted('chat.postMessage')).toEqual([]);

    const states = Object.groupBy(await occurrences(stage), ({ state }) => state);
    expect(states.excused).toHaveLength(3 * 3);
    expect(new Set(states.excused?.map(({ reason }) => reason))).toEqual(new Set(['not_asked_in_time']));
    expect(states.expired).toBeUndefined();

    await resumeWorkspace(stage.engine.context, stage.slack.workspaceId);
    await stage.engine.catchUp();
    expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Open: kim, lee, sam' }]);
  });

  test('between a post and its end still settles what was begun, and posts it again only when resumed', async () => {
    const stage = await setStage();
    stage.slack.faulty.once('chat.postMessage', { kind: 'reset' });
    await stage.engine.travelTo(asked);
    await pause(stage);
    stage.clock.pass(60_000);
    await stage.engine.catchUp();
    expect((await due(stage))[0]).toMatchObject({
      state: 'pending',
      last_answer: 'not_found_in_conversation',
    });
    expect(await stage.slack.messagesTo('dana')).toEqual([]);

    await resumeWorkspace(stage.engine.context, stage.slack.workspaceId);
    await stage.engine.catchUp();
    expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
  });
});
