import type { KnownBlock } from '@slack/web-api';
import type { TimeToReport } from '#services/open-time-report.ts';
import { dayInWords } from '../dates.ts';
import { select, textInput } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { nameOf } from '../text.ts';
import type { Carried } from './carried.ts';
import { fieldId, ids, minutesId } from './view.ts';

/** How many more reps each press shows; Slack takes 100 blocks a modal, and 15 are not theirs. */
export const repsAtATime = 20;
export const mostReps = 80;

/** What is behind More: another week, minutes per rep, a note. */
export function moreBlocks(shown: TimeToReport, carried: Carried): KnownBlock[] {
  const { report, minutes } = (carried.saved === shown.week ? shown.said : undefined) ?? {};
  return [
    week(shown),
    ...shown.reps.slice(0, carried.reps).map(({ id, name }) =>
      textInput({
        id: minutesId(id, carried),
        label: `Minutes with ${nameOf(name, 60)}`,
        most: 20,
        optional: true,
        initial: minutes?.get(id)?.toString(),
      }),
    ),
    ...otherReps(shown.reps.length, carried.reps),
    textInput({
      id: fieldId('note', carried),
      label: 'Note',
      hint: 'Only you see it.',
      most: 1000,
      multiline: true,
      optional: true,
      initial: report?.note ?? undefined,
    }),
  ];
}

function week({ weeks, week: current }: TimeToReport): KnownBlock {
  const choices = weeks.map(({ week: one, reported }, index) => {
    const which = index === 0 ? 'This week' : index === 1 ? 'Last week' : 'The week';
    return [one, `${which}, from ${dayInWords(one)}${reported ? ', reported' : ''}`] as const;
  });
  const { element, ...block } = select({ id: ids.week, label: 'Which week', choices, initial: current });
  return { ...block, element, dispatch_action: true };
}

function otherReps(all: number, shown: number): KnownBlock[] {
  if (all <= shown) return [];
  if (shown >= mostReps)
    return [richText(`Minutes can be told for ${mostReps} of your ${all} reports here.`)];
  const next = Math.min(repsAtATime, all - shown, mostReps - shown);
  return [
    {
      type: 'actions',
      block_id: 'more_reps',
      elements: [
        { type: 'button', action_id: ids.moreReps, text: plain(`Show ${next} more`), value: 'more' },
      ],
    },
  ];
}
