import type { mayStillPost } from '#domain/delivery.ts';
import { type MethodLimits, slackLimits } from '#domain/slack-limits.ts';
import type { MessageComposers } from '#services/message-content.ts';
import type { AppContext } from '../context.ts';
import type { Meter } from './meter.ts';
import type { UnfinishedReads } from './read-conversation.ts';

export interface DeliverySettings {
  composers: MessageComposers;
  /** How long an unclear post is left alone, in milliseconds of machine time. */
  quarantine: number;
  /** How long one call to Slack may take. */
  callTimeout: number;
  /** How often Slack may be called; as it says itself, where nothing else is said. */
  limits?: MethodLimits | undefined;
  /** Who counts what becomes of messages. */
  meter?: Meter | undefined;
  /** The fence; a test takes it away to see that it is needed. */
  mayStillPost?: typeof mayStillPost;
}

export const limitsFor = ({ limits }: Pick<DeliverySettings, 'limits'>): MethodLimits =>
  limits ?? slackLimits;

/** What the parts of delivery share. */
export type DeliveryContext = AppContext & DeliverySettings;

/** One workspace while it is drained. */
export interface Draining {
  context: DeliveryContext;
  workspaceId: string;
  /** Conversations that are read a page at a time, over several drains. */
  unfinishedReads: UnfinishedReads;
  /** True once this process has been told to stop: what is begun is finished, nothing new is begun. */
  stopping(): boolean;
  /** Nobody can see or press anything until later: what stands in Slack may wait to be brought up to date. */
  unwatched: boolean;
}
