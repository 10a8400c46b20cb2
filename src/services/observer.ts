import { mayBeMessaged } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { toLocal } from '#domain/time/zone.ts';
import { standInsNow } from '#storage/absences.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member } from '#storage/members.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

/** Why somebody may not write about somebody's call. */
export type NotYourCall =
  | { kind: 'you_are_unknown' }
  | { kind: 'yourself' }
  | { kind: 'rep_unknown'; repId: string }
  | { kind: 'rep_gone'; repName: string }
  | { kind: 'not_a_rep'; repName: string }
  | { kind: 'not_your_report'; repName: string };

export interface Observing {
  observer: Member;
  rep: Member;
  /** The observer's local date. */
  today: string;
}

/** Who may listen to whose calls: the manager, and who stands in for them, as things stand now. */
export async function observing(
  trx: Trx,
  workspaceId: string,
  who: { observerId: string; repId: string },
  now: number,
): Promise<Result<Observing, NotYourCall>> {
  const { observerId, repId } = who;
  const observer = await findMember(trx, workspaceId, observerId);
  if (observer === undefined) return refused({ kind: 'you_are_unknown' });
  if (observerId === repId) return refused({ kind: 'yourself' });
  const rep = await findMember(trx, workspaceId, repId);
  if (rep === undefined || rep.status === 'bot') return refused({ kind: 'rep_unknown', repId });
  const { date: today } = toLocal(now, observer.timeZone);
  const standIns = await standInsNow(trx, workspaceId, new Date(now));
  const asking = { workspaceId, viewerId: observerId, subjectId: repId, standIns };
  if (!(await may(trx, asking, 'log_debrief'))) {
    return denied({ kind: 'not_your_report', repName: rep.name }, repId);
  }
  if (!mayBeMessaged(rep.status)) return refused({ kind: 'rep_gone', repName: rep.name });
  if (!rep.roles.includes('rep')) return refused({ kind: 'not_a_rep', repName: rep.name });
  return done({ observer, rep, today });
}
