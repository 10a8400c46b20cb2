import { type RawBuilder, sql } from 'kysely';
import type { Trx } from './database.ts';
import type { RecordKind } from './revisions.ts';

/** What people wrote, where, and about whom: the one list that erasure, retention and docs/privacy.md go by. */
export interface PersonalTexts {
  table: string;
  /** The column of the row's id, where it has revisions or private notes, and the kind of its revisions. */
  id?: string;
  kind?: RecordKind;
  /** Whose record it is, as SQL over the table's alias t; several with commas. */
  about: string;
  /** Whose private note stands in it. */
  writer?: string;
  at: string;
  /** Past which it is over, and may go by age: nothing that is still asked for loses its words. */
  over?: string;
  /** Emptied. */
  cleared: readonly string[];
  /** Given a placeholder that is the same for the same words: habits and accounts are counted by it. */
  replaced: readonly string[];
  /** Words within something that is kept: what it becomes, and whether there are any. */
  cut?: { column: string; to: string; where: string };
}

const repOfEnrolment = `(select e.rep_id from enrolment e
  where e.workspace_id = t.workspace_id and e.enrolment_id = t.enrolment_id)`;
const ofCertification = (column: string): string => `(select c.${column} from certification c
  where c.workspace_id = t.workspace_id and c.certification_id = t.certification_id)`;

export const personalTexts: readonly PersonalTexts[] = [
  {
    // An excuse, and after a colon what somebody added to it.
    table: 'occurrence',
    about: 't.asked_id, t.about_id',
    at: 't.settled_at',
    over: 't.settled_at is not null',
    cleared: [],
    replaced: [],
    cut: { column: 'reason', to: "split_part(reason, ': ', 1)", where: "strpos(t.reason, ': ') > 0" },
  },
  {
    table: 'certification',
    about: 't.rep_id',
    at: 't.judged_at',
    cleared: [],
    replaced: [],
    cut: {
      column: 'evidence',
      to: `regexp_replace(evidence::text, '"account": "([^"\\\\]|\\\\.)*"', '"account": null', 'g')::jsonb`,
      where: `strpos(t.evidence::text, '"account": "') > 0`,
    },
  },
  {
    table: 'one_on_one_log',
    id: 'log_id',
    about: 't.rep_id',
    writer: 't.manager_id',
    at: 't.logged_at',
    cleared: ['private_note', 'blockers'],
    replaced: [],
  },
  {
    table: 'commitment',
    about: 't.rep_id',
    at: 't.made_at',
    over: "t.state <> 'open'",
    cleared: ['focus'],
    replaced: ['text', 'account'],
  },
  {
    table: 'call_plan',
    about: 't.rep_id',
    at: 't.made_at',
    over: "t.state not in ('asked', 'planned')",
    cleared: ['look_for', 'review_worked', 'review_moment'],
    replaced: ['account', 'account_key'],
  },
  {
    table: 'debrief',
    id: 'debrief_id',
    kind: 'debrief',
    about: 't.rep_id',
    writer: 't.observer_id',
    at: 't.logged_at',
    cleared: ['second_strength', 'focus_area', 'buyers', 'link', 'private_note', 'answer'],
    replaced: ['account', 'worked', 'moment'],
  },
  { table: 'sighting', about: 't.rep_id', at: 't.held_on', cleared: [], replaced: ['account'] },
  {
    table: 'practice_assignment',
    about: 't.rep_id',
    at: 't.assigned_at',
    over: '(t.ended_at is not null or t.mastered_at is not null)',
    cleared: ['situation', 'question', 'why'],
    replaced: ['title', 'task'],
  },
  {
    table: 'practice_review',
    id: 'review_id',
    kind: 'practice',
    about: 't.rep_id',
    at: 't.reflected_at',
    cleared: ['obstacle', 'note_to_rep'],
    replaced: ['account', 'sentence'],
  },
  { table: 'preparation', about: 't.rep_id', at: 't.answered_at', cleared: [], replaced: ['answer'] },
  {
    table: 'check_in',
    id: 'check_in_id',
    kind: 'check_in',
    about: repOfEnrolment,
    at: 't.answered_at',
    cleared: ['example'],
    replaced: [],
  },
  {
    table: 'baseline',
    id: 'baseline_id',
    kind: 'baseline',
    about: repOfEnrolment,
    at: 't.answered_at',
    cleared: [],
    replaced: [],
  },
  {
    table: 'certification_rating',
    about: ofCertification('rep_id'),
    at: ofCertification('judged_at'),
    cleared: ['known_by'],
    replaced: [],
  },
  {
    table: 'time_report',
    id: 'report_id',
    kind: 'time_report',
    about: 't.manager_id',
    at: 't.reported_at',
    cleared: ['note'],
    replaced: [],
  },
];

/** Whose texts go, and why: all about one person, or all that are older than an instant. */
export type Going = { personId: string } | { before: Date };

const begins = 'No longer kept (';

