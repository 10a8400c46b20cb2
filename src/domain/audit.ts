/** What the audit trail tells of. What was written about people is never part of it. */
export const auditedDeeds = [
  'settings_changed',
  'cadence_changed',
  'people_imported',
  'person_changed',
  'roles_changed',
  'manager_changed',
  'exported',
  'copy_asked',
  'copy_handed_over',
  'erasure_asked',
  'erasure_called_off',
  'erased',
  'messages_deleted',
  'texts_expired',
  'started',
  'paused',
  'resumed',
  'installed',
  'uninstalled',
  'keys_rotated',
  'refused',
] as const;
export type AuditedDeed = (typeof auditedDeeds)[number];

/** Numbers, ids and names of settings; no names of people and nothing that somebody wrote about another. */
export type AuditDetail = Readonly<
  Record<string, string | number | boolean | null | readonly (string | number)[]>
>;

export interface AuditEntry {
  /** A member's id; or `operator` who runs the process, `slack` by an event, `sideline` by a rule of its own. */
  actorId: string;
  what: AuditedDeed;
  /** A member's id, where it is about one. */
  aboutId?: string;
  detail?: AuditDetail;
  at: Date;
}
