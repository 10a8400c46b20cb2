import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { Pillar } from '#domain/pillar.ts';
import type { CheckInToAnswer } from '#services/open-check-in.ts';
import { moreButton, radio, textInput, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, inOneLine } from '../text.ts';
import { answerInWords, choicesOf, programmeInLine } from './words.ts';

export const ids = {
  /** Button: a rep's own check-in, the occurrence in its value. */
  answer: 'check_in.answer',
  more: 'check_in.more',
  modal: 'check_in.modal',
  /** Button: those of a manager's reps that are open; programme and day in its value. */
  team: 'check_in.team',
  /** The same, with those that are answered. */
  teamAll: 'check_in.team_all',
  teamMore: 'check_in.team_more',
  /** Menus about one rep; they are read when the modal is saved. */
  row: 'check_in.row',
  teamModal: 'check_in.team_modal',
} as const;

export const teamValue = (programmeId: string, day: number): string => `${programmeId} ${day}`;

export function teamIn(value: string): { programmeId: string; day: number } {
  const [programmeId = '', day = ''] = value.split(' ');
  return { programmeId, day: Number(day) };
}

export const exampleField = 'example';
export const rowField = 'row';

/** Named for the check-in they are of, so that what is entered for one never shows with another. */
export const fieldOf = (occurrenceId: string, part: Pillar | typeof exampleField | typeof rowField): string =>
  `${occurrenceId}.${part}`;

export const Carried = z.object({ occurrenceId: z.string() });

const mostExample = 600;

export function checkInModal({ facts, pillarNames }: CheckInToAnswer, more: boolean): ModalView {
  const { occurrenceId, day, pillars, programmeName, rep, manager, managerName } = facts;
  const other = firstNameOf(managerName ?? 'your manager');
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(`Day ${day}: a quick look`),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ occurrenceId } satisfies z.infer<typeof Carried>),
    blocks: [
      richText({ bold: programmeInLine(programmeName, 80) }, '\nOn recent calls, did you …?'),
      ...pillars.map((pillar) =>
        radio({
          id: fieldOf(occurrenceId, pillar),
          label: inOneLine(pillarNames[pillar]),
          choices: choicesOf.rep,
          initial: rep?.answers[pillar],
          hint:
            rep === null || manager === null
              ? undefined
              : `${other}: ${answerInWords('manager', manager.answers[pillar])}`,
        }),
      ),
      ...(more || rep?.example != null
        ? [example(occurrenceId, 'An example', rep?.example ?? undefined)]
        : [moreButton(ids.more)]),
      whoSees(
        `${other} sees this once their own answer is in, and you see theirs then. ` +
          "Your manager's manager and enablement can see it; nobody else.",
      ),
    ],
  };
}

export function example(occurrenceId: string, label: string, initial: string | undefined): KnownBlock {
  return textInput({
    id: fieldOf(occurrenceId, exampleField),
    label,
    hint: 'One call, and what was said.',
    optional: true,
    multiline: true,
    most: mostExample,
    initial,
  });
}
