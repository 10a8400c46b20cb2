import { describe, expect, test } from 'vitest';
import { asked, callsOf, createEngine, type Stage, tuesday } from './engine.ts';
import { deliveries, due, occurrences, onlyDue } from './ledger.ts';
import { slackKinds } from './slacks.ts';
import { stages } from './stages.ts';

const post = 'chat.postMessage';
const open = 'conversations.open';

/** The next Thursday, at which what is unfinished closes. */
const closing = '2026-03-12T16:00:00Z';

const notOk = (error: string) => ({ kind: 'not-ok', error, accepted: false }) as const;

/** To managers; what is opened for reps is not looked at here. */
const ofManagers =
  ({ slack }: Stage, managers = ['dana']) =>
  ({ body }: { body: Readonly<Record<string, unknown>> }): boolean =>
    managers.some((name) => slack.userId(name) === body['users']);

const opensOf = (stage: Stage, managers = ['dana']): number =>
  stage.slack.faulty.requests.filter(
    (request) => request.method === open && ofManagers(stage, managers)(request),
  ).length;

describe.each(slackKinds)('a post that %s refuses', (slack) => {
  const setStage = stages();

  test('with 429 is not tried again before Retry-After is over', async () => {
    const stage = await setStage({ slack });
    stage.slack.faulty.once(post, { kind: 'rate-limited', retryAfterSeconds: 42 });
    await stage.engine.travelTo(asked);
    expect(await onlyDue(stage)).toMatchObject({ state: 'pending', last_answer: 'ratelimited' });

    stage.clock.pass(41_999);
    await stage.engine.delivery.tick();
    await stage.engine.catchUp();
    expect(callsOf(stage, post)).toBe(1);
    expect(await stage.slack.messagesTo('dana')).toEqual([]);

    stage.clock.pass(1);
    await stage.engine.catchUp();
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered' });
    expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
  });

  test('with 429 keeps the others of its workspace waiting too, whoever drains it', async () => {
    const managers = ['ann', 'ben', 'cem'];
    const stage = await setStage({
      slack,
      pairs: managers.map((manager) => ({ manager, rep: `${manager}sen` })),
    });
    await stage.engine.travelTo('2026-03-05T16:29:59Z');
    stage.slack.faulty.once(post, { kind: 'rate-limited', retryAfterSeconds: 42 });
    stage.engine.jumpTo(asked);
    await stage.engine.drainOnce();
    const other = createEngine(stage);
    stage.clock.pass(41_999);
    expect(await other.drainOnce()).toBe(0);
    expect(callsOf(stage, post)).toBe(1);
    stage.clock.pass(1);
    await other.drainOnce();
    expect(await due(stage)).toMatchObject(new Array(3).fill({ state: 'delivered' }));
    expect(callsOf(stage, post)).toBe(4);
  });

  test.each(['invalid_blocks', 'msg_too_long', 'is_archived'])(
    'for good with %s is dropped, and the 1:1 is excused',
    async (error) => {
      const stage = await setStage({ slack });
      stage.slack.faulty.once(post, notOk(error));
      await stage.engine.travelTo(asked);
      expect(await onlyDue(stage)).toMatchObject({ state: 'dropped', reason: error });

      await stage.engine.travelTo(closing);
      const [first] = await occurrences(stage);
      expect(first).toMatchObject({ state: 'excused', reason: 'not_asked_in_time' });
      expect(callsOf(stage, post)).toBe(1);
    },
  );

  test.each(['service_unavailable', 'invalid_auth', 'missing_scope', 'restricted_action'])(
    'for now with %s is tried again, later each time',
    async (error) => {
      const stage = await setStage({ slack });
      for (let time = 0; time < 3; time += 1) stage.slack.faulty.once(post, notOk(error));
      await stage.engine.travelTo(asked);
      for (const wait of [5_000, 10_000, 20_000]) {
        const before = callsOf(stage, post);
        expect(await onlyDue(stage)).toMatchObject({ state: 'pending', last_answer: error });
        stage.clock.pass(wait - 1);
        await stage.engine.catchUp();
        expect(callsOf(stage, post)).toBe(before);
        stage.clock.pass(1);
        await stage.engine.catchUp();
        expect(callsOf(stage, post)).toBe(before + 1);
      }
      expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', attempts: 4 });
      expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
    },
  );

  test('because the conversation is unknown opens it anew, once', async () => {
    const stage = await setStage({ slack });
    stage.slack.faulty.once(post, notOk('channel_not_found'));
    await stage.engine.travelTo(asked);
    expect(await onlyDue(stage)).toMatchObject({ state: 'pending', last_answer: 'channel_not_found' });

    stage.clock.pass(5_000);
    await stage.engine.catchUp();
    expect(opensOf(stage)).toBe(2);
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered' });
  });

  test('because the conversation is unknown although just opened is dropped', async () => {
    const stage = await setStage({ slack });
    stage.slack.faulty.once(post, notOk('channel_not_found'));
    stage.slack.faulty.once(post, notOk('channel_not_found'));
    await stage.engine.travelTo(asked);
    stage.clock.pass(5_000);
    await stage.engine.catchUp();
    expect(await onlyDue(stage)).toMatchObject({ state: 'dropped', reason: 'channel_not_found' });
  });
});

