import { type RawBuilder, sql } from 'kysely';
import type { NoteKind } from '#domain/note.ts';
import type { DutyKind, OccurrenceState } from '#domain/occurrence.ts';
import type { Role } from '#domain/people.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedByKey } from './merged.ts';
import { together } from './together.ts';

/** An occurrence as any row about it needs it. */
export interface OccurrenceFacts {
  occurrenceId: string;
  kind: DutyKind;
  period: string;
  state: OccurrenceState;
  reason: string | null;
  askedId: string;
  askedName: string;
  aboutId: string;
  aboutName: string;
  standInId: string | null;
  subjectId: string | null;
  dueAt: Date;
  closesAt: Date;
  snoozedUntil: Date | null;
  /** When a newer card has taken this row over from the one that is looked at. */
  onNewerCard: Date | null;
}

export interface NoteFacts {
  noteId: string;
  kind: NoteKind;
  aboutId: string;
  aboutName: string;
  subjectId: string;
  madeAt: Date;
  settledAt: Date | null;
}

/** Who reads a card. */
export interface CardReader {
  id: string;
  name: string;
  zone: string;
  roles: Role[];
}

export interface CardContents {
  reader: CardReader;
  /** When it was to come: it speaks of that day, however late it is read. */
  dueAt: Date;
  occurrences: OccurrenceFacts[];
  notes: NoteFacts[];
}

interface OccurrenceRow {
  delivery_id: string | null;
  occurrence_id: string;
  kind: DutyKind;
  period: string;
  state: OccurrenceState;
  reason: string | null;
  asked_id: string;
  asked_name: string;
  about_id: string;
  about_name: string;
  stand_in_id: string | null;
  subject_id: string | null;
  due_at: Date;
  closes_at: Date;
  snoozed_until: Date | null;
  on_newer_card: Date | null;
}

export async function loadCard(trx: Trx, workspaceId: string, deliveryId: string): Promise<CardContents> {
  const [heads, occurrences, notes] = await together([
    headsOf(trx, workspaceId, [deliveryId]),
    occurrencesOn(trx, workspaceId, [deliveryId]),
    notesOn(trx, workspaceId, [deliveryId]),
  ]);
  const head = heads.get(deliveryId);
  if (head === undefined) throw new Error(`delivery ${deliveryId} is addressed to no member`);
  return {
    reader: { id: head.user_id, name: head.name, zone: head.time_zone, roles: head.roles },
    dueAt: head.due_at,
    occurrences: occurrences.get(deliveryId) ?? [],
    notes: notes.get(deliveryId) ?? [],
  };
}

interface Head {
  delivery_id: string;
  user_id: string;
  name: string;
  time_zone: string;
  roles: Role[];
  due_at: Date;
}

const headsOf = mergedByKey<Head>(async (trx, workspaceId, deliveryIds) => {
  const query = sql<Head>`
    select d.delivery_id, m.user_id, m.name, m.time_zone, m.roles, d.due_at
    from delivery d join member m on m.workspace_id = d.workspace_id and m.user_id = d.receiver_id
    where d.workspace_id = ${workspaceId} and d.delivery_id = any (${[...deliveryIds]}::uuid[])`;
  const rows = await askTogether(trx, query, { due_at: 'instant' });
  return new Map(rows.map((row) => [row.delivery_id, row]));
});

interface NoteRow {
  delivery_id: string;
  note_id: string;
  kind: NoteKind;
  about_id: string;
  name: string;
  subject_id: string;
  made_at: Date;
  settled_at: Date | null;
}

const notesOn = mergedByKey<NoteFacts[]>(async (trx, workspaceId, deliveryIds) => {
  const query = sql<NoteRow>`
    select link.delivery_id, n.note_id, n.kind, n.about_id, m.name, n.subject_id, n.made_at, n.settled_at
    from delivery_note link join card_note n using (workspace_id, note_id)
    join member m on m.workspace_id = n.workspace_id and m.user_id = n.about_id
    where link.workspace_id = ${workspaceId} and link.delivery_id = any (${[...deliveryIds]}::uuid[])
    order by n.made_at, n.note_id`;
  const rows = await askTogether(trx, query, { made_at: 'instant', settled_at: 'instant' });
  return perDelivery(rows, (note) => ({
    noteId: note.note_id,
    kind: note.kind,
    aboutId: note.about_id,
    aboutName: note.name,
    subjectId: note.subject_id,
    madeAt: note.made_at,
    settledAt: note.settled_at,
  }));
});

