import { z } from 'zod';

export const ids = {
  /** Overflow of a row: put it off or excuse it; the value names what and which. */
  move: 'card.move',
  /** Button of an answer: excuse the occurrence in its value. */
  excuse: 'card.excuse',
  excuseModal: 'card.excuse_modal',
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

const uuid = z.uuid();

/** What was chosen, and for which occurrence; undefined for what this never offered. */
export function readMove(value: string): { move: Move; occurrenceId: string } | undefined {
  const [typed, occurrenceId = ''] = value.split(':');
  const move = moves.find(([one]) => one === typed)?.[0];
  return move === undefined || !uuid.safeParse(occurrenceId).success ? undefined : { move, occurrenceId };
}
