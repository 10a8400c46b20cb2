import type { CallPlanState } from '#domain/observed-call.ts';

/** A call that a manager means to listen to, or a rep asks to have listened to. */
export interface CallPlanTable {
  workspace_id: string;
  plan_id: string;
  rep_id: string;
  watcher_id: string;
  asked_by_rep: boolean;
  account: string;
  /** The account as it is compared: however it was typed. */
  account_key: string;
  call_on: string;
  /** What the rep would like to be looked for. */
  look_for: string | null;
  state: CallPlanState;
  made_at: Date;
  /** When it was declined, dropped or watched. */
  settled_at: Date | null;
  /** The rep's own view of the call, written before the manager's. */
  review_worked: string | null;
  review_moment: string | null;
  reviewed_at: Date | null;
}
