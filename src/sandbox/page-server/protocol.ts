import type { Call } from '../local-slack/calls.ts';
import type { Change } from '../local-slack/changes.ts';
import type { ConversationShown } from '../local-slack/person/reading.ts';
import type { ViewShown } from '../local-slack/person-session.ts';
import type { Notice } from '../local-slack/types.ts';

/** What the page and its server tell each other. */

export interface PersonCard {
  id: string;
  name: string;
  title: string;
  zone: string;
  unread: number;
}

/** People as the switch shows them: the enablement leads, then each manager with their reps. */
export interface PeopleGroup {
  label: string;
  people: PersonCard[];
}

export interface DirectoryEntry {
  id: string;
  name: string;
  handle: string;
  isBot: boolean;
  deleted: boolean;
}

/** What is the same for everybody. */
export interface World {
  /** Of this workspace; another one after a reset. */
  id: string;
  team: string;
  app: { id: string; name: string };
  /** Business time, epoch ms. */
  now: number;
  groups: PeopleGroup[];
  directory: DirectoryEntry[];
  channels: { id: string; name: string }[];
  journey: Journey | null;
  /** Whether there is somebody to ask for the guided first minute, and for the reasons of a message. */
  has: { guide: boolean; explain: boolean };
}

export interface Journey {
  from: number;
  to: Destination;
}

export const guidedJourneys = ['day-30', 'follow-up'] as const;
export type GuidedJourney = (typeof guidedJourneys)[number];

export const destinations = ['next-message', 'hour', 'tomorrow', 'week', ...guidedJourneys] as const;
export type Destination = (typeof destinations)[number];

/** What went out on a journey. */
export interface JourneyReport {
  from: number;
  to: number;
  messages: Posted[];
  /** Said instead of what went out when the journey broke off. */
  problem: string | null;
}

export interface Posted {
  /** Who got it; null for a channel. */
  person: string | null;
  name: string;
  channel: string;
  ts: string;
  threadTs: string | null;
  text: string;
  shownAt: number;
}

/** What one person has in front of them, besides the conversation they read. */
export interface Desk {
  me: { id: string; name: string; title: string; zone: string };
  conversations: ConversationShown[];
  home: ViewShown | null;
  modals: ViewShown[];
  notices: Notice[];
  commands: { command: string; description: string; usageHint: string }[];
  /** What can be typed after a command, from the app's own help. */
  usages: { usage: string; does: string }[];
  shortcuts: { type: 'global' | 'message'; name: string; callbackId: string }[];
  /** Channels this person may choose in a menu. */
  channels: { id: string; name: string; isMember: boolean }[];
}

export type CallLine = Omit<Call, 'request' | 'response'> & { about: string };

export type LiveEvent =
  | { type: 'hello'; page: string }
  | { type: 'changes'; changes: Change[] }
  | { type: 'clock'; now: number }
  | { type: 'departed'; journey: Journey }
  | { type: 'arrived'; report: JourneyReport };

/** How far the guided first minute is, by the product's own records. */
export interface GuideState {
  logged: boolean;
  day30: { rep: boolean; manager: boolean };
  closed: boolean;
}

export interface Explanation {
  rows: { label: string; value: string }[];
  why: string[];
}
