/** The weekly 1:1: what is asked about it and what is written down. */

/** Coaching develops a known behaviour; innovating removes an obstacle nobody has the answer to yet. */
export const conversationAbout = ['skill', 'deal'] as const;
export type ConversationAbout = (typeof conversationAbout)[number];

export const outcomes = ['unasked', 'reminded', 'not_this_time', 'no_chance'] as const;
export type Outcome = (typeof outcomes)[number];

export const evidences = ['saw', 'heard', 'told'] as const;
export type Evidence = (typeof evidences)[number];

/** How long a 1:1 is taken to last: the prompt comes when it is over, not when it begins. */
export const oneOnOneMinutes = 30;

/** Where no slot is set, the pair's 1:1 is expected on Thursday at 16:00 of the manager's time. */
export const defaultOneOnOneSlot = { weekday: 4, time: '16:00' } as const;
