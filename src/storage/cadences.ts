import { sql } from 'kysely';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Rule } from '#domain/recurrence.ts';
import { chunked } from './chunked.ts';
import type { Trx } from './database.ts';

export interface Upcoming {
  period: string;
  dueAt: Date;
  planAt: Date;
}

export interface Cadence {
  workspaceId: string;
  id: string;
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  /** Null where dates are told instead. */
  rule: Rule | null;
}

/** All of them, or those that one of these people is asked by, or that are about one. */
export async function currentCadences(
  trx: Trx,
  workspaceId: string,
  touching?: ReadonlySet<string>,
): Promise<Cadence[]> {
  const ids = [...(touching ?? [])];
  const rows = await trx
    .selectFrom('cadence')
    .select(['cadence_id', 'kind', 'asked_id', 'about_id', 'rule'])
    .where('workspace_id', '=', workspaceId)
    .where('ended_at', 'is', null)
    .$if(touching !== undefined, (query) =>
      query.where(sql<boolean>`(asked_id = any (${ids}::text[]) or about_id = any (${ids}::text[]))`),
    )
    .execute();
  return rows.map((row) => ({
    workspaceId,
    id: row.cadence_id,
    kind: row.kind,
    askedId: row.asked_id,
    aboutId: row.about_id,
    rule: row.rule,
  }));
}

export interface CadenceToMake {
  cadence: Cadence;
  /** Undefined where nothing is planned for now. */
  next: Upcoming | undefined;
}

export async function insertCadences(
  trx: Trx,
  workspaceId: string,
  made: readonly CadenceToMake[],
): Promise<void> {
  for (const some of chunked(made)) {
    const rows = some.map(({ cadence, next }) => ({
      c: cadence.id,
      k: cadence.kind,
      s: cadence.askedId,
      o: cadence.aboutId,
      r: cadence.rule,
      p: next?.period ?? null,
      d: next?.dueAt ?? null,
      a: next?.planAt ?? null,
    }));
    await sql`
      insert into cadence (workspace_id, cadence_id, kind, asked_id, about_id, rule, next_period, next_due_at, plan_at)
      select ${workspaceId}, c, k, s, o, r, p, d, a
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as made(c uuid, k text, s text, o text, r jsonb, p text, d timestamptz, a timestamptz)`.execute(trx);
  }
}

export async function insertCadence(trx: Trx, cadence: Cadence, next: Upcoming | undefined): Promise<void> {
  await insertCadences(trx, cadence.workspaceId, [{ cadence, next }]);
}

export async function endCadences(
  trx: Trx,
  workspaceId: string,
  cadenceIds: readonly string[],
  at: Date,
): Promise<void> {
  if (cadenceIds.length === 0) return;
  await sql`
    update cadence set ended_at = ${at}, plan_at = null, next_due_at = null, next_period = null
    where workspace_id = ${workspaceId} and cadence_id = any (${[...cadenceIds]}::uuid[])`.execute(trx);
}

export interface WaitingCadence {
  id: string;
  rule: Rule;
  timeZone: string;
  workingDays: number[];
  country: string | null;
  /** Paused until this date. */
  pausedUntil: string | null;
}

/** Cadences that nothing is planned of yet: those of people who do not take part yet. What is paused waits on. */
export async function waitingCadences(
  trx: Trx,
  workspaceId: string,
  who: { pilotOnly: boolean },
): Promise<WaitingCadence[]> {
  const rows = await trx
    .selectFrom('cadence')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'cadence.workspace_id')
        .onRef('member.user_id', '=', 'cadence.asked_id'),
    )
    .select([
      'cadence.cadence_id',
      'cadence.rule',
      'cadence.paused_until',
      'member.time_zone',
      'member.working_days',
      'member.country',
    ])
    .where('cadence.workspace_id', '=', workspaceId)
    .where('cadence.ended_at', 'is', null)
    .where('cadence.plan_at', 'is', null)
    .where('cadence.rule', 'is not', null)
    .where((where) =>
      where.or([where('cadence.paused_at', 'is', null), where('cadence.paused_until', 'is not', null)]),
    )
    .$if(who.pilotOnly, (query) => query.where('member.in_pilot', '=', true))
    .execute();
  return rows.flatMap((row) =>
    row.rule === null
      ? []
      : [
          {
            id: row.cadence_id,
            rule: row.rule,
            timeZone: row.time_zone,
            workingDays: row.working_days,
            country: row.country,
            pausedUntil: row.paused_until,
          },
        ],
  );
}