describe.each(slackKinds)('a conversation that %s does not open', (slack) => {
  const setStage = stages();

  test.each(['user_not_found', 'user_disabled', 'cannot_dm_bot'])(
    'for good, with %s: dropped, excused, nothing posted',
    async (error) => {
      const stage = await setStage({ slack, now: tuesday });
      stage.slack.faulty.once(open, notOk(error), ofManagers(stage));
      await stage.engine.travelTo(asked);
      expect(await onlyDue(stage)).toMatchObject({ state: 'dropped', reason: error, attempts: 0 });

      await stage.engine.travelTo(closing);
      const [first] = await occurrences(stage);
      expect(first).toMatchObject({ state: 'excused', reason: 'not_asked_in_time' });
      expect(callsOf(stage, post)).toBe(0);
    },
  );

  test.each([
    { name: 'with an error of its own', fault: notOk('internal_error'), wait: 20_000 },
    { name: 'with 429', fault: { kind: 'rate-limited', retryAfterSeconds: 30 } as const, wait: 30_000 },
    { name: 'with 500', fault: { kind: 'server-error', accepted: false } as const, wait: 20_000 },
    { name: 'because its answer is lost', fault: { kind: 'answer-lost' } as const, wait: 20_000 },
  ])('for now, $name: pending, opened later, delivered', async ({ fault, wait }) => {
    const stage = await setStage({ slack, now: tuesday });
    stage.slack.faulty.once(open, fault, ofManagers(stage));
    await stage.engine.travelTo(asked);
    expect(await onlyDue(stage)).toMatchObject({ state: 'pending', attempts: 0 });
    const [, ...ahead] = await deliveries(stage);
    expect(ahead).toMatchObject([{ state: 'pending', last_answer: null, retry_at: null }]);

    stage.clock.pass(wait - 1);
    await stage.engine.catchUp();
    expect(opensOf(stage)).toBe(1);

    stage.clock.pass(1);
    await stage.engine.catchUp();
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered' });
    expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
  });

  test('because of the limit of the workspace: the others are not even asked for', async () => {
    const managers = ['ann', 'ben', 'cem'];
    const stage = await setStage({
      slack,
      now: tuesday,
      pairs: managers.map((manager) => ({ manager, rep: `${manager}sen` })),
    });
    stage.slack.faulty.once(
      open,
      { kind: 'rate-limited', retryAfterSeconds: 30 },
      ofManagers(stage, managers),
    );
    await stage.engine.travelTo(asked);
    expect(opensOf(stage, managers)).toBe(1);
    stage.clock.pass(30_000);
    await stage.engine.catchUp();
    expect(opensOf(stage, managers)).toBe(4);
    expect((await due(stage)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  test('is opened before anything is posted, and once for all messages to come', async () => {
    const stage = await setStage({ slack, now: tuesday });
    await stage.engine.travelTo('2026-03-19T16:30:00Z');
    const methods = stage.slack.faulty.requests.map(({ method }) => method);
    expect(opensOf(stage)).toBe(1);
    expect(methods.indexOf(open)).toBeLessThan(methods.indexOf(post));
    expect(callsOf(stage, post)).toBe(3);
  });
});

describe.each(slackKinds)('%s away', (slack) => {
  const setStage = stages();

  test.each(['closed', 'refusing'] as const)(
    '(%s): nothing is lost, and it is delivered once when it is back',
    async (how) => {
      const stage = await setStage({ slack, now: tuesday });
      await stage.slack.faulty.leave(how);
      await stage.engine.travelTo(asked);
      expect(await onlyDue(stage)).toMatchObject({ state: 'pending' });
      stage.clock.pass(60 * 60_000);
      await stage.engine.catchUp();
      expect(await onlyDue(stage)).toMatchObject({ state: 'pending' });

      await stage.slack.faulty.comeBack();
      stage.clock.pass(10 * 60_000);
      await stage.engine.catchUp();
      expect(await onlyDue(stage)).toMatchObject({ state: 'delivered' });
      expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
    },
  );

  test('between opening and posting: certainly not sent, so without quarantine', async () => {
    const stage = await setStage({ slack, now: tuesday });
    await stage.engine.travelTo(asked);
    await stage.slack.faulty.leave('closed');
    await stage.engine.travelTo('2026-03-12T16:30:00Z');
    const second = (await due(stage))[1];
    expect(second).toMatchObject({ state: 'pending', last_answer: 'econnrefused', attempts: 1 });
    await stage.slack.faulty.comeBack();
    stage.clock.pass(5_000);
    await stage.engine.catchUp();
    expect(await stage.slack.messagesTo('dana')).toHaveLength(2);
  });

  test('a wave does not wait for every single answer: after three posts in vain the rest is left for the next tick', async () => {
    const managers = Array.from({ length: 8 }, (_, number) => `manager${number}`);
    const stage = await setStage({
      slack,
      now: tuesday,
      pairs: managers.map((manager) => ({ manager, rep: `${manager}rep` })),
    });
    await stage.engine.travelTo('2026-03-05T16:29:59Z');
    for (let time = 0; time < 4; time += 1)
      stage.slack.faulty.once(post, { kind: 'server-error', accepted: false });
    stage.engine.jumpTo(asked);

    await stage.engine.drainOnce();
    expect(callsOf(stage, post)).toBe(3);
    expect((await due(stage)).map(({ state }) => state).sort()).toEqual([
      ...new Array(5).fill('pending'),
      ...new Array(3).fill('uncertain'),
    ]);

    // One more fails: that alone is no reason to give up.
    await stage.engine.drainOnce();
    expect(callsOf(stage, post)).toBe(8);
    expect((await due(stage)).filter(({ state }) => state === 'delivered')).toHaveLength(4);
  });
});
