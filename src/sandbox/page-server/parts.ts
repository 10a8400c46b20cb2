import type { LocalSlack } from '../local-slack/local-slack.ts';
import type { Explanation, GuidedJourney, GuideState } from './protocol.ts';

/** What the page needs of a running sandbox. */
export interface PageSandbox {
  slack: LocalSlack;
  clock: { now(): number };
  travelTo(instant: number): Promise<void>;
  travelToNextMessage(): Promise<number>;
}

export interface PageMember {
  id: string;
  roles: readonly string[];
  manager?: string;
}

/** What only the product knows; the page does without what is absent. */
export interface PageParts<S extends PageSandbox> {
  teamName?: string;
  members?: readonly PageMember[];
  /** What can be typed after the app's command; roles empty: everybody. */
  help?: readonly { usage: string; does: string; for: readonly string[] }[];
  /** How far the guided first minute is. */
  guide?: (sandbox: S) => Promise<GuideState>;
  /** Whether what a journey of the guide goes to has been sent since it set out. */
  hasArrived?: (sandbox: S, to: GuidedJourney, since: number) => Promise<boolean>;
  /** The ledger row behind a message, and why it was sent. */
  explain?: (sandbox: S, channel: string, ts: string) => Promise<Explanation | undefined>;
}
