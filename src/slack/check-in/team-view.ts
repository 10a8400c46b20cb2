import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { Pillar } from '#domain/pillar.ts';
import type { TeamRow, TeamToAnswer } from '#services/open-check-in.ts';
import { type Choice, menu, moreButton, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine, nameOf } from '../text.ts';
import { example, fieldOf, ids, rowField } from './view.ts';
import { answerInWords, answersInWords, choicesOf, programmeInLine } from './words.ts';

export const TeamCarried = z.object({
  programmeId: z.string(),
  day: z.int(),
  all: z.boolean(),
  /** How many reps of the list stood on earlier pages. */
  from: z.int().min(0),
  more: z.boolean(),
});
export type TeamCarried = z.infer<typeof TeamCarried>;

/** Slack takes 100 blocks: heading, footer and the button for more apart, a rep takes two, and one for an example. */
export const repsOnPage = 32;

/** One row a rep: the name, and below it a menu for each pillar. */
export function teamModal(team: TeamToAnswer, carried: TeamCarried): ModalView {
  const { rows, day, programmeName } = team;
  const { from, more, all } = carried;
  const page = rows.slice(from, from + repsOnPage);
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
      ...page.flatMap((row) => repBlocks(row, team.pillarNames, more || row.facts.manager?.example != null)),
      ...(more ? [] : [moreButton(ids.teamMore)]),
      whoSees(
        'Each rep sees your answer about them once both of you have answered' +
          `${all ? '' : ', and you see theirs then'}. Your own manager and enablement can see it; peers see nothing.`,
      ),
    ],
  };
}

type Names = TeamToAnswer['pillarNames'];

function repBlocks({ facts, initial }: TeamRow, names: Names, more: boolean): KnownBlock[] {
  const { occurrenceId, repName, pillars, rep, manager } = facts;
  const name = nameOf(repName);
  const theirs =
    rep === null || manager === null
      ? ''
      : `\n${firstNameOf(repName)}: ${answersInWords('rep', rep.answers, pillars, names)}`;
  return [
    richText({ bold: name }, theirs),
    {
      type: 'actions',
      block_id: fieldOf(occurrenceId, rowField),
      elements: pillars.map((pillar) =>
        menu({
          id: menuOf(pillar),
          choices: choicesAbout(inOneLine(names[pillar])),
          initial: initial[pillar],
          placeholder: `${name}: ${inOneLine(names[pillar])}`,
        }),
      ),
    },
    ...(more ? [example(occurrenceId, `${name}: an example`, manager?.example ?? undefined)] : []),
  ];
}

export const menuOf = (pillar: Pillar): string => `${ids.row}:${pillar}`;

/** What is to be read of an option in a menu that stands in a row with others. */
const mostOption = 23;

/** "Teach: unasked". Where both do not fit, the pillar is shortened: its place in the row tells it too. */
const choicesAbout = (pillarName: string): Choice[] =>
  choicesOf.manager.map(([answer]) => {
    const words = answerInWords('manager', answer);
    return [answer, `${shortened(pillarName, mostOption - words.length - 2)}: ${words}`];
  });

/** The words that fit as a whole, else the beginning of the first. */
function shortened(name: string, most: number): string {
  const short = fitted(name, most);
  const space = short.lastIndexOf(' ');
  return short === name || space < 1 ? short : `${short.slice(0, space)}…`;
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
