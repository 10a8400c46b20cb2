import { mayDo } from '#domain/action.ts';
import { relationsByRole } from '#domain/relation.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { type AccessSeen, accessesTo } from '#storage/access-records.ts';
import { lastCopy } from '#storage/copy-requests.ts';
import { openErasureRequests } from '#storage/erasure-requests.ts';
import { type KeptCount, keptCounts } from '#storage/kept-counts.ts';
import { findMember, listMembers } from '#storage/members.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';

export interface PrivacyView {
  timeZone: string;
  kept: KeptCount[];
  /** 0: until somebody erases it. */
  textsKeptMonths: number;
  /** Who can export and erase. */
  keepers: string[];
  askedToBeErased: Date | undefined;
  /** Where whoever runs Sideline is to make it. */
  copyAskedAt: Date | undefined;
}

type Unknown = { kind: 'you_are_unknown' };

/** What is kept about whoever asks; nobody can ask about another. */
export function viewPrivacy(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  userId: string,
): Promise<Result<PrivacyView, Unknown>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const person = await findMember(trx, workspaceId, userId);
    if (person === undefined) return refused({ kind: 'you_are_unknown' });
    const [request] = await openErasureRequests(trx, workspaceId, userId);
    const copy = await lastCopy(trx, workspaceId, userId);
    const keepers = (await listMembers(trx, workspaceId)).filter(
      ({ status, roles }) => status === 'active' && mayDo(relationsByRole(roles), 'erase_people'),
    );
    return done({
      timeZone: person.timeZone,
      kept: await keptCounts(trx, workspaceId, userId),
      textsKeptMonths: (await currentSettings(trx, workspaceId)).textsKeptMonths,
      keepers: keepers.map(({ id }) => id),
      askedToBeErased: request?.askedAt,
      copyAskedAt: copy?.state === 'waiting' ? copy.askedAt : undefined,
    });
  });
}

export interface AccessPage {
  timeZone: string;
  seen: AccessSeen[];
  skipped: number;
  more: boolean;
}

const pageLength = 20;

/** Who opened the record of whoever asks. */
export function viewAccesses(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  userId: string,
  skip: number,
): Promise<Result<AccessPage, Unknown>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const person = await findMember(trx, workspaceId, userId);
    if (person === undefined) return refused({ kind: 'you_are_unknown' });
    const seen = await accessesTo(trx, workspaceId, userId, { skip, most: pageLength + 1 });
    return done({
      timeZone: person.timeZone,
      seen: seen.slice(0, pageLength),
      skipped: skip,
      more: seen.length > pageLength,
    });
  });
}