const occurrencesOn = mergedByKey<OccurrenceFacts[]>(async (trx, workspaceId, deliveryIds) => {
  const rows = await occurrencesWhere(
    trx,
    sql`delivery d join delivery_occurrence link using (workspace_id, delivery_id)
        join occurrence o using (workspace_id, occurrence_id)`,
    sql`d.workspace_id = ${workspaceId} and d.delivery_id = any (${[...deliveryIds]}::uuid[])`,
    { deliveryId: sql`d.delivery_id`, onNewerCard: newerCard },
  );
  return perDelivery(rows, factsOf);
});

function perDelivery<Row extends { delivery_id: string | null }, Fact>(
  rows: readonly Row[],
  factOf: (row: Row) => Fact,
): Map<string, Fact[]> {
  const groups = Map.groupBy(rows, (row) => row.delivery_id ?? '');
  return new Map([...groups].map(([deliveryId, own]) => [deliveryId, own.map(factOf)]));
}

/** The latest card after this one that stands in Slack and carries the occurrence to the same person. */
const newerCard = sql`(
  select max(newer.due_at) from delivery_occurrence carried join delivery newer using (workspace_id, delivery_id)
  where carried.workspace_id = o.workspace_id and carried.occurrence_id = o.occurrence_id
    and newer.receiver_id = d.receiver_id and newer.kind = 'card' and newer.state = 'delivered'
    and newer.due_at > d.due_at
)`;

async function occurrencesWhere(
  trx: Trx,
  from: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  card = { deliveryId: sql`null::uuid`, onNewerCard: sql`null::timestamptz` },
): Promise<OccurrenceRow[]> {
  const query = sql<OccurrenceRow>`
    select o.occurrence_id, o.kind, o.period, o.state, o.reason, o.asked_id, asked.name as asked_name, o.about_id,
           about.name as about_name, o.stand_in_id, o.subject_id, o.due_at, o.closes_at, o.snoozed_until,
           ${card.deliveryId} as delivery_id, ${card.onNewerCard} as on_newer_card
    from ${from}
    join member asked on asked.workspace_id = o.workspace_id and asked.user_id = o.asked_id
    join member about on about.workspace_id = o.workspace_id and about.user_id = o.about_id
    where ${where}
    order by o.due_at, about.name, o.occurrence_id`;
  return askTogether(trx, query, {
    due_at: 'instant',
    closes_at: 'instant',
    snoozed_until: 'instant',
    on_newer_card: 'instant',
  });
}

function factsOf(row: OccurrenceRow): OccurrenceFacts {
  return {
    occurrenceId: row.occurrence_id,
    kind: row.kind,
    period: row.period,
    state: row.state,
    reason: row.reason,
    askedId: row.asked_id,
    askedName: row.asked_name,
    aboutId: row.about_id,
    aboutName: row.about_name,
    standInId: row.stand_in_id,
    subjectId: row.subject_id,
    dueAt: row.due_at,
    closesAt: row.closes_at,
    snoozedUntil: row.snoozed_until,
    onNewerCard: row.on_newer_card,
  };
}

/** What is open and asks something of a person up to an instant, whether or not a message has said so. */
export async function openFor(
  trx: Trx,
  workspaceId: string,
  personId: string,
  until: Date,
): Promise<OccurrenceFacts[]> {
  const open = sql`o.workspace_id = ${workspaceId} and o.state in ('planned', 'due') and o.due_at < ${until}`;
  const rows = await occurrencesWhere(
    trx,
    sql`occurrence o`,
    sql`${open} and (
      o.asked_id = ${personId} or o.about_id = ${personId} or o.stand_in_id = ${personId}
      or o.about_id in (
        select rep_id from reporting r
        where r.workspace_id = ${workspaceId} and r.manager_id = ${personId} and r.until is null
      ))`,
  );
  return rows.map(factsOf);
}

/** Notes that still ask something of a person. */
export async function openNotesFor(trx: Trx, workspaceId: string, personId: string): Promise<NoteFacts[]> {
  const rows = await trx
    .selectFrom('card_note')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'card_note.workspace_id')
        .onRef('member.user_id', '=', 'card_note.about_id'),
    )
    .selectAll('card_note')
    .select('member.name')
    .where('card_note.workspace_id', '=', workspaceId)
    .where('card_note.receiver_id', '=', personId)
    .where('card_note.settled_at', 'is', null)
    .orderBy('card_note.made_at')
    .execute();
  return rows.map((row) => ({
    noteId: row.note_id,
    kind: row.kind,
    aboutId: row.about_id,
    aboutName: row.name,
    subjectId: row.subject_id,
    madeAt: row.made_at,
    settledAt: row.settled_at,
  }));
}
