import type { KnownBlock, ModalView, WebClient } from '@slack/web-api';
import type { NoteKind } from '#domain/note.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Role } from '#domain/people.ts';
import type { AppContext } from '../context.ts';
import type { DutyRows, NoteRows } from './card/row.ts';
import type { HomePart } from './home/part.ts';

/** Who did something in Slack, and the means to answer. */
export interface Request {
  context: AppContext;
  client: WebClient;
  workspaceId: string;
  userId: string;
  botUserId: string | undefined;
}

export interface CommandRequest extends Request {
  /** What was typed after the command word, as Slack sends it: see mentionedUsers and asTyped in text.ts. */
  rest: string;
  triggerId: string;
}

/** What only the person who asked will see, and whose Home shows something else now. Nothing where a modal answers. */
export type Reply =
  | { text: string; blocks?: KnownBlock[]; changed?: readonly string[] }
  | { changed: readonly string[] }
  | undefined;

export interface ActionRequest extends Request {
  actionId: string;
  /** Of the button pressed, or of the option chosen. */
  value: string;
  triggerId: string;
  responseUrl: string | undefined;
  message: { channel: string; ts: string } | undefined;
  view: OpenView | undefined;
}

export interface SubmissionRequest extends Request {
  view: OpenView;
}

/** What somebody wrote to the app, in the direct message with it. */
export interface TypedRequest extends Request {
  channel: string;
  /** The message below which they wrote. */
  threadTs: string | undefined;
  /** As Slack sends it: see asTyped in text.ts. */
  text: string;
}

/** A modal or Home as Slack sends it back. */
export interface OpenView {
  id: string;
  hash: string;
  callbackId: string;
  privateMetadata: string;
  /** What was filled in: block_id → action_id → Slack's state of that element. */
  values: Record<string, Record<string, unknown>>;
  /** The blocks that can carry an error, in their order. */
  inputs: string[];
}

/** How a submission ends: the modal closes, shows errors by block, or shows something else. */
export type SubmissionAnswer =
  /** Those named see something else on their Home now. */
  | { close: true; changed?: readonly string[] }
  | { update: ModalView; changed?: readonly string[] }
  | { errors: Record<string, string> };

export interface Help {
  /** Begins with `/coach` and the word of the command. */
  usage: string;
  does: string;
  /** Empty: for everybody. */
  for: readonly Role[];
  /** What `/coach <word> help` adds: the command as it is typed, and what there is to know, who sees it included. */
  example?: string;
  more?: string;
  /** The label of its button in the menu; the button does what the word alone does. */
  button?: string;
}

/**
 * One feature: what it answers to, by id. Ids are constants of the feature's own view.ts; from an id to its
 * handler is one hop.
 */
export interface Feature {
  name: string;
  help: readonly Help[];
  commands?: Record<string, (request: CommandRequest) => Promise<Reply>>;
  actions?: Record<string, (request: ActionRequest) => Promise<Reply>>;
  submissions?: Record<string, (request: SubmissionRequest) => Promise<SubmissionAnswer>>;
  /** What somebody typed, if it was meant for this feature: answered, taken without a word, or not its own. */
  typed?: (request: TypedRequest) => Promise<{ text: string } | 'silent' | undefined>;
  /** What it says on cards, in prompts and at the top of Home, by duty; and its notes there. */
  rows?: Partial<Record<DutyKind, DutyRows>>;
  notes?: Partial<Record<NoteKind, NoteRows>>;
  /** Its part of a person's Home, below what is due. */
  home?: HomePart;
}
