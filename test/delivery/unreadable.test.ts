import { describe, expect, test } from 'vitest';
import { asked, callsOf, type Stage, weekly } from './engine.ts';
import { due, onlyDue } from './ledger.ts';
import { slackKinds } from './slacks.ts';
import { stages } from './stages.ts';

const post = 'chat.postMessage';
const history = 'conversations.history';
const withoutHistory = 'commands chat:write im:write users:read users:read.email'.split(' ');

const readsOf = ({ slack }: Stage): number => slack.faulty.accepted(history).length;

/** A tick a minute, as it would be. */
async function minutes(stage: Stage, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    stage.clock.pass(60_000);
    await stage.engine.catchUp();
  }
}

describe.each(slackKinds)('a conversation that %s does not let be read', (slack) => {
  const setStage = stages();

  test('stays uncertain for days and is never sent again', async () => {
    const stage = await setStage({ slack, scopes: withoutHistory });
    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    await stage.engine.travelTo(asked);
    for (let hour = 0; hour < 48; hour += 1) {
      stage.clock.pass(60 * 60_000);
      await stage.engine.catchUp();
    }
    expect(await onlyDue(stage)).toMatchObject({
      state: 'uncertain',
      last_answer: 'missing_scope',
      attempts: 1,
    });
    expect(callsOf(stage, post)).toBe(1);
    // Asking again and again would change nothing; a scope may be added some day.
    expect(callsOf(stage, history)).toBe(8);
  });

  test('is read once it may be, and settled', async () => {
    const stage = await setStage({ slack });
    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    stage.slack.faulty.once(history, { kind: 'not-ok', error: 'missing_scope', accepted: false });
    await stage.engine.travelTo(asked);
    await minutes(stage, 2);
    expect(await onlyDue(stage)).toMatchObject({ state: 'uncertain', last_answer: 'missing_scope' });
    await minutes(stage, 6 * 60);
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', last_answer: 'found_in_conversation' });
    expect(callsOf(stage, post)).toBe(1);
  });

  test.each([
    { name: '500', fault: { kind: 'server-error', accepted: false } as const },
    { name: 'a reset', fault: { kind: 'reset' } as const },
    { name: 'invalid_auth', fault: { kind: 'not-ok', error: 'invalid_auth', accepted: false } as const },
  ])('for now, because of $name: nothing is concluded from that', async ({ fault }) => {
    const stage = await setStage({ slack });
    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    stage.slack.faulty.once(history, fault);
    await stage.engine.travelTo(asked);
    await minutes(stage, 1);
    expect(await onlyDue(stage)).toMatchObject({ state: 'uncertain' });
    expect(callsOf(stage, history)).toBe(1);
    await minutes(stage, 1);
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', last_answer: 'found_in_conversation' });
    expect(callsOf(stage, post)).toBe(1);
  });
});

describe.each(slackKinds)('%s wants no more reading for a while', (slack) => {
  const setStage = stages();

  test('and is asked for no other conversation either', async () => {
    const stage = await setStage({
      slack,
      pairs: [
        { manager: 'ann', rep: 'annsen', rule: weekly(4, '16:00') },
        { manager: 'ben', rep: 'bensen', rule: weekly(4, '17:00') },
      ],
    });
    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    stage.slack.faulty.once(history, { kind: 'rate-limited', retryAfterSeconds: 300 });
    await stage.engine.travelTo(asked);
    await minutes(stage, 1);
    expect(callsOf(stage, history)).toBe(1);

    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    await stage.engine.travelTo('2026-03-05T17:30:00Z');
    await minutes(stage, 4);
    expect(await due(stage)).toMatchObject([{ state: 'uncertain' }, { state: 'uncertain' }]);
    expect(callsOf(stage, history)).toBe(1);
    await minutes(stage, 1);
    expect(await due(stage)).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }]);
    expect(callsOf(stage, post)).toBe(2);
  });
});

describe.each(slackKinds)('%s with one call of 15 messages a minute', (slack) => {
  const setStage = stages();
  const limits = { restrictedHistory: true };

  test('the key is found on a later page, and one page is read a minute', async () => {
    const stage = await setStage({ slack, limits });
    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    await stage.engine.travelTo(asked);
    for (let number = 0; number < 40; number += 1) await stage.slack.say('dana', `chatter ${number}`);

    await minutes(stage, 1);
    expect(readsOf(stage)).toBe(1);
    await minutes(stage, 1);
    expect(readsOf(stage)).toBe(2);
    expect(await onlyDue(stage)).toMatchObject({ state: 'uncertain', last_answer: 'ratelimited' });
    await minutes(stage, 1);
    expect(readsOf(stage)).toBe(3);
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', last_answer: 'found_in_conversation' });
    expect(callsOf(stage, post)).toBe(1);
  });

  test('what is on none of the pages is posted again only after the last of them', async () => {
    const stage = await setStage({ slack, limits });
    stage.slack.faulty.once(post, { kind: 'reset' });
    await stage.engine.travelTo(asked);
    for (let number = 0; number < 40; number += 1) await stage.slack.say('dana', `chatter ${number}`);
    await minutes(stage, 2);
    expect(callsOf(stage, post)).toBe(1);
    await minutes(stage, 1);
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', attempts: 2 });
    expect(callsOf(stage, post)).toBe(2);
  });

  test('a page read before a message was posted says nothing about that message', async () => {
    const stage = await setStage({ slack, limits });
    stage.slack.faulty.once(post, { kind: 'reset' });
    await stage.engine.travelTo(asked);
    for (let number = 0; number < 40; number += 1) await stage.slack.say('dana', `chatter ${number}`);
    await minutes(stage, 1);

    // Page 1 has been read. Now the next week's message is accepted without our knowing.
    await stage.engine.travelTo('2026-03-12T16:29:59Z');
    stage.slack.faulty.once(post, { kind: 'answer-lost' });
    stage.engine.jumpTo('2026-03-12T16:30:00Z');
    await stage.engine.catchUp();
    await minutes(stage, 10);
    const [first, second] = await due(stage);
    expect(first).toMatchObject({ state: 'dropped', reason: 'nothing_left_to_ask' });
    expect(second).toMatchObject({ state: 'delivered', last_answer: 'found_in_conversation', attempts: 1 });
    expect(stage.slack.faulty.copiesByKey()).toEqual(new Map([[second?.post_key, 1]]));
  });

  test('several conversations take turns, and each is settled', async () => {
    const managers = ['ann', 'ben', 'cem'];
    const stage = await setStage({
      slack,
      limits,
      pairs: managers.map((manager) => ({ manager, rep: `${manager}sen` })),
    });
    for (const _ of managers) stage.slack.faulty.once(post, { kind: 'answer-lost' });
    await stage.engine.travelTo(asked);
    await minutes(stage, 3);
    expect(await due(stage)).toMatchObject(new Array(3).fill({ state: 'delivered', attempts: 1 }));
    // The limit of the workspace is remembered, not tried out with each conversation.
    expect(callsOf(stage, history)).toBe(3 + 2);
    for (const manager of managers) expect(await stage.slack.messagesTo(manager)).toHaveLength(1);
  });
});
