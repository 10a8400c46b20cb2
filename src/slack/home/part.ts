import type { KnownBlock } from '@slack/web-api';
import { type Access, access, type Resource } from '#domain/access.ts';
import { type Action, mayDo } from '#domain/action.ts';
import { relationsByRole, relationsOf } from '#domain/relation.ts';
import type { Settings } from '#domain/settings.ts';
import { accessTo } from '#services/may.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';

/** Whose Home is made, for whom. */
export interface HomeRequest {
  trx: Trx;
  workspaceId: string;
  person: Member;
  now: number;
  settings: Settings;
  /** Who looks at it, where that is not the person: it has no buttons then, and only what they may see. */
  viewerId: string | undefined;
}

/** Where on Home something stands: what comes before all else, what is one's own, the team's, everybody's. */
export const places = ['first', 'own', 'team', 'workspace'] as const;
export type Place = (typeof places)[number];
export type HomeSections = Partial<Record<Place, KnownBlock[]>>;

export type HomePart = (request: HomeRequest) => Promise<HomeSections>;

/** How much of something about the person stands here, for whoever looks. */
export async function seenHere(
  { trx, workspaceId, person, viewerId }: HomeRequest,
  resource: Resource,
): Promise<Access> {
  if (viewerId !== undefined) {
    return accessTo(trx, { workspaceId, viewerId, subjectId: person.id }, resource);
  }
  const nobodyAbove = { personId: person.id, managerId: undefined, managersManagerId: undefined };
  return access(relationsOf(person, nobodyAbove, []), resource);
}

/** The same of what is about the workspace as a whole, by the person's roles. */
export const seenOfAll = ({ person }: Pick<HomeRequest, 'person'>, resource: Resource): Access =>
  access(relationsByRole(person.roles), resource);

/** What the person may do for the workspace as a whole. */
export const mayForAll = ({ person }: Pick<HomeRequest, 'person'>, action: Action): boolean =>
  mayDo(relationsByRole(person.roles), action);

/** The text itself, and not only what was agreed or how often. */
export const isWhole = (seen: Access): boolean => seen === 'own' || seen === 'full';
