/** What Slack shows when the app does not answer an interaction. */
export const TROUBLE = 'We had some trouble connecting. Try again?';

export interface ConfirmShown {
  title: string;
  text: string;
  confirm: string;
  deny: string;
  danger: boolean;
}

export type Acted =
  | { status: 'done' }
  /** The same again with `confirmed: true` once the person agreed. */
  | { status: 'confirm'; confirm: ConfirmShown }
  /** Slack's client does not let the person do this. */
  | { status: 'refused'; message: string }
  /** The app did not answer as it should; the message is what the person sees. */
  | { status: 'failed'; message: string };

export type Submitted =
  | { status: 'closed' | 'updated' | 'pushed' | 'cleared' }
  /** By block id: from Slack's client before anything was sent, or from the app. */
  | { status: 'errors'; by: 'slack' | 'app'; errors: Record<string, string> }
  | { status: 'failed'; message: string };
