import type { Endings } from '#domain/adherence.ts';
import type { Role } from '#domain/people.ts';
import { endingsSince, type PairOverview, pairsOf } from '#storage/home.ts';
import { findMember } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';

export interface HomeData {
  roles: Role[];
  timeZone: string;
  now: number;
  /** The person as manager, and as rep. */
  reports: PairOverview[];
  own: PairOverview[];
  /** For whoever leads enablement: the last four weeks, without names. */
  workspace: Endings | undefined;
}

const fourWeeks = 28 * 24 * 60 * 60_000;

/** What one person's Home is made of; undefined for somebody the product does not know. */
export async function viewHome(
  context: ServiceContext,
  workspaceId: string,
  userId: string,
): Promise<HomeData | undefined> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const member = await findMember(trx, workspaceId, userId);
    if (member === undefined) return undefined;
    return {
      roles: member.roles,
      timeZone: member.timeZone,
      now,
      reports: await pairsOf(trx, workspaceId, { managerId: userId }),
      own: await pairsOf(trx, workspaceId, { repId: userId }),
      workspace: member.roles.includes('enablement')
        ? await endingsSince(trx, workspaceId, new Date(now - fourWeeks))
        : undefined,
    };
  });
}
