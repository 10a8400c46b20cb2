import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Where something about a person is kept, and what of it goes out on a formal request alone. */
interface Kept {
  table: string;
  /** SQL over the alias t, with `$person` in the place of the id. */
  about: string;
  formal?: readonly string[];
  onlyFormal?: true;
}

const enrolments = `t.enrolment_id in (select enrolment_id from enrolment
  where workspace_id = t.workspace_id and rep_id = $person)`;
const certifications = `t.certification_id in (select certification_id from certification
  where workspace_id = t.workspace_id and rep_id = $person)`;
const logs = `t.log_id in (select log_id from one_on_one_log
  where workspace_id = t.workspace_id and rep_id = $person)`;
const deliveries = `t.delivery_id in (select delivery_id from delivery
  where workspace_id = t.workspace_id and receiver_id = $person)`;
const records = `t.record_id in (
  select debrief_id from debrief where workspace_id = t.workspace_id and rep_id = $person
  union all select review_id from practice_review where workspace_id = t.workspace_id and rep_id = $person
  union all select report_id from time_report where workspace_id = t.workspace_id and manager_id = $person
  union all select check_in_id from check_in c join enrolment e using (workspace_id, enrolment_id)
    where c.workspace_id = t.workspace_id and e.rep_id = $person
  union all select baseline_id from baseline b join enrolment e using (workspace_id, enrolment_id)
    where b.workspace_id = t.workspace_id and e.rep_id = $person)`;

/**
 * A manager's private notes, segment and wave, and what managers say of their time are not the person's to see in
 * Sideline; a formal request opens them.
 */
export const keptAboutPeople: readonly Kept[] = [
  { table: 'member', about: 't.user_id = $person', formal: ['segment', 'wave'] },
  { table: 'reporting', about: '$person in (t.rep_id, t.manager_id)' },
  { table: 'absence', about: 't.member_id = $person' },
  { table: 'cadence', about: '$person in (t.asked_id, t.about_id)' },
  { table: 'occurrence', about: '$person in (t.asked_id, t.about_id)' },
  { table: 'preparation', about: 't.rep_id = $person' },
  { table: 'one_on_one_log', about: 't.rep_id = $person', formal: ['private_note'] },
  { table: 'one_on_one_log_revision', about: logs, formal: ['privateNote'] },
  { table: 'commitment', about: 't.rep_id = $person' },
  { table: 'call_plan', about: 't.rep_id = $person' },
  { table: 'debrief', about: 't.rep_id = $person', formal: ['private_note'] },
  { table: 'sighting', about: 't.rep_id = $person' },
  { table: 'enrolment', about: 't.rep_id = $person', formal: ['wave'] },
  { table: 'day_zero', about: 't.rep_id = $person' },
  { table: 'baseline', about: enrolments },
  { table: 'check_in', about: enrolments },
  { table: 'certification', about: 't.rep_id = $person' },
  { table: 'certification_rating', about: certifications },
  { table: 'practice_assignment', about: 't.rep_id = $person' },
  { table: 'practice_review', about: 't.rep_id = $person' },
  { table: 'time_report', about: 't.manager_id = $person' },
  { table: 'time_report_rep', about: 't.rep_id = $person', onlyFormal: true },
  { table: 'record_revision', about: records, formal: ['privateNote'] },
  { table: 'card_note', about: '$person in (t.receiver_id, t.about_id)' },
  { table: 'delivery', about: 't.receiver_id = $person' },
  { table: 'message', about: deliveries },
  { table: 'access_record', about: 't.person_id = $person' },
  { table: 'audit_entry', about: '$person in (t.actor_id, t.about_id)' },
  { table: 'erasure_request', about: 't.person_id = $person' },
  { table: 'copy_request', about: 't.person_id = $person' },
];

export type ExportedRow = Record<string, unknown>;

/** Everything that is kept about somebody, by table; tables without a row are left out. */
export async function exportPerson(
  trx: Trx,
  workspaceId: string,
  personId: string,
  { formal }: { formal: boolean },
): Promise<Record<string, ExportedRow[]>> {
  const found: Record<string, ExportedRow[]> = {};
  for (const { table, about, formal: withheld = [], onlyFormal } of keptAboutPeople) {
    if (onlyFormal === true && !formal) continue;
    const [first = '', ...rest] = about.split('$person');
    const condition = rest.reduce((so, part) => sql`${so}${personId}${sql.raw(part)}`, sql.raw(first));
    const { rows } = await sql<{ row: ExportedRow }>`
      select to_jsonb(t) - 'workspace_id' as row from ${sql.table(table)} t
      where t.workspace_id = ${workspaceId} and ${condition}
      order by t.ctid`.execute(trx);
    if (rows.length > 0) found[table] = rows.map(({ row }) => (formal ? row : without(row, withheld)));
  }
  return found;
}

/** Takes keys out, also where they stand within what a revision holds. */
function without(row: ExportedRow, keys: readonly string[]): ExportedRow {
  const kept = Object.entries(row).filter(([key]) => !keys.includes(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      key === 'content' && typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).filter(([inner]) => !keys.includes(inner)))
        : value,
    ]),
  );
}
