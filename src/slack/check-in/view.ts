import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { Pillar } from '#domain/pillar.ts';
import type { CheckInToAnswer, TeamRow, TeamToAnswer } from '#services/open-check-in.ts';
import { moreButton, radio, select, textInput, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, inOneLine, nameOf } from '../text.ts';
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
  teamModal: 'check_in.team_modal',
} as const;

export const teamValue = (programmeId: string, day: number): string => `${programmeId} ${day}`;

export function teamIn(value: string): { programmeId: string; day: number } {
  const [programmeId = '', day = ''] = value.split(' ');
  return { programmeId, day: Number(day) };
}

export const exampleField = 'example';

/** One field for each rep and pillar, so that what is chosen for one never shows with another. */
export const fieldOf = (occurrenceId: string, part: Pillar | typeof exampleField): string =>
  `${occurrenceId}.${part}`;

export const Carried = z.object({ occurrenceId: z.string() });

export const TeamCarried = z.object({
  programmeId: z.string(),
  day: z.int(),
  all: z.boolean(),
  /** How many reps of the list stood on earlier pages. */
  from: z.int().min(0),
  more: z.boolean(),
});
export type TeamCarried = z.infer<typeof TeamCarried>;

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

function example(occurrenceId: string, label: string, initial: string | undefined): KnownBlock {
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

/** Slack takes 100 blocks: heading, footer and the button for more apart, a rep takes one for each pillar and one. */
export const repsOnPage = (pillars: number): number => Math.floor(94 / (pillars + 1));

export function teamModal(team: TeamToAnswer, carried: TeamCarried): ModalView {
  const { rows, day, programmeName } = team;
  const { from, more, all } = carried;
  const page = rows.slice(from, from + repsOnPage(rows[0]?.facts.pillars.length ?? 1));
  const rest = rows.length - from - page.length;
  const isFirst = from === 0 && rest === 0;
  const shown = isFirst ? '' : `, ${page.length} now${rest > 0 ? `, ${rest} after these` : ''}`;
  return {
    type: 'modal',
    callback_id: ids.teamModal,
    title: plain(`Day ${day}: a quick look`),
    submit: plain(rest > 0 ? 'Save and go on' : 'Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      richText(
        { bold: programmeInLine(programmeName, 80) },
        `: ${rows.length === 1 ? '1 rep' : `${rows.length} reps`}${shown}\n`,
        'What did you see on their recent calls? Filled in from your debriefs where there are some.',
      ),
      ...page.flatMap((row) => repFields(row, team.pillarNames, more || row.facts.manager?.example != null)),
      ...(more ? [] : [moreButton(ids.teamMore)]),
      whoSees(
        'Each rep sees your answer about them once both of you have answered' +
          `${all ? '' : ', and you see theirs then'}. Your own manager and enablement can see it; peers see nothing.`,
      ),
    ],
  };
}

function repFields(
  { facts, initial }: TeamRow,
  names: TeamToAnswer['pillarNames'],
  more: boolean,
): KnownBlock[] {
  const { occurrenceId, repName, pillars, rep, manager } = facts;
  const first = firstNameOf(repName);
  return [
    ...pillars.map((pillar) =>
      select({
        id: fieldOf(occurrenceId, pillar),
        label: `${nameOf(repName)}: ${inOneLine(names[pillar])}`,
        choices: choicesOf.manager,
        initial: initial[pillar],
        hint:
          rep === null || manager === null
            ? undefined
            : `${first}: ${answerInWords('rep', rep.answers[pillar])}`,
      }),
    ),
    ...(more ? [example(occurrenceId, `${nameOf(repName)}: an example`, manager?.example ?? undefined)] : []),
  ];
}

/** Said once the others are saved. */
export function leftOutModal(names: readonly string[], saved: number): ModalView {
  const shown = names.slice(0, 20).map((name) => nameOf(name, 60));
  return {
    type: 'modal',
    title: plain('Saved, but not all'),
    close: plain('Close'),
    blocks: [
      richText(
        `${saved} saved. Not kept, because they report to somebody else now: ${shown.join(', ')}`,
        names.length > shown.length ? ` and ${names.length - shown.length} more.` : '.',
      ),
      whoSees('Their manager is asked about them. Only you see this.'),
    ],
  };
}
