import { sql } from 'kysely';
import type { Absence } from '#domain/absence.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { type Settings, settingsFrom } from '#domain/settings.ts';
import type { WorkingTime } from '#domain/working-time.ts';
import type { Trx } from './database.ts';
import { endedIds } from './workspaces.ts';

/** A person as far as it matters when they are asked. */
export interface Askable {
  id: string;
  time: WorkingTime;
}

/** An occurrence whose messages are to be planned now. */
export interface OccurrenceToAsk {
  workspaceId: string;
  id: string;
  kind: DutyKind;
  period: string;
  dueAt: Date;
  closesAt: Date;
  asked: Askable;
  about: Askable;
  /** Whom the person it is about reports to now. */
  manager: Askable | null;
  /** Whoever is asked has put it off until then. */
  snoozedUntil: Date | null;
  /** Who has been asked instead so far. */
  standInId: string | null;
}

/** A person as a query brings them. */
export interface Person {
  id: string;
  zone: string;
  days: number[];
  starts: string;
  ends: string;
  country: string | null;
}

export const person = (alias: string) =>
  sql.raw(
    `jsonb_build_object('id', ${alias}.user_id, 'zone', ${alias}.time_zone, 'days', ${alias}.working_days,
       'starts', ${alias}.work_starts, 'ends', ${alias}.work_ends, 'country', ${alias}.country)`,
  );

export const askable = ({ id, ...time }: Person): Askable => ({ id, time });

/** Across workspaces: locks up to `limit` open occurrences whose messages are to be planned by now. */
export async function claimOccurrencesToAsk(trx: Trx, now: Date, limit: number): Promise<OccurrenceToAsk[]> {
  const { rows } = await sql<{
    workspace_id: string;
    occurrence_id: string;
    kind: DutyKind;
    period: string;
    due_at: Date;
    closes_at: Date;
    asked: Person;
    about: Person;
    manager: Person | null;
    snoozed_until: Date | null;
    stand_in_id: string | null;
  }>`
    select o.workspace_id, o.occurrence_id, o.kind, o.period, o.due_at, o.closes_at, o.snoozed_until, o.stand_in_id,
           ${person('asked')} as asked, ${person('about')} as about,
           case when manager.user_id is null then null else ${person('manager')} end as manager
    from (
      select * from occurrence
      where ask_at <= ${now} and workspace_id not in ${endedIds(trx)}
      order by ask_at limit ${limit}
      for no key update skip locked
    ) o
    join member asked on asked.workspace_id = o.workspace_id and asked.user_id = o.asked_id
    join member about on about.workspace_id = o.workspace_id and about.user_id = o.about_id
    left join lateral (
      select r.manager_id from reporting r
      where r.workspace_id = o.workspace_id and r.rep_id = o.about_id and r.until is null
    ) line on true
    left join member manager on manager.workspace_id = o.workspace_id and manager.user_id = line.manager_id`.execute(
    trx,
  );
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    id: row.occurrence_id,
    kind: row.kind,
    period: row.period,
    dueAt: row.due_at,
    closesAt: row.closes_at,
    asked: askable(row.asked),
    about: askable(row.about),
    manager: row.manager === null ? null : askable(row.manager),
    snoozedUntil: row.snoozed_until,
    standInId: row.stand_in_id,
  }));
}

/** What was decided about each: asked, asked of somebody else, or excused because somebody is away. */
export interface AskDecision {
  workspaceId: string;
  id: string;
  standInId: string | null;
  excuse: string | null;
  /** To be decided once more then. */
  againAt: Date | null;
}