/**
 * Takes the words out of rows and leaves the rows, which are counted. The salt is forgotten afterwards, so that no
 * placeholder can be held against a guess. Returns how many rows had words.
 */
export async function dropTexts(
  trx: Trx,
  workspaceId: string,
  going: Going,
  salt: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const texts of personalTexts) {
    const whose = whoseRows(texts, going);
    if (texts.id !== undefined) {
      await sql`
        select drop_revisions(coalesce(array_agg(${sql.raw(`t.${texts.id}`)}), '{}'))
        from ${sql.table(texts.table)} t
        where t.workspace_id = ${workspaceId} and ${whose} and ${hasRevisions(texts)}`.execute(trx);
    }
    const changes = [
      ...texts.cleared.map((column) => sql`${sql.ref(column)} = null`),
      ...texts.replaced.map((column) => sql`${sql.ref(column)} = ${placeholder(column, salt)}`),
      ...(texts.cut === undefined ? [] : [sql`${sql.ref(texts.cut.column)} = ${sql.raw(texts.cut.to)}`]),
    ];
    if (changes.length === 0) continue;
    const { numAffectedRows } = await sql`
      update ${sql.table(texts.table)} t set ${sql.join(changes)}
      where t.workspace_id = ${workspaceId} and ${whose} and ${hasWords(texts)}`.execute(trx);
    counts[texts.table] = Number(numAffectedRows ?? 0);
  }
  return counts;
}

/** How many rows have words about somebody, by table. */
export async function countTexts(
  trx: Trx,
  workspaceId: string,
  personId: string,
): Promise<{ table: string; rows: number; since: Date | null }[]> {
  const counted = [];
  for (const texts of personalTexts.filter(hasColumns)) {
    const { rows } = await sql<{ n: number; since: Date | null }>`
      select count(*)::int as n, min(${sql.raw(texts.at)})::timestamptz as since
      from ${sql.table(texts.table)} t
      where t.workspace_id = ${workspaceId} and ${whoseRows(texts, { personId })}
        and ${hasWords(texts)}`.execute(trx);
    const [row] = rows;
    if (row !== undefined && row.n > 0) counted.push({ table: texts.table, rows: row.n, since: row.since });
  }
  return counted;
}

/** What somebody wrote about others for nobody but themself: without its writer nobody may read it. */
export async function dropPrivateNotesBy(trx: Trx, workspaceId: string, writerId: string): Promise<void> {
  for (const { table, id, writer } of personalTexts) {
    if (id === undefined || writer === undefined) continue;
    const theirs = sql`from ${sql.table(table)} t
      where t.workspace_id = ${workspaceId} and ${sql.raw(writer)} = ${writerId}`;
    await sql`select drop_private_notes(coalesce(array_agg(${sql.raw(`t.${id}`)}), '{}')) ${theirs}`.execute(
      trx,
    );
    await sql`
      update ${sql.table(table)} t set private_note = null
      where t.workspace_id = ${workspaceId} and ${sql.raw(writer)} = ${writerId}
        and t.private_note is not null`.execute(trx);
  }
}

const hasRevisions = ({ id = '', kind }: PersonalTexts): RawBuilder<unknown> =>
  kind === undefined
    ? sql`exists (select from one_on_one_log_revision r
        where r.workspace_id = t.workspace_id and r.log_id = ${sql.raw(`t.${id}`)})`
    : sql`exists (select from record_revision r
        where r.workspace_id = t.workspace_id and r.record_kind = ${kind} and r.record_id = ${sql.raw(`t.${id}`)})`;

const hasColumns = ({ cleared, replaced, cut }: PersonalTexts): boolean =>
  cleared.length + replaced.length > 0 || cut !== undefined;

function whoseRows({ about, at, over }: PersonalTexts, going: Going): RawBuilder<unknown> {
  return 'personId' in going
    ? sql`${going.personId} in (${sql.raw(about)})`
    : sql`${sql.raw(at)} < ${going.before} and ${sql.raw(over ?? 'true')}`;
}

function hasWords({ cleared, replaced, cut }: PersonalTexts): RawBuilder<unknown> {
  const some = [
    ...cleared.map((column) => sql`t.${sql.ref(column)} is not null`),
    ...replaced.map((column) => sql`not starts_with(t.${sql.ref(column)}, ${begins})`),
    ...(cut === undefined ? [] : [sql.raw(cut.where)]),
  ];
  return sql`(${sql.join(some, sql` or `)})`;
}

/** Words that differ only in spaces or capitals are the same words, as everywhere else. */
const placeholder = (column: string, salt: string): RawBuilder<unknown> => sql`
  case when ${sql.ref(column)} is null or starts_with(${sql.ref(column)}, ${begins}) then ${sql.ref(column)}
  else ${begins} || substr(md5(${salt} || lower(regexp_replace(trim(${sql.ref(column)}), '\\s+', ' ', 'g'))), 1, 8)
    || ')' end`;
