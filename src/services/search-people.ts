import { access } from '#domain/access.ts';
import { mayDo } from '#domain/action.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { countNewcomers } from '#storage/newcomers.ts';
import {
  countPeople,
  type FoundPerson,
  findPeople,
  type PageEnd,
  type PeopleFilter,
} from '#storage/people-search.ts';
import { relationsToWorkspace } from '#storage/relations.ts';
import { reportsOf } from '#storage/reporting-chain.ts';
import type { ServiceContext } from '../context.ts';

export type { FoundPerson, PageEnd, PeopleFilter } from '#storage/people-search.ts';

export interface PeoplePage {
  /** `team`: a manager's own reports and nobody else. */
  scope: 'all' | 'team';
  people: FoundPerson[];
  /** How many there are on all pages. */
  total: number;
  /** Where the next page begins; undefined on the last. */
  next: PageEnd | undefined;
  /** Whether segment and wave are shown, and looked for. */
  showsTier: boolean;
  /** Who joined Slack and is not here yet, and how many reps have nobody; for whoever manages people. */
  newcomers: number;
  withoutManager: number;
}

const mostOnAPage = 50;

/** A page of people, for whoever may manage them: everybody, or a manager's own team. */
export async function searchPeople(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  viewerId: string,
  filter: PeopleFilter,
  page: { after?: PageEnd | undefined; limit?: number } = {},
): Promise<Result<PeoplePage, { kind: 'not_allowed' }>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const seen = await whatIsSeen(trx, workspaceId, viewerId);
    if (seen === undefined) return refused({ kind: 'not_allowed' });
    const { scope, showsTier } = seen;
    const wanted = {
      ...filter,
      ...(scope === 'team' ? { managerId: viewerId } : {}),
      // To look for what is not shown would show it.
      ...(showsTier ? {} : { segment: undefined, wave: undefined }),
    };
    const limit = Math.min(page.limit ?? 20, mostOnAPage);
    const found = await findPeople(trx, workspaceId, wanted, { after: page.after, limit: limit + 1 });
    const people = found.slice(0, limit);
    const last = found.length > limit ? people.at(-1) : undefined;
    const forAll = scope === 'all';
    return done({
      scope,
      people: people.map((one) =>
        showsTier && one.id !== viewerId ? one : { ...one, segment: null, wave: null },
      ),
      total: await countPeople(trx, workspaceId, wanted),
      next: last && { name: last.name, id: last.id },
      showsTier,
      newcomers: forAll ? await countNewcomers(trx, workspaceId) : 0,
      withoutManager: forAll ? await countPeople(trx, workspaceId, { withoutManager: true }) : 0,
    });
  });
}

async function whatIsSeen(
  trx: Trx,
  workspaceId: string,
  viewerId: string,
): Promise<Pick<PeoplePage, 'scope' | 'showsTier'> | undefined> {
  const relations = await relationsToWorkspace(trx, workspaceId, viewerId);
  if (mayDo(relations, 'manage_people')) {
    return { scope: 'all', showsTier: access(relations, 'tier') === 'full' };
  }
  if (relations.length === 0) return undefined;
  const viewer = await findMember(trx, workspaceId, viewerId);
  if (viewer?.roles.includes('manager') !== true) return undefined;
  const reports = await reportsOf(trx, workspaceId, viewerId);
  return reports.length === 0
    ? undefined
    : { scope: 'team', showsTier: access(['manager'], 'tier') === 'full' };
}
