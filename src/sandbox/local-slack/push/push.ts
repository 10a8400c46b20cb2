import type { Fields } from '../types.ts';

/** One thing Slack tells the app. */
export interface Push {
  kind: 'command' | 'interactive' | 'options' | 'event';
  /** Command, interaction type or event type. */
  method: string;
  payload: Fields;
  retry?: { attempt: number; reason: string };
}

export type Ack =
  | { ok: true; status: number; body: unknown }
  | { ok: false; status: number | null; reason: 'timeout' | 'http error' | 'not connected' };
