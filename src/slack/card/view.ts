export const ids = {
  /** Overflow of a row: put it off or excuse it; the value names what and which. */
  move: 'card.move',
  excuse: 'card.excuse_modal',
} as const;

/** What the overflow of a row offers. */
export const moves = [
  ['later', 'Later today'],
  ['tomorrow', 'Tomorrow'],
  ['week', 'Next week'],
  ['excuse', 'Excuse it…'],
] as const;
export type Move = (typeof moves)[number][0];

export const moveValue = (move: Move, occurrenceId: string): string => `${move}:${occurrenceId}`;
