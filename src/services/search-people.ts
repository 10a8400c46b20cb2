import { access } from '#domain/access.ts';
import { mayDo } from '#domain/action.ts';
import { done, type Result } from '#domain/result.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { absencesOf } from '#storage/absences.ts';
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
import { denied } from './denials.ts';

export type { FoundPerson, PageEnd, PeopleFilter } from '#storage/people-search.ts';

export interface PersonOnPage extends FoundPerson {
  /** The last day of being away, for whoever is away today. */
  awayUntil: string | undefined;
}

export interface PeoplePage {
  /** `team`: a manager's own reports and nobody else. */
  scope: 'all' | 'team';
  people: PersonOnPage[];
  /** How many there are on all pages, and on those before this one. */
  total: number;
  preceding: number;
  /** Where the next page begins and the one before ends; undefined on the last and the first. */
  next: PageEnd | undefined;
  previous: PageEnd | undefined;
  /** Whether segment and wave are shown, and looked for. */
  showsTier: boolean;
  /** For whoever manages people: who joined Slack and is not here yet, and how many reps have nobody. */
  newcomers: number;
  withoutManager: number;
  /** Those of them whose manager left Slack. */
  managerLeft: number;
}

const mostOnAPage = 50;

/** A page of people, for whoever may manage them: everybody, or a manager's own team. */
export async function searchPeople(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  viewerId: string,
  filter: PeopleFilter,
  page: { after?: PageEnd | undefined; before?: PageEnd | undefined; limit?: number } = {},
): Promise<Result<PeoplePage, { kind: 'not_allowed' }>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const seen = await whatIsSeen(trx, workspaceId, viewerId);
    if (seen === undefined) return denied({ kind: 'not_allowed' });
    const { scope, showsTier } = seen;
    const wanted = {
      ...filter,
      ...(scope === 'team' ? { managerId: viewerId } : {}),
      // To look for what is not shown would show it.
      ...(showsTier ? {} : { segment: undefined, wave: undefined }),
    };
    const limit = Math.min(page.limit ?? 20, mostOnAPage);
    const there = await findPeople(trx, workspaceId, wanted, { ...page, limit });
    // Whoever stood beyond this end may be gone by now.
    const found = there.length > 0 ? there : await findPeople(trx, workspaceId, wanted, { limit });
    // The first page is looked at the most, and nobody precedes it.
    const isFirst = there.length === 0 || (page.after ?? page.before) === undefined;
    const before = isFirst ? undefined : endAt(found[0]);
    const { all: total, preceding } = await countPeople(trx, workspaceId, wanted, before);
    const last = found.at(-1);
    const of = async (which: PeopleFilter): Promise<number> =>
      scope === 'all' ? (await countPeople(trx, workspaceId, which)).all : 0;
    return done({
      scope,
      people: (await withAbsences(trx, workspaceId, found, now)).map((one) =>
        showsTier && one.id !== viewerId ? one : { ...one, segment: null, wave: null },
      ),
      total,
      preceding,
      next: preceding + found.length < total ? endAt(last) : undefined,
      previous: preceding > 0 ? endAt(found[0]) : undefined,
      showsTier,
      newcomers: scope === 'all' ? await countNewcomers(trx, workspaceId) : 0,
      withoutManager: await of({ withoutManager: true }),
      managerLeft: await of({ managerLeft: true }),
    });
  });
}

const endAt = (person: FoundPerson | undefined): PageEnd | undefined =>
  person && { name: person.name, id: person.id };

/** Whoever is away by the date it is where they are. */
async function withAbsences(
  trx: Trx,
  workspaceId: string,
  people: readonly FoundPerson[],
  now: number,
): Promise<PersonOnPage[]> {
  const ids = people.map(({ id }) => id);
  const absences = await absencesOf(trx, workspaceId, ids, addDays(toLocal(now, 'UTC').date, -1));
  return people.map((person) => {
    const { date: today } = toLocal(now, person.timeZone);
    const current = absences.find(
      ({ memberId, firstDay, lastDay }) => memberId === person.id && firstDay <= today && today <= lastDay,
    );
    return { ...person, awayUntil: current?.lastDay };
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
