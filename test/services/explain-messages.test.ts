import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeOverdue } from '#delivery/close-overdue.ts';
import { excuseAsReason } from '#domain/excuse.ts';
import { explainMessagesOf, explainMessagesTo, findExplainable } from '#services/explain-messages.ts';
import { recordAskDecisions } from '#storage/asks.ts';
import { carryOver } from '#storage/carry.ts';
import { dropLocked } from '#storage/deliveries.ts';
import { foldDue } from '#storage/folding.ts';
import { snooze } from '#storage/put-off.ts';
import { settleByHand } from '#storage/settle-by-hand.ts';
import { excuseOccurrence, tellOccurrence } from '#storage/told-occurrences.ts';
import { deferUnclear } from '#storage/unclear-deliveries.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { type AskedTeam, askedTeam, type Id, local, now, people, today, workspaceId } from './asked-team.ts';

onBothDatabases('why somebody did or did not get a message', (open) => {
  let database: TestDatabase;
  let team: AskedTeam;
  beforeAll(async () => {
    database = await open();
    team = askedTeam(database);
  });
  beforeEach(() => team.settle());
  afterAll(() => database.close());

  const rule = 'Thu 12 Mar, 16:30 — your prompt after the last 1:1 of the day (1:1 with Sam)';

  describe('a message that was due', () => {
    test('went out at once', async () => {
      await team.sent(await team.prompt());
      expect(await team.decided()).toEqual([`${rule} went out; Slack took it at once.`]);
    });

    test('went out later, after Slack had asked to wait', async () => {
      const id = await team.prompt();
      await team.tried(id);
      const retryAt = new Date(now.getTime() + 30_000);
      await team.settled(id, 1, { to: 'pending', answer: 'ratelimited', retryAt });
      expect(await team.decided()).toEqual([
        `${rule} waits: Slack asked to try later (ratelimited); tried again in 30 seconds.`,
      ]);
      await team.tried(id);
      await team.settled(id, 2, {
        to: 'pending',
        answer: 'econnrefused',
        retryAt: new Date(now.getTime() + 600_000),
      });
      expect(await team.decided()).toEqual([
        `${rule} waits: Slack gave no answer (econnrefused); tried again in 10 minutes.`,
      ]);
      await team.sent(id, local(today, '16:44'), 3);
      expect(await team.decided()).toEqual([`${rule} went out at 16:44; Slack took it at the 3rd try.`]);
    });

    test('is unclear, then found, by Sideline or by an operator', async () => {
      const id = await team.prompt();
      await team.tried(id);
      expect(await team.decided()).toEqual([`${rule} is being posted now.`]);
      await team.settled(id, 1, { to: 'uncertain', answer: 'http_500' });
      expect(await team.decided()).toEqual([
        `${rule} may or may not have arrived: Slack answered with an error (http_500). ` +
          'Sideline looks for it in the conversation before it sends anything again.',
      ]);
      await team.inside((trx) =>
        deferUnclear(trx, workspaceId, [{ id, fence: 1 }], { answer: 'missing_scope', retryAt: now }),
      );
      expect((await team.decided())[0]).toContain('Slack answered missing_scope.');
      await team.inside((trx) =>
        settleByHand(trx, workspaceId, id, { to: 'delivered', settledAt: local(today, '16:31') }),
      );
      expect(await team.decided()).toEqual([
        `${rule} went out; Slack gave no clear answer, and an operator found it in the conversation.`,
      ]);
    });

    test.each([
      ['nothing_left_to_ask', 'nothing on it was open'],
      ['not_in_pilot', 'you are not in the pilot group'],
      ['receiver_deactivated', 'your Slack account was deactivated'],
      ['receiver_guest', 'you are a guest in Slack, and guests are asked nothing'],
      ['receiver_bot', 'bots are asked nothing'],
      ['receiver_active', 'Slack had no conversation to send it to'],
    ])('was dropped for %s', async (reason, said) => {
      const id = await team.prompt();
      await team.inside((trx) => dropLocked(trx, workspaceId, [{ id, reason }], now));
      expect(await team.decided()).toEqual([`${rule} was not sent: ${said}.`]);
    });

    test('was refused by Slack for good', async () => {
      const id = await team.prompt();
      await team.tried(id);
      const answer = 'user_disabled';
      await team.settled(id, 1, { to: 'dropped', answer, reason: answer, settledAt: now });
      expect(await team.decided()).toEqual([`${rule} was not sent: Slack will not take it (user_disabled).`]);
    });

    test.each([
      ['away', 'you were away'],
      ['outside_working_time', 'this was outside your working time'],
      ['day_is_over', 'the day it was for had passed'],
      ['day_is_full', 'the messages of this day had gone out'],
      ['week_is_full', 'the messages of this week had gone out'],
    ])('was left to a card because of %s', async (because, said) => {
      const deliveryId = await team.prompt();
      const at = local('2026-03-13', '09:00');
      await team.inside((trx) =>
        carryOver(
          trx,
          workspaceId,
          [{ deliveryId, receiverId: 'U0DANA', key: 'card/U0DANA/2026-03-13', at, because }],
          now,
        ),
      );
      expect(await team.decided()).toEqual([`${rule}: ${said}, so the card of Fri 13 Mar takes it.`]);
      expect((await team.outlook()).at(-1)).toBe(
        'Next: Fri 13 Mar, 09:00, your card of the day (1:1 with Sam), if it is still open then.',
      );
    });

    test('was joined with others that were due at once', async () => {
      const occurrenceId = await team.oneOnOne();
      await team.planned('prompt', local(today, '16:30'), [occurrenceId]);
      const card = await team.planned('card', local(today, '16:40'), [occurrenceId]);
      await team.inside((trx) => foldDue(trx, workspaceId, now));
      await team.sent(card, local(today, '16:40'));
      expect(await team.decided()).toEqual([
        'Thu 12 Mar, 16:40 — your card of the day (1:1 with Sam) went out; Slack took it at once.',
        `${rule}: several were due at once, so the card of Thu 12 Mar took it.`,
      ]);
    });

    test('waits for the next round where nothing stands in the way', async () => {
      await team.prompt();
      expect(await team.decided()).toEqual([
        `${rule} waits: it goes out with the next round, if nothing stands in the way.`,
      ]);
    });
  });

  describe('a duty that was not asked', () => {
    const of = '1:1 with Sam of Thu 12 Mar, 16:00';
    const line = (rest: string): string => `Thu 12 Mar, 16:45 — ${rest}`;

    test.each([
      ['away', 'one of the two was away until it was over'],
      ['paused', 'it is paused, as set with /coach cadence'],
      ['slot_moved', 'its day or rhythm was changed'],
      ['manager_changed', 'the manager changed'],
      ['left_pilot', 'the pilot group changed'],
      ['withdrawn', 'it was taken back'],
      [excuseAsReason('other', 'my own words'), 'whoever is asked said that it does not fit'],
    ])('is excused: %s', async (reason, said) => {
      const id = await team.oneOnOne();
      await team.inside((trx) => excuseOccurrence(trx, workspaceId, id, reason, now));
      expect(await team.decided()).toEqual([line(`${of} is excused: ${said}.`)]);
      // The rep would have got the question before it.
      expect(await team.decided('U0SAM')).toEqual([
        line(`question before the 1:1 of Thu 12 Mar, 16:00 is excused: ${said}.`),
      ]);
      expect(JSON.stringify(await team.explain())).not.toContain('my own words');
    });

    test('is excused where Sideline did not ask in time', async () => {
      await team.oneOnOne('2026-03-05', now);
      await database.inPlanner((trx) => closeOverdue(trx, now, 10));
      expect(await team.decided()).toEqual([
        line(
          '1:1 with Sam of Thu 5 Mar, 16:00 is excused: Sideline did not ask in time, so it does not count.',
        ),
      ]);
    });

    test('is asked of who stands in', async () => {
      const id = await team.oneOnOne();
      const decision = { workspaceId, id, standInId: 'U0LEE', excuse: null, againAt: null };
      await database.inPlanner((trx) => recordAskDecisions(trx, [decision], now));
      expect(await team.decided()).toEqual([
        `Thu 12 Mar, 16:00 — ${of}: you are away, so Lee is asked instead.`,
      ]);
    });

    test('is put off', async () => {
      const id = await team.oneOnOne();
      await team.inside((trx) => snooze(trx, workspaceId, id, local('2026-03-13', '09:00'), now));
      expect(await team.decided()).toEqual([`Thu 12 Mar, 16:00 — ${of} is put off until Fri 13 Mar, 09:00.`]);
    });

    test.each([
      ['U0SAM', 'Sam is'],
      ['U0DANA', 'you are'],
    ] as const)('waits while %s is away', async (who, said) => {
      await team.oneOnOne();
      await team.away(who, today, '2026-03-15');
      expect(await team.decided()).toEqual([
        `Thu 12 Mar, 16:00 — ${of} waits for Mon 16 Mar: ${said} away until then.`,
      ]);
    });
  });

  test('the latest come first, and there are more', async () => {
    for (const day of ['09', '10', '11', '12']) {
      await team.sent(
        await team.planned('card', local(`2026-03-${day}`, '09:00'), []),
        local(`2026-03-${day}`, '09:00'),
      );
    }
    const { decisions, more } = await team.explain('U0DANA', 3);
    expect(decisions.map(({ at }) => at.toISOString().slice(0, 10))).toEqual([
      '2026-03-12',
      '2026-03-11',
      '2026-03-10',
    ]);
    expect(more).toBe(true);
    expect(await team.explain('U0DANA', 4)).toMatchObject({ more: false });
  });

  test('a message of many names a few', async () => {
    const ids = [
      await team.oneOnOne(),
      ...(await Promise.all(
        (['U0LEE', 'U0VERA', 'U0EVE', 'U0ADA'] as const).map((aboutId) =>
          team.inside((trx) =>
            tellOccurrence(trx, workspaceId, {
              kind: 'observed_call',
              askedId: 'U0DANA',
              aboutId,
              subjectId: randomUUID(),
              period: '2026-03',
              dueAt: local(today, '16:01'),
              closesAt: local('2026-04-01', '00:00'),
            }),
          ),
        ),
      )),
    ];
    await team.sent(await team.planned('card', local(today, '16:30'), ids));
    expect((await team.decided())[0]).toContain(
      'your card of the day (1:1 with Sam, a call of Ada to listen to, a call of Eve to listen to, 2 more) went out',
    );
  });

  test('is for themselves, their manager, enablement and admins', async () => {
    const mayAsk = async (viewerId: Id, personId: Id): Promise<boolean> =>
      (await explainMessagesTo(team.context(), workspaceId, viewerId, { personId, most: 1 })).ok;
    const allowed = async (personId: Id): Promise<string[]> => {
      const answers = await Promise.all(
        (Object.keys(people) as Id[]).map(async (id) => ((await mayAsk(id, personId)) ? [id] : [])),
      );
      return answers.flat();
    };
    expect(await allowed('U0SAM')).toEqual(['U0DANA', 'U0SAM', 'U0EVE', 'U0ADA']);
    expect(await allowed('U0DANA')).toEqual(['U0DANA', 'U0VERA', 'U0EVE', 'U0ADA']);
    const lists = async (id: Id) =>
      (await findExplainable(team.context(), workspaceId, id))?.map((one) => one.id);
    expect(await lists('U0SAM')).toEqual(['U0SAM']);
    expect(await lists('U0DANA')).toEqual(['U0DANA', 'U0SAM']);
    expect(await lists('U0ADA')).toHaveLength(Object.keys(people).length);
    expect(await findExplainable(team.context(), workspaceId, 'U0NOBODY')).toBeUndefined();
  });

  test('an operator asks by id or address', async () => {
    const byAddress = await explainMessagesOf(team.context(), workspaceId, 'U0SAM@Example.test', 5);
    expect(byAddress?.person.id).toBe('U0SAM');
    expect(await explainMessagesOf(team.context(), workspaceId, 'U0NOBODY', 5)).toBeUndefined();
  });
});
