/** The weekly 1:1: what is asked about it and what is written down. */

/** Coaching develops a known behaviour; innovating removes an obstacle nobody has the answer to yet. */
export const conversationAbout = ['skill', 'deal'] as const;
export type ConversationAbout = (typeof conversationAbout)[number];

export const outcomes = ['unasked', 'reminded', 'not_this_time', 'no_chance'] as const;
export type Outcome = (typeof outcomes)[number];

export const evidences = ['saw', 'heard', 'told'] as const;
export type Evidence = (typeof evidences)[number];

/** Coaching fixes a lack of skill; the other two are for the manager to act on. */
export const gaps = ['skill', 'will', 'environment'] as const;
export type Gap = (typeof gaps)[number];

/**
 * A commitment is open until somebody says what became of it. It is withdrawn with the log that made it, and
 * replaced where another log of the pair agreed on something else without knowing of it.
 */
export type CommitmentState = 'open' | 'closed' | 'withdrawn' | 'replaced';

/** How long a 1:1 is taken to last: the prompt comes when it is over, not when it begins. */
export const oneOnOneMinutes = 30;