export async function recordAskDecisions(trx: Trx, decisions: AskDecision[], at: Date): Promise<void> {
  if (decisions.length === 0) return;
  const values = decisions.map((one) => ({
    w: one.workspaceId,
    o: one.id,
    s: one.standInId,
    e: one.excuse,
    a: one.againAt,
  }));
  await sql`
    update occurrence o
    set ask_at = d.a, stand_in_id = d.s,
        state = case when d.e is not null and o.state in ('planned', 'due') then 'excused' else o.state end,
        reason = case when d.e is not null and o.state in ('planned', 'due') then d.e else o.reason end,
        settled_at = case when d.e is not null and o.state in ('planned', 'due') then ${at} else o.settled_at end
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as d(w text, o uuid, s text, e text, a timestamptz)
    where o.workspace_id = d.w and o.occurrence_id = d.o`.execute(trx);
}

/** Who of these people is away on any day from `from` on; by workspace. */
export async function absencesOf(
  trx: Trx,
  people: { workspaceId: string; memberId: string }[],
  from: string,
): Promise<Map<string, Absence[]>> {
  const values = people.map((one) => ({ w: one.workspaceId, m: one.memberId }));
  const { rows } = await sql<{
    workspace_id: string;
    member_id: string;
    first_day: string;
    last_day: string;
    stand_in_id: string | null;
  }>`
    select distinct a.workspace_id, a.absence_id, a.member_id, a.first_day, a.last_day, a.stand_in_id
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(w text, m text)
    join absence given on given.workspace_id = s.w and given.member_id = s.m
    join absence a on a.workspace_id = given.workspace_id and a.member_id in (given.member_id, given.stand_in_id)
    where a.withdrawn_at is null and a.last_day >= ${from}::date`.execute(trx);
  const byWorkspace = new Map<string, Absence[]>();
  for (const row of rows) {
    const absences = byWorkspace.get(row.workspace_id) ?? [];
    absences.push({
      memberId: row.member_id,
      firstDay: row.first_day,
      lastDay: row.last_day,
      standInId: row.stand_in_id,
    });
    byWorkspace.set(row.workspace_id, absences);
  }
  return byWorkspace;
}

/** The settings of several workspaces at once. */
export async function settingsOfMany(trx: Trx, workspaceIds: string[]): Promise<Map<string, Settings>> {
  const { rows } = await sql<{ workspace_id: string; key: string; value: unknown }>`
    select distinct on (workspace_id, key) workspace_id, key, value from setting
    where workspace_id = any (${workspaceIds}::text[])
    order by workspace_id, key, setting_id desc`.execute(trx);
  const stored = new Map<string, Map<string, unknown>>(workspaceIds.map((id) => [id, new Map()]));
  for (const { workspace_id, key, value } of rows) stored.get(workspace_id)?.set(key, value);
  return new Map([...stored].map(([id, values]) => [id, settingsFrom(values).settings]));
}

/** Which of these rows stand on a message that has gone out, under the key they are planned for. */
export async function shownAlready(
  trx: Trx,
  rows: { workspaceId: string; key: string; occurrenceId: string }[],
): Promise<Set<string>> {
  const values = rows.map((one) => ({ w: one.workspaceId, k: one.key, o: one.occurrenceId }));
  const found = await sql<{ key: string; occurrence_id: string }>`
    select s.k as key, s.o as occurrence_id
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(w text, k text, o uuid)
    join delivery d on d.workspace_id = s.w and d.key = s.k and d.state in ('posting', 'delivered', 'uncertain')
    join delivery_occurrence link
      on link.workspace_id = d.workspace_id and link.delivery_id = d.delivery_id and link.occurrence_id = s.o`.execute(
    trx,
  );
  return new Set(found.rows.map((row) => `${row.key} ${row.occurrence_id}`));
}

export async function askablePeople(
  trx: Trx,
  people: { workspaceId: string; memberId: string }[],
): Promise<Map<string, Askable>> {
  const values = people.map((one) => ({ w: one.workspaceId, m: one.memberId }));
  const { rows } = await sql<{ workspace_id: string; person: Person }>`
    select member.workspace_id, ${person('member')} as person
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(w text, m text)
    join member on member.workspace_id = s.w and member.user_id = s.m`.execute(trx);
  return new Map(rows.map((row) => [`${row.workspace_id} ${row.person.id}`, askable(row.person)]));
}
