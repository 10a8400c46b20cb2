import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { travelClock } from '#domain/clock.ts';
import { addDays } from '#domain/time/civil.ts';
import { toInstant } from '#domain/time/zone.ts';
import { explainMessagesTo, type MessagesExplained } from '#services/explain-messages.ts';
import { decisionInWords } from '#slack/why/decisions.ts';
import { outlookInWords } from '#slack/why/outlook.ts';
import type { Trx } from '#storage/database.ts';
import { planDeliveries, recordIntent, type Settlement, settleDeliveries } from '#storage/deliveries.ts';
import { saveMember } from '#storage/members.ts';
import { changeManager } from '#storage/reporting.ts';
import { tellOccurrence } from '#storage/told-occurrences.ts';
import { markStarted, upsertInstallation } from '#storage/workspaces.ts';
import type { TestDatabase } from '#test/database.ts';

export const workspaceId = 'T0TEAM';
export const zone = 'America/New_York';
/** Thursday of a week in March; the clock stands at 16:45 in New York, in working time. */
export const today = '2026-03-12';
export const local = (date: string, time: string): Date => new Date(toInstant({ date, time }, zone));
export const now = local(today, '16:45');

export const people = {
  U0DANA: { name: 'Dana Whitfield', roles: ['manager'] },
  U0SAM: { name: 'Sam Rivera', roles: ['rep'] },
  U0LEE: { name: 'Lee Okafor', roles: ['manager'] },
  U0VERA: { name: 'Vera Holm', roles: ['manager'] },
  U0EVE: { name: 'Eve Park', roles: ['enablement'] },
  U0ADA: { name: 'Ada Stone', roles: ['admin'] },
} as const;
export type Id = keyof typeof people;

const everybody = {
  timeZone: zone,
  segment: null,
  wave: null,
  startDate: null,
  country: null,
  status: 'active' as const,
  workingDays: [1, 2, 3, 4, 5],
  workStarts: '09:00',
  workEnds: '17:00',
  updatedAt: now,
};

export type AskedTeam = ReturnType<typeof askedTeam>;

/** A team whose ledger is written by the statements that write it in earnest, and the words that explain it. */
export function askedTeam(database: TestDatabase) {
  const clock = { ...travelClock(now.getTime()), machineNow: () => now.getTime() };

  async function settle(): Promise<void> {
    await sql`truncate workspace cascade`.execute(database.owner);
    await upsertInstallation(database.owner, {
      workspaceId,
      teamId: workspaceId,
      enterpriseId: null,
      name: 'Team',
      botUserId: 'U0BOT',
      installedAt: now,
    });
    await inside(async (trx) => {
      for (const [id, { name, roles }] of Object.entries(people)) {
        await saveMember(trx, workspaceId, {
          ...everybody,
          id,
          name,
          roles: [...roles],
          email: `${id}@example.test`,
        });
      }
      for (const [repId, managerId] of [
        ['U0SAM', 'U0DANA'],
        ['U0DANA', 'U0VERA'],
      ] as const) {
        await changeManager(trx, workspaceId, repId, managerId, local('2026-03-02', '09:00'));
      }
      await markStarted(trx, workspaceId, { at: local('2026-03-02', '09:00'), pilot: false });
    });
  }

  const inside = <T>(work: (trx: Trx) => Promise<T>) => database.inWorkspace(workspaceId, work);
  const context = () => ({ clock, database });

  async function explain(personId: Id = 'U0DANA', most = 20): Promise<MessagesExplained> {
    const explained = await explainMessagesTo(context(), workspaceId, personId, { personId, most });
    if (!explained.ok) throw new Error(explained.problem.kind);
    return explained.value;
  }
  async function decided(personId: Id = 'U0DANA'): Promise<string[]> {
    return (await explain(personId)).decisions.map((one) => decisionInWords(one, whose(personId)));
  }
  async function outlook(personId: Id = 'U0DANA'): Promise<string[]> {
    return outlookInWords(await explain(personId), whose(personId));
  }

  /** The 1:1 with Sam of a day at 16:00, open. */
  function oneOnOne(date = today, closesAt = local(addDays(date, 7), '16:00')): Promise<string> {
    const dueAt = local(date, '16:00');
    return inside((trx) =>
      tellOccurrence(trx, workspaceId, {
        kind: 'one_on_one',
        askedId: 'U0DANA',
        aboutId: 'U0SAM',
        subjectId: randomUUID(),
        period: date,
        dueAt,
        closesAt,
      }),
    );
  }

  async function planned(
    kind: 'card' | 'prompt',
    dueAt: Date,
    occurrenceIds: string[],
    receiverId: Id = 'U0DANA',
  ): Promise<string> {
    const id = randomUUID();
    await inside((trx) =>
      planDeliveries(trx, [
        {
          workspaceId,
          id,
          postKey: randomUUID(),
          kind,
          key: `${kind}/${id}`,
          receiverId,
          dueAt,
          occurrenceIds,
        },
      ]),
    );
    return id;
  }
  const prompt = async () => planned('prompt', local(today, '16:30'), [await oneOnOne()]);

  const tried = (id: string) =>
    inside((trx) => recordIntent(trx, workspaceId, [{ id, channel: 'D1', sentOn: today }], now));
  const settled = (id: string, fence: number, more: Omit<Settlement, 'id' | 'fence'>) =>
    inside((trx) => settleDeliveries(trx, workspaceId, [{ id, fence, ...more }]));
  const sent = async (id: string, at = local(today, '16:30'), fence = 1) => {
    await tried(id);
    await settled(id, fence, { to: 'delivered', answer: 'ok', settledAt: at });
  };

  function away(memberId: Id, first: string, last: string): Promise<unknown> {
    return inside((trx) =>
      trx
        .insertInto('absence')
        .values({
          workspace_id: workspaceId,
          absence_id: randomUUID(),
          member_id: memberId,
          first_day: first,
          last_day: last,
          stand_in_id: null,
          set_by: memberId,
          set_at: now,
          withdrawn_at: null,
        })
        .execute(),
    );
  }

  return {
    settle,
    inside,
    context,
    explain,
    decided,
    outlook,
    oneOnOne,
    planned,
    prompt,
    tried,
    settled,
    sent,
    away,
  };
}

export const whose = (personId: Id, own = true) => ({ personId, zone, own });
