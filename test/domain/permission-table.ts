import type { Access, Resource } from '#domain/access.ts';
import type { Action } from '#domain/action.ts';
import { type Role, roles } from '#domain/people.ts';
import type { Relation } from '#domain/relation.ts';

/**
 * Who sees and does what, as the method words it and by hand: by the place somebody has towards a person, and by the
 * two roles that give something on their own. What is not named is nothing. A new resource or action does not compile
 * before it is decided on here.
 */
export type Place = Exclude<Relation, 'enablement' | 'admin' | 'peer'>;
type Given<T> = Partial<Record<Place | 'enablement' | 'admin', T>>;

/** `kept` is from whom it stays, whatever role they hold beside. */
export const sees: Record<Resource, Given<Access> & { kept?: Place }> = {
  rep_record: {
    self: 'own',
    manager: 'full',
    managers_manager: 'full',
    stand_in: 'full',
    enablement: 'full',
  },
  conversation: {
    self: 'own',
    manager: 'full',
    managers_manager: 'summary',
    stand_in: 'full',
    enablement: 'counts',
  },
  private_note: { kept: 'self', manager: 'own', stand_in: 'own' },
  // Of a manager's week: whom they report to is the manager's manager of the method.
  time_report: { self: 'own', manager: 'averages', enablement: 'aggregates' },
  said_and_done: { self: 'own' },
  other_habits: { self: 'own' },
  tier: { kept: 'self', manager: 'full', managers_manager: 'full', enablement: 'full' },
  adherence: { self: 'own', manager: 'full', managers_manager: 'summary', enablement: 'full' },
  settings: { manager: 'full', enablement: 'full', admin: 'full' },
  people: { manager: 'full', enablement: 'full', admin: 'full' },
  ledger: { self: 'own', manager: 'full', enablement: 'full', admin: 'full' },
  programme: {
    self: 'own',
    manager: 'full',
    managers_manager: 'full',
    stand_in: 'full',
    enablement: 'full',
  },
  digest: { enablement: 'full' },
};

const ofSeller = ['self'] as const;
const ofCoach = ['manager', 'stand_in'] as const;
const ofManager = ['manager'] as const;
const ofKeepers = ['enablement', 'admin'] as const;
const ofEnablement = ['enablement'] as const;

export const does: Record<Action, readonly (Place | 'enablement' | 'admin')[]> = {
  log_one_on_one: ofCoach,
  log_debrief: ofCoach,
  assign_practice: ofCoach,
  verify_practice: ofCoach,
  answer_check_in_as_manager: ofCoach,
  certify: ofManager,
  set_slot: ofManager,
  correct_team: ofManager,
  mark_away: ['manager', 'enablement', 'admin'],
  prepare_one_on_one: ofSeller,
  request_observation: ofSeller,
  review_own_call: ofSeller,
  answer_debrief: ofSeller,
  reflect_practice: ofSeller,
  answer_check_in_as_rep: ofSeller,
  set_absence: ofSeller,
  excuse_occurrence: ofSeller,
  snooze_occurrence: ofSeller,
  report_time: ofSeller,
  run_programme: ofEnablement,
  choose_digest: ofEnablement,
  change_settings: ofKeepers,
  start_workspace: ofKeepers,
  see_preview: ofKeepers,
  manage_people: ofKeepers,
  erase_people: ofKeepers,
  see_audit: ofKeepers,
};

export const resources = Object.keys(sees) as Resource[];
export const actions = Object.keys(does) as Action[];

const narrowToWide: Access[] = ['none', 'counts', 'aggregates', 'averages', 'summary', 'own', 'full'];

/** What these places and roles give together. */
export function seen(places: readonly Place[], held: readonly Role[], resource: Resource): Access {
  const given = sees[resource];
  if (given.kept !== undefined && places.includes(given.kept)) return 'none';
  const all = [...places, ...ownRoles(held)].map((one) => given[one] ?? 'none');
  return narrowToWide.findLast((one) => all.includes(one)) ?? 'none';
}

export function isDone(places: readonly Place[], held: readonly Role[], action: Action): boolean {
  return [...places, ...ownRoles(held)].some((one) => does[action].includes(one));
}

const ownRoles = (held: readonly Role[]) =>
  held.filter((role): role is 'enablement' | 'admin' => role === 'enablement' || role === 'admin');

/** Every set of roles somebody can hold, the empty one among them. */
export const roleSets: Role[][] = Array.from({ length: 2 ** roles.length }, (_, set) =>
  roles.filter((_role, at) => Math.floor(set / 2 ** at) % 2 === 1),
);
