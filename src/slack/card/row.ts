import type { CardReader, NoteFacts, OccurrenceFacts } from '#storage/card.ts';
import type { Trx } from '#storage/database.ts';
import type { Part } from '../rich-text.ts';

/** One thing on a card, as it stands for whoever reads it. */
export interface CardRow {
  /** It still asks for something. */
  open: boolean;
  /** It is only announced: a line among those of later this week, without a button. */
  later: boolean;
  /** Bold name first, then what there is to say; nothing in it is read as mark-up. */
  text: Part[];
  /** What its button does; none where there is nothing to do. `describes` is for who cannot see the row beside it. */
  act?: { label: string; actionId: string; value: string; describes: string };
  /** A second way, beside the button. */
  also?: { label: string; actionId: string; value: string; describes: string };
  /** The reader may put it off or excuse it. */
  movable: boolean;
  /** How several are counted in the headline: "1:1", "1:1s". */
  counted: readonly [one: string, many: string];
  /** The headline where it is the only thing that is open. */
  alone: string;
}

/** For whom and for which day rows are made. */
export interface RowsFor {
  trx: Trx;
  workspaceId: string;
  reader: CardReader;
  /** The reader's local date the message speaks of, and the moment. */
  date: string;
  at: number;
  /** What carries the rows. */
  on: 'card' | 'prompt' | 'home';
}

/** Rows by occurrence id. A row that is left out is not for this reader. */
export type DutyRows = (request: RowsFor, facts: OccurrenceFacts[]) => Promise<Map<string, CardRow>>;

/** Rows by note id. */
export type NoteRows = (request: RowsFor, facts: NoteFacts[]) => Promise<Map<string, CardRow>>;

export const isOpen = ({ state }: OccurrenceFacts): boolean => state === 'planned' || state === 'due';

/** Whoever is asked, or stands in for them; nobody does for a rep. */
export const isAsked = ({ askedId, aboutId, standInId }: OccurrenceFacts, readerId: string): boolean =>
  (askedId === aboutId ? askedId : (standInId ?? askedId)) === readerId;
