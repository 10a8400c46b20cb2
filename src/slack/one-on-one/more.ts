import type { KnownBlock } from '@slack/web-api';
import { gaps } from '#domain/one-on-one.ts';
import { pillars } from '#domain/pillar.ts';
import type { SavedContent } from '#services/change-one-on-one.ts';
import { datePicker, radio, select, textInput } from '../form.ts';
import type { Carried } from './carried.ts';
import { fields } from './fields.ts';

/** Behind "More": what does not fit between two meetings. */
export function moreFields(carried: Carried, first: string, saved: SavedContent | undefined): KnownBlock[] {
  const { commitment, today, pillarNames } = carried;
  const focus = pillars.find((one) => pillarNames[one] === saved?.focus);
  return [
    ...(commitment === undefined
      ? []
      : [
          textInput({
            id: fields.account,
            label: 'On which account?',
            hint: `Where ${first} tried last time's. Two accounts or more show that it is becoming a habit.`,
            optional: true,
            most: 120,
            initial: saved?.last?.account,
          }),
        ]),
    radio({
      id: fields.gap,
      label: 'What is missing?',
      optional: true,
      choices: [
        [gaps[0], 'Skill', 'Does not know how yet: coaching and practice help'],
        [gaps[1], 'Will', 'Knows how and does not do it: find out why; practice will not help'],
        [gaps[2], 'Environment', 'Wants to, and something is in the way: that is yours to clear'],
      ],
      initial: saved?.gap,
    }),
    select({
      id: fields.focus,
      label: 'Focus area',
      optional: true,
      placeholder: 'Choose one',
      choices: pillars.map((pillar) => [pillar, pillarNames[pillar]] as const),
      initial: focus,
    }),
    textInput({
      id: fields.ownFocus,
      label: 'Or a focus area in your words',
      optional: true,
      most: 60,
      initial: focus === undefined ? saved?.focus : undefined,
    }),
    textInput({
      id: fields.minutes,
      label: 'Minutes',
      hint: 'Roughly how long you talked.',
      optional: true,
      most: 4,
      initial: saved?.minutes === undefined ? undefined : String(saved.minutes),
    }),
    textInput({
      id: fields.blockers,
      label: 'Blockers',
      hint: 'What stands in the way, and who clears it.',
      optional: true,
      multiline: true,
      most: 1000,
      initial: saved?.blockers,
    }),
    textInput({
      id: fields.note,
      label: 'Private note',
      hint: `Only you see it; ${first} and your own manager do not. A formal request for ${first}'s data includes it.`,
      optional: true,
      multiline: true,
      most: 3000,
      initial: saved?.privateNote,
    }),
    datePicker({ id: fields.heldOn, label: 'When it was', initial: saved?.heldOn ?? today }),
    datePicker({
      id: fields.nextOn,
      label: 'Next 1:1 on',
      hint: 'If one is planned in that week, it moves to this day; otherwise the date is only kept.',
      optional: true,
      initial: saved?.nextOn,
    }),
  ];
}
