import { isValidOn } from '#domain/certification.ts';
import type { CertificationStanding } from '#domain/coverage.ts';
import { mayBeMessaged } from '#domain/people.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { Trx } from './database.ts';

/**
 * Where each rep stands at an instant. Eligible is whoever sells: those who are there now, and those who have left
 * but reported to somebody then. Of them enrolled is whoever was in a programme then, ended ones included: ending
 * one does not improve a rate. A certificate of any programme counts on each of its days where the rep is; one that
 * was given by mistake and taken back counts at no instant.
 */
export async function certificationStandings(
  trx: Trx,
  workspaceId: string,
  at: Date,
): Promise<CertificationStanding[]> {
  const members = await trx
    .selectFrom('member')
    .select(['user_id', 'wave', 'status', 'roles', 'time_zone', 'start_date'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const lines = await trx
    .selectFrom('reporting')
    .select('rep_id')
    .where('workspace_id', '=', workspaceId)
    .where('since', '<=', at)
    .where('until', '>', at)
    .execute();
  const enrolments = await trx
    .selectFrom('enrolment')
    .select('rep_id')
    .where('workspace_id', '=', workspaceId)
    .where('enrolled_at', '<=', at)
    .where((where) => where.or([where('withdrawn_at', 'is', null), where('withdrawn_at', '>', at)]))
    .execute();
  const certificates = await trx
    .selectFrom('certification')
    .select(['rep_id', 'valid_until'])
    .where('workspace_id', '=', workspaceId)
    .where('valid_until', 'is not', null)
    .where('judged_at', '<=', at)
    .where('withdrawn_at', 'is', null)
    .execute();
  const reportedThen = new Set(lines.map((row) => row.rep_id));
  const enrolled = new Set(enrolments.map((row) => row.rep_id));
  const certificatesOf = Map.groupBy(certificates, (row) => row.rep_id);
  return members.flatMap((row) => {
    const today = toLocal(at.getTime(), row.time_zone).date;
    const isThere = mayBeMessaged(row.status)
      ? row.start_date === null || row.start_date <= today
      : reportedThen.has(row.user_id);
    if (!isThere || !row.roles.includes('rep')) return [];
    const certified = (certificatesOf.get(row.user_id) ?? []).some(
      ({ valid_until }) => valid_until !== null && isValidOn(valid_until, today),
    );
    const enrolledThen = enrolled.has(row.user_id);
    return [{ repId: row.user_id, wave: row.wave, eligible: true, enrolled: enrolledThen, certified }];
  });
}
