import type { Relation } from './relation.ts';

/** From nothing to everything. */
const accesses = [
  'none',
  /** How many, and themes; no text and no name. */
  'counts',
  /** Figures over at least five people. */
  'aggregates',
  /** Of one person, over four weeks; no single report. */
  'averages',
  /** What was agreed and how it stands, not what was written; of adherence, one figure per manager. */
  'summary',
  /** What is about the viewer, or sent to them; of private notes those the viewer wrote. */
  'own',
  'full',
] as const;
export type Access = (typeof accesses)[number];

export type Resource =
  /** Plan, scores, certification, practice. */
  | 'rep_record'
  /** Debriefs, preparation, takeaways of 1:1s. */
  | 'conversation'
  | 'private_note'
  /** About the manager whose time it is: that manager is `self`, and whom they report to is `manager`. */
  | 'time_report'
  /** Reported hours against logged minutes, about a manager. */
  | 'said_and_done'
  /** What else comes naturally, from the baseline. */
  | 'other_habits'
  /** Segment and wave. */
  | 'tier'
  | 'adherence'
  | 'settings'
  | 'people'
  /** What was sent, or not, and why. */
  | 'ledger'
  | 'programme'
  | 'digest';

/** `withheld` is a no that no other relation makes up for. */
type Cell = Access | 'withheld';

/**
 * A lead of enablement who sells is not shown their own segment, nor what is noted about them; every other no
 * only says that this relation gives nothing.
 */
const table: Record<Resource, Record<Relation, Cell>> = {
  rep_record: {
    self: 'own',
    manager: 'full',
    managers_manager: 'full',
    stand_in: 'full',
    enablement: 'full',
    admin: 'none',
    peer: 'none',
  },
  conversation: {
    self: 'own',
    manager: 'full',
    managers_manager: 'summary',
    stand_in: 'full',
    enablement: 'counts',
    admin: 'none',
    peer: 'none',
  },
  private_note: {
    self: 'withheld',
    manager: 'own',
    managers_manager: 'none',
    stand_in: 'own',
    enablement: 'none',
    admin: 'none',
    peer: 'none',
  },
  time_report: {
    self: 'own',
    manager: 'averages',
    managers_manager: 'none',
    stand_in: 'none',
    enablement: 'aggregates',
    admin: 'none',
    peer: 'none',
  },
  said_and_done: {
    self: 'own',
    manager: 'none',
    managers_manager: 'none',
    stand_in: 'none',
    enablement: 'none',
    admin: 'none',
    peer: 'none',
  },
  other_habits: {
    self: 'own',
    manager: 'none',
    managers_manager: 'none',
    stand_in: 'none',
    enablement: 'none',
    admin: 'none',
    peer: 'none',
  },
  tier: {
    self: 'withheld',
    manager: 'full',
    managers_manager: 'full',
    stand_in: 'none',
    enablement: 'full',
    admin: 'none',
    peer: 'none',
  },
  adherence: {
    self: 'own',
    manager: 'full',
    managers_manager: 'summary',
    stand_in: 'none',
    enablement: 'full',
    admin: 'none',
    peer: 'none',
  },
  settings: {
    self: 'none',
    manager: 'full',
    managers_manager: 'none',
    stand_in: 'none',
    enablement: 'full',
    admin: 'full',
    peer: 'none',
  },
  people: {
    self: 'none',
    manager: 'full',
    managers_manager: 'none',
    stand_in: 'none',
    enablement: 'full',
    admin: 'full',
    peer: 'none',
  },
  ledger: {
    self: 'own',
    manager: 'full',
    managers_manager: 'none',
    stand_in: 'none',
    enablement: 'full',
    admin: 'full',
    peer: 'none',
  },
  programme: {
    self: 'own',
    manager: 'full',
    managers_manager: 'full',
    stand_in: 'full',
    enablement: 'full',
    admin: 'none',
    peer: 'none',
  },
  digest: {
    self: 'none',
    manager: 'none',
    managers_manager: 'none',
    stand_in: 'none',
    enablement: 'full',
    admin: 'none',
    peer: 'none',
  },
};

/** The widest that any of the relations gives. */
export function access(relations: readonly Relation[], resource: Resource): Access {
  const cells = relations.map((relation) => table[resource][relation]);
  if (cells.includes('withheld')) return 'none';
  return accesses.findLast((one) => cells.includes(one)) ?? 'none';
}
