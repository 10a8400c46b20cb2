/** Somebody asked for a copy of what is kept about them. */
export interface CopyRequestTable {
  workspace_id: string;
  request_id: string;
  /** A name that is nobody's once they are erased. */
  person_id: string;
  asked_at: Date;
  state: CopyState;
  /** While it is being made, by machine time. */
  leased_until: Date | null;
  settled_at: Date | null;
}

/** `unsure`: Slack's answer was lost. `waiting`: whoever runs Sideline makes it, and then it is `handed_over`. */
export type CopyState = 'making' | 'sent' | 'unsure' | 'not_sent' | 'waiting' | 'handed_over' | 'called_off';
