import type { KnownBlock } from '@slack/web-api';
import { callTypes, learnings, questionTypes } from '#domain/observed-call.ts';
import { practiceItems } from '#domain/practice/items.ts';
import type { Debrief } from '#storage/debriefs.ts';
import { datePicker, select, textInput, ticks } from '../form.ts';
import { firstNameOf, fitted } from '../text.ts';
import type { Carried } from './carried.ts';
import { callTypeWords, learningWords, questionWords } from './words.ts';

export const moreIds = {
  heldOn: 'held_on',
  secondStrength: 'second_strength',
  focusArea: 'focus_area',
  callType: 'call_type',
  buyers: 'buyers',
  minutes: 'minutes',
  link: 'link',
  learnings: 'learnings',
  questions: (type: string) => `questions_${type}`,
  buyerTalk: 'buyer_talk',
  pitchMinute: 'pitch_minute',
  practice: 'practice',
  followUp: 'follow_up',
  note: 'note',
} as const;

const shown = (value: number | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

/** What is behind "More": everything in it may stay empty. */
export function moreFields(carried: Carried, before: Debrief | undefined): KnownBlock[] {
  const first = firstNameOf(carried.repName);
  const text = (id: string, label: string, most: number, initial?: string | null, hint?: string) =>
    textInput({ id, label, most, optional: true, initial: initial ?? undefined, hint });
  return [
    datePicker({ id: moreIds.heldOn, label: 'When the call was', initial: carried.heldOn }),
    textInput({
      id: moreIds.secondStrength,
      label: 'A second thing that worked, and why',
      most: 2000,
      multiline: true,
      optional: true,
      initial: before?.secondStrength ?? undefined,
    }),
    text(moreIds.focusArea, 'The skill the moment is about', 80, before?.focusArea),
    select({
      id: moreIds.callType,
      label: 'Kind of call',
      choices: callTypes.map((one) => [one, callTypeWords[one]]),
      optional: true,
      initial: before?.callType ?? undefined,
    }),
    text(moreIds.buyers, 'Buyers and their roles', 300, before?.buyers),
    text(moreIds.minutes, 'Minutes', 5, shown(before?.minutes)),
    text(moreIds.link, 'Link to the recording', 1000, before?.link, 'Begins with https://'),
    ticks({
      id: moreIds.learnings,
      label: 'What the call brought to light',
      choices: learnings.map((one) => [one, learningWords[one]]),
      optional: true,
      initial: before?.learnings,
    }),
    ...questionTypes.map((type) =>
      text(moreIds.questions(type), questionWords[type], 4, shown(before?.questions?.[type])),
    ),
    text(
      moreIds.buyerTalk,
      'How much the buyer talked, in percent',
      5,
      shown(before?.buyerTalk),
      '60 or more is the aim.',
    ),
    text(
      moreIds.pitchMinute,
      'The pitch began in minute',
      5,
      shown(before?.pitchMinute),
      'Before minute 15 is early.',
    ),
    select({
      id: moreIds.practice,
      label: 'Something to practise',
      choices: practiceItems.slice(0, 100).map((item) => [item.id, fitted(item.title, 75)]),
      optional: true,
      placeholder: 'Choose one',
      initial: before?.practiceItemId ?? undefined,
    }),
    datePicker({
      id: moreIds.followUp,
      label: 'Look at it again on',
      optional: true,
      initial: before?.followUpOn ?? undefined,
    }),
    textInput({
      id: moreIds.note,
      label: 'Private note',
      hint: `Only you see it; ${first} and your own manager do not. A formal request for ${first}'s data includes it.`,
      most: 3000,
      multiline: true,
      optional: true,
      initial: before?.privateNote ?? undefined,
    }),
  ];
}
