import { evidences, outcomes } from '#domain/one-on-one.ts';
import type { Choice } from '../form.ts';

export const fields = {
  outcome: 'outcome',
  evidence: 'evidence',
  about: 'about',
  takeaway: 'takeaway',
  keep: 'keep',
  by: 'by',
  gap: 'gap',
  account: 'account',
  focus: 'focus',
  ownFocus: 'own_focus',
  minutes: 'minutes',
  blockers: 'blockers',
  note: 'note',
  heldOn: 'held_on',
  nextOn: 'next_on',
} as const;

export const outcomeChoices: readonly Choice[] = [
  [outcomes[0], 'Did it unasked'],
  [outcomes[1], 'When reminded'],
  [outcomes[2], 'Not this time'],
  [outcomes[3], 'No chance yet'],
];

export const evidenceChoices = (first: string): readonly Choice[] => [
  [evidences[0], 'Saw it'],
  [evidences[1], 'Heard it'],
  [evidences[2], `${first} told me`],
];
