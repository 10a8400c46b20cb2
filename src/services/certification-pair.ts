import { mayBeMessaged } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member } from '#storage/members.ts';
import { currentSettings } from '#storage/settings.ts';
import { type CertificationStatus, certificationCases } from './certification-cases.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

/** Why somebody cannot certify another. */
export type NotToCertify =
  | { kind: 'you_are_unknown' }
  | { kind: 'yourself' }
  | { kind: 'rep_unknown'; repId: string }
  | { kind: 'not_active'; repName: string }
  | { kind: 'not_a_rep'; repName: string }
  | { kind: 'not_your_report'; repName: string }
  /** In no programme that goes on, or not in the one that is meant. */
  | { kind: 'not_enrolled'; repName: string }
  | { kind: 'too_early'; repName: string; programmeName: string; sessionOn: string; from: string };

export interface RepToCertify {
  rep: Member;
  manager: Member;
  /** Where the manager is, which is where they saw the calls. */
  today: string;
  settings: Settings;
  /** In which a certificate can be had now, the latest training first; at least one. */
  open: [CertificationStatus, ...CertificationStatus[]];
}

/** Whom somebody may certify, and in what, as things stand in this transaction. */
export async function repToCertify(
  trx: Trx,
  workspaceId: string,
  asking: { managerId: string; repId: string; now: number },
): Promise<Result<RepToCertify, NotToCertify>> {
  const { managerId, repId, now } = asking;
  const manager = await findMember(trx, workspaceId, managerId);
  if (manager === undefined) return refused({ kind: 'you_are_unknown' });
  if (managerId === repId) return refused({ kind: 'yourself' });
  const rep = await findMember(trx, workspaceId, repId);
  if (rep === undefined || rep.status === 'bot') return refused({ kind: 'rep_unknown', repId });
  const repName = rep.name;
  if (!(await may(trx, { workspaceId, viewerId: managerId, subjectId: repId }, 'certify'))) {
    return denied({ kind: 'not_your_report', repName }, repId);
  }
  if (!mayBeMessaged(rep.status)) return refused({ kind: 'not_active', repName });
  if (!rep.roles.includes('rep')) return refused({ kind: 'not_a_rep', repName });
  const { date: today } = toLocal(now, manager.timeZone);
  const settings = await currentSettings(trx, workspaceId);
  const enrolled = (await certificationCases(trx, workspaceId, [repId], { today, settings })).filter(
    ({ isOpen }) => isOpen,
  );
  const [first, ...others] = enrolled.filter(({ from }) => from <= today);
  if (first !== undefined) return done({ rep, manager, today, settings, open: [first, ...others] });
  const next = enrolled.at(-1);
  if (next === undefined) return refused({ kind: 'not_enrolled', repName });
  const { programme, from } = next;
  const { name: programmeName, sessionOn } = programme;
  return refused({ kind: 'too_early', repName, programmeName, sessionOn, from });
}
