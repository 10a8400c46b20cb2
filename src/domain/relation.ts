import type { Role } from './people.ts';

/** What somebody is to the person that a record is about. Several may hold at once. */
export const relations = [
  'self',
  'manager',
  'managers_manager',
  /** Holds the place of the manager, who is away. */
  'stand_in',
  'enablement',
  'admin',
  /** Any other colleague; to their manager a rep is one, too. */
  'peer',
] as const;
export type Relation = (typeof relations)[number];

/** Who is asked in the place of whom at the moment. */
export interface StandIn {
  awayId: string;
  standInId: string;
}

/** A person and who is above them today; former managers are nobody here. */
export interface Line {
  personId: string;
  managerId: string | undefined;
  managersManagerId: string | undefined;
}

/** What an active member is to somebody. */
export function relationsOf(
  viewer: { id: string; roles: readonly Role[] },
  { personId, managerId, managersManagerId }: Line,
  standIns: readonly StandIn[],
): Relation[] {
  if (viewer.id === personId) return ['self', ...byRole(viewer.roles)];
  const found: Relation[] = [];
  if (managerId === viewer.id) found.push('manager');
  if (managersManagerId === viewer.id) found.push('managers_manager');
  if (standIns.some(({ awayId, standInId }) => awayId === managerId && standInId === viewer.id)) {
    found.push('stand_in');
  }
  return orPeer([...found, ...byRole(viewer.roles)]);
}

/** What an active member is to the workspace as a whole. */
export function relationsByRole(roles: readonly Role[]): Relation[] {
  return orPeer(byRole(roles));
}

const byRole = (roles: readonly Role[]): Relation[] =>
  (['enablement', 'admin'] as const).filter((role) => roles.includes(role));

const orPeer = (found: Relation[]): Relation[] => (found.length === 0 ? ['peer'] : found);
