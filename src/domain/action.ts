import type { Relation } from './relation.ts';

export type Action =
  | 'log_one_on_one'
  | 'prepare_one_on_one'
  | 'log_debrief'
  | 'request_observation'
  | 'review_own_call'
  | 'answer_debrief'
  | 'assign_practice'
  | 'verify_practice'
  | 'reflect_practice'
  | 'answer_check_in_as_rep'
  | 'answer_check_in_as_manager'
  | 'certify'
  | 'run_programme'
  | 'change_settings'
  | 'choose_digest'
  | 'start_workspace'
  | 'set_slot'
  | 'set_absence'
  | 'excuse_occurrence'
  | 'snooze_occurrence'
  | 'report_time'
  | 'see_preview'
  | 'manage_people'
  | 'correct_team'
  | 'mark_away'
  | 'erase_people'
  | 'see_audit';

/**
 * Who may, by what they are to the person it is about; what is done for the whole workspace is about nobody.
 * A stand-in does what the manager is asked for; what the manager decides for longer waits for the manager.
 */
const table: Record<Action, readonly Relation[]> = {
  log_one_on_one: ['manager', 'stand_in'],
  prepare_one_on_one: ['self'],
  log_debrief: ['manager', 'stand_in'],
  request_observation: ['self'],
  review_own_call: ['self'],
  answer_debrief: ['self'],
  assign_practice: ['manager', 'stand_in'],
  verify_practice: ['manager', 'stand_in'],
  reflect_practice: ['self'],
  answer_check_in_as_rep: ['self'],
  answer_check_in_as_manager: ['manager', 'stand_in'],
  certify: ['manager'],
  run_programme: ['enablement'],
  change_settings: ['enablement', 'admin'],
  // Its preview shows how the team keeps to its cadence, which is not for an admin.
  choose_digest: ['enablement'],
  start_workspace: ['enablement', 'admin'],
  set_slot: ['manager'],
  set_absence: ['self'],
  // About the person who is asked.
  excuse_occurrence: ['self'],
  snooze_occurrence: ['self'],
  report_time: ['self'],
  see_preview: ['enablement', 'admin'],
  // Who is there, in which roles, and who reports to whom.
  manage_people: ['enablement', 'admin'],
  // About one's own reports: what their manager knows best.
  correct_team: ['manager'],
  mark_away: ['manager', 'enablement', 'admin'],
  // What somebody asks for about their own data: that it goes, or a copy of it.
  erase_people: ['enablement', 'admin'],
  see_audit: ['enablement', 'admin'],
};

export function mayDo(relations: readonly Relation[], action: Action): boolean {
  return table[action].some((relation) => relations.includes(relation));
}
