import { type Selectable, sql } from 'kysely';
import type { ObservedCall } from '#domain/coverage.ts';
import type { CallType, Followed, Learning, QuestionCounts, Seen } from '#domain/observed-call.ts';
import type { OccurrenceState } from '#domain/occurrence.ts';
import { type Pillar, perPillar } from '#domain/pillar.ts';
import { addDays, lastDayOfMonth } from '#domain/time/civil.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedByKey } from './merged.ts';
import type { DebriefTable } from './schema/debrief.ts';
import { together } from './together.ts';

/** What an observer writes down; what nobody filled in is null. */
export interface DebriefContent {
  heldOn: string;
  followed: Followed;
  account: string;
  worked: string;
  moment: string;
  seen: Record<Pillar, Seen>;
  secondStrength: string | null;
  focusArea: string | null;
  callType: CallType | null;
  buyers: string | null;
  minutes: number | null;
  link: string | null;
  learnings: Learning[];
  questions: QuestionCounts | null;
  buyerTalk: number | null;
  pitchMinute: number | null;
  practiceItemId: string | null;
  followUpOn: string | null;
  privateNote: string | null;
}

export interface Debrief extends DebriefContent {
  id: string;
  repId: string;
  observerId: string;
  planId: string | null;
  occurrenceId: string | null;
  late: boolean;
  loggedAt: Date;
  changedAt: Date | null;
  withdrawnAt: Date | null;
  answer: string | null;
  answeredAt: Date | null;
}

export interface DebriefToKeep {
  id: string;
  repId: string;
  observerId: string;
  planId: string | null;
  occurrenceId: string | null;
  late: boolean;
  at: Date;
  content: DebriefContent;
}

export async function insertDebrief(trx: Trx, workspaceId: string, one: DebriefToKeep): Promise<void> {
  await trx
    .insertInto('debrief')
    .values({
      workspace_id: workspaceId,
      debrief_id: one.id,
      rep_id: one.repId,
      observer_id: one.observerId,
      plan_id: one.planId,
      occurrence_id: one.occurrenceId,
      late: one.late,
      logged_at: one.at,
      changed_at: null,
      withdrawn_at: null,
      answer: null,
      answered_at: null,
      ...columnsOf(one.content),
    })
    .execute();
}

