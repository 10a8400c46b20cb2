import type { Reflection, Verification } from '#domain/practice/rating.ts';
import { fitted } from '../text.ts';

export const ids = {
  /** Button or menu: give an item to the rep in its value. */
  assign: 'practice.assign',
  assignModal: 'practice.assign_modal',
  /** Button: look back on the time in its value. */
  reflect: 'practice.reflect',
  reflectMore: 'practice.reflect_more',
  reflectModal: 'practice.reflect_modal',
  /** Button: say what could be seen of the look back in its value. */
  verify: 'practice.verify',
  notWatched: 'practice.not_watched',
  verifyModal: 'practice.verify_modal',
  /** Button or menu: what the rep in its value practises. */
  show: 'practice.show',
  list: 'practice.list',
  retire: 'practice.retire',
  withdraw: 'practice.withdraw',
  bringBack: 'practice.bring_back',
} as const;

export const fields = {
  /** Also the action of a choice, which shows the item in place. */
  item: 'practice_item',
  title: 'title',
  task: 'task',
  pillar: 'pillar',
  due: 'due',
  why: 'why',
  reflection: 'reflection',
  account: 'account',
  sentence: 'sentence',
  obstacle: 'obstacle',
  seen: 'seen',
  note: 'note',
} as const;

export const reflectionWords: Record<Reflection, string> = {
  not_yet: 'Not yet',
  partly: 'Partly',
  did_it: 'Did it',
};

/** A manager who has not watched has seen nothing, which is not the same as not having seen it. */
export type SeenChoice = Verification | 'not_watched';

export const seenWords: Record<SeenChoice, string> = {
  seen: 'Seen',
  partly: 'Partly',
  not_seen: 'Not seen',
  not_watched: "Haven't watched",
};

/** What a manager's answer means, said of them: "Dana saw it". */
export function saidOf(name: string, verification: Verification | null): string {
  switch (verification) {
    case 'seen':
      return `${name} saw it`;
    case 'partly':
      return `${name} saw part of it`;
    case 'not_seen':
      return `${name} looked for it and did not see it`;
    case null:
      return `${name} has not watched`;
  }
}

/** What is filled in again. Slack may have counted an emoji as one, and would refuse now what it took then. */
export const within = (text: string | null | undefined, most: number): string | undefined =>
  text == null ? undefined : fitted(text, most);