export async function changeDebrief(
  trx: Trx,
  workspaceId: string,
  debriefId: string,
  to: { content: DebriefContent; occurrenceId: string | null; late: boolean; at: Date },
): Promise<void> {
  await trx
    .updateTable('debrief')
    .set({
      ...columnsOf(to.content),
      occurrence_id: to.occurrenceId,
      late: to.late,
      changed_at: to.at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('debrief_id', '=', debriefId)
    .execute();
}

function columnsOf(content: DebriefContent) {
  return {
    held_on: content.heldOn,
    followed: content.followed,
    account: content.account,
    worked: content.worked,
    moment: content.moment,
    second_strength: content.secondStrength,
    focus_area: content.focusArea,
    call_type: content.callType,
    buyers: content.buyers,
    minutes: content.minutes,
    link: content.link,
    learnings: content.learnings,
    questions: content.questions === null ? null : JSON.stringify(content.questions),
    buyer_talk: content.buyerTalk,
    pitch_minute: content.pitchMinute,
    practice_item_id: content.practiceItemId,
    follow_up_on: content.followUpOn,
    private_note: content.privateNote,
  };
}

/** Says whether it was not withdrawn before. */
export async function withdrawDebrief(
  trx: Trx,
  workspaceId: string,
  debriefId: string,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('debrief')
    .set({ withdrawn_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('debrief_id', '=', debriefId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Keeps what the rep answers, the latest of it. */
export async function keepAnswer(
  trx: Trx,
  workspaceId: string,
  debriefId: string,
  answer: string,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('debrief')
    .set({ answer, answered_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('debrief_id', '=', debriefId)
    .execute();
}

/** Locked, so that of two who change it at once the second sees what the first has done. */
export async function findDebrief(
  trx: Trx,
  workspaceId: string,
  debriefId: string,
  lock?: 'lock',
): Promise<Debrief | undefined> {
  if (lock !== undefined) {
    await sql`
      select 1 from debrief where workspace_id = ${workspaceId} and debrief_id = ${debriefId}
      for no key update`.execute(trx);
  }
  return (await findDebriefs(trx, workspaceId, [debriefId])).get(debriefId);
}

export const findDebriefs = mergedByKey<Debrief>(async (trx, workspaceId, debriefIds) => {
  const query = trx
    .selectFrom('debrief')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('debrief_id', 'in', [...debriefIds]);
  const [rows, seen] = await together([
    askTogether(trx, query, {
      logged_at: 'instant',
      changed_at: 'instant',
      withdrawn_at: 'instant',
      answered_at: 'instant',
    }),
    seenOn(trx, workspaceId, debriefIds),
  ]);
  return new Map(rows.map((row) => [row.debrief_id, asDebrief(row, seen.get(row.debrief_id) ?? new Map())]));
});

/** The debriefs of these occurrences, the latest of each; withdrawn ones left out. */
export const debriefsOfOccurrences = mergedByKey<Debrief>(async (trx, workspaceId, occurrenceIds) => {
  const query = sql<{ occurrence_id: string; debrief_id: string }>`
    select distinct on (occurrence_id) occurrence_id, debrief_id from debrief
    where workspace_id = ${workspaceId} and occurrence_id = any (${[...occurrenceIds]}::uuid[])
      and withdrawn_at is null
    order by occurrence_id, logged_at desc, debrief_id`;
  const rows = await askTogether(trx, query, {});
  const found = await findDebriefs(
    trx,
    workspaceId,
    rows.map((row) => row.debrief_id),
  );
  return new Map(
    rows.flatMap((row) => {
      const debrief = found.get(row.debrief_id);
      return debrief === undefined ? [] : [[row.occurrence_id, debrief] as const];
    }),
  );
});

/** The last of each rep that is not withdrawn: by the day of the call, then by when it was written. */
export async function lastDebriefsOf(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, Debrief>> {
  if (repIds.length === 0) return new Map();
  const { rows } = await sql<{ debrief_id: string }>`
    select distinct on (rep_id) debrief_id from debrief
    where workspace_id = ${workspaceId} and rep_id = any (${[...repIds]}::text[]) and withdrawn_at is null
    order by rep_id, held_on desc, logged_at desc, debrief_id`.execute(trx);
  const found = await findDebriefs(
    trx,
    workspaceId,
    rows.map((row) => row.debrief_id),
  );
  return new Map([...found.values()].map((one) => [one.repId, one]));
}

/** The calls of a month ('2026-03') that have a debrief, live and recorded; withdrawn ones left out. */
export async function observedCallsOf(trx: Trx, workspaceId: string, month: string): Promise<ObservedCall[]> {
  const first = `${month}-01`;
  const rows = await trx
    .selectFrom('debrief')
    .select(['rep_id', 'held_on', 'followed'])
    .where('workspace_id', '=', workspaceId)
    .where('held_on', '>=', first)
    .where('held_on', '<', addDays(lastDayOfMonth(first), 1))
    .where('withdrawn_at', 'is', null)
    .orderBy('held_on')
    .orderBy('logged_at')
    .execute();
  return rows.map((row) => ({ repId: row.rep_id, date: row.held_on, followed: row.followed }));
}

/**
 * The occurrence of the month of a live call. Where the rep has changed managers within it there are several:
 * the open one comes first, then the observer's own.
 */
export async function observationOf(
  trx: Trx,
  workspaceId: string,
  call: { repId: string; observerId: string; period: string },
): Promise<{ id: string; state: OccurrenceState } | undefined> {
  const { rows } = await sql<{ occurrence_id: string; state: OccurrenceState }>`
    select occurrence_id, state from occurrence
    where workspace_id = ${workspaceId} and kind = 'observed_call' and about_id = ${call.repId}
      and period = ${call.period}
    order by state in ('planned', 'due') desc, state = 'done' desc, asked_id = ${call.observerId} desc, due_at desc
    limit 1`.execute(trx);
  const [row] = rows;
  return row && { id: row.occurrence_id, state: row.state };
}

/** The debrief that a message in Slack carries for whoever it was sent to; the latest of several. */
export async function debriefOnMessage(
  trx: Trx,
  workspaceId: string,
  message: { channel: string; ts: string; receiverId: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ subject_id: string }>`
    select n.subject_id
    from message m
    join delivery_note link on link.workspace_id = m.workspace_id and link.delivery_id = m.delivery_id
    join card_note n on n.workspace_id = link.workspace_id and n.note_id = link.note_id
    where m.workspace_id = ${workspaceId} and m.channel = ${message.channel} and m.ts = ${message.ts}
      and n.kind = 'debrief_shared' and n.receiver_id = ${message.receiverId}
    order by n.made_at desc limit 1`.execute(trx);
  return rows[0]?.subject_id;
}

async function seenOn(
  trx: Trx,
  workspaceId: string,
  debriefIds: readonly string[],
): Promise<Map<string, Map<Pillar, Seen>>> {
  const query = trx
    .selectFrom('sighting')
    .select(['source_id', 'pillar', 'seen'])
    .where('workspace_id', '=', workspaceId)
    .where('source_id', 'in', [...debriefIds]);
  const rows = await askTogether(trx, query, {});
  return new Map(
    [...Map.groupBy(rows, (row) => row.source_id)].map(([id, ofDebrief]) => [
      id,
      new Map(ofDebrief.map((row) => [row.pillar, row.seen])),
    ]),
  );
}

function asDebrief(row: Selectable<DebriefTable>, seen: ReadonlyMap<Pillar, Seen>): Debrief {
  return {
    id: row.debrief_id,
    repId: row.rep_id,
    observerId: row.observer_id,
    planId: row.plan_id,
    occurrenceId: row.occurrence_id,
    heldOn: row.held_on,
    followed: row.followed,
    account: row.account,
    worked: row.worked,
    moment: row.moment,
    seen: perPillar((pillar) => seen.get(pillar) ?? 'not_watched'),
    secondStrength: row.second_strength,
    focusArea: row.focus_area,
    callType: row.call_type,
    buyers: row.buyers,
    minutes: row.minutes,
    link: row.link,
    learnings: row.learnings,
    questions: row.questions,
    buyerTalk: row.buyer_talk,
    pitchMinute: row.pitch_minute,
    practiceItemId: row.practice_item_id,
    followUpOn: row.follow_up_on,
    privateNote: row.private_note,
    late: row.late,
    loggedAt: row.logged_at,
    changedAt: row.changed_at,
    withdrawnAt: row.withdrawn_at,
    answer: row.answer,
    answeredAt: row.answered_at,
  };
}
