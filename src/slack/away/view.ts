import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { AbsencesShown } from '#services/view-absences.ts';
import type { AbsenceRow } from '#storage/absences.ts';
import { dayInWords } from '../dates.ts';
import { datePicker, personPicker, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { nameOf } from '../text.ts';

export const ids = {
  /** Button: change the absence in its value. */
  change: 'away.change',
  /** Button: end, or call off, the absence in its value. */
  end: 'away.end',
  modal: 'away.modal',
} as const;

export interface Fields {
  first: string;
  last: string;
  standIn: string;
}

/** Fields of their own for each absence: under the same name Slack would keep what stood there before. */
export function fieldsFor(replaces: string | undefined): Fields {
  const of = replaces === undefined ? '' : `_${replaces}`;
  return { first: `first_day${of}`, last: `last_day${of}`, standIn: `stand_in${of}` };
}

export const Carried = z.object({
  /** The absence that is being changed. */
  replaces: z.uuid().optional(),
  isManager: z.boolean(),
  /** The days for which they have been asked whether it is to be that long. */
  asked: z.string().optional(),
});
export type Carried = z.infer<typeof Carried>;

export interface AwayForm {
  carried: Carried;
  first: string | undefined;
  last: string | undefined;
  standInId: string | undefined;
  /** Said above the fields: what could not be read, or what is to be looked at again. */
  hint: string | undefined;
  known: readonly AbsenceRow[];
  today: string;
}

export function formFor(shown: AbsencesShown, absenceId?: string): AwayForm {
  const changed = shown.absences.find(({ id }) => id === absenceId);
  return {
    carried: { isManager: shown.isManager, ...(changed === undefined ? {} : { replaces: changed.id }) },
    first: changed?.firstDay,
    last: changed?.lastDay,
    standInId: changed?.standInId ?? undefined,
    hint: changed === undefined ? undefined : `This replaces ${daysInWords(changed)}.`,
    known: changed === undefined ? shown.absences : [],
    today: shown.today,
  };
}

export function awayModal({ carried, first, last, standInId, hint, known, today }: AwayForm): ModalView {
  const fields = fieldsFor(carried.replaces);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain('Away'),
    submit: plain(carried.asked === undefined ? 'Save' : 'Save all the same'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      ...known.slice(0, mostShown).flatMap((one) => knownBlocks(one, today)),
      ...(hint === undefined ? [] : [richText(hint)]),
      datePicker({ id: fields.first, label: 'First day away', initial: first }),
      datePicker({ id: fields.last, label: 'Last day away', initial: last }),
      ...(carried.isManager ? [standInInput(fields, standInId)] : []),
      whoSees(footer(carried.isManager)),
    ],
  };
}

const mostShown = 10;

const standInInput = (fields: Fields, initial: string | undefined): KnownBlock =>
  personPicker({
    id: fields.standIn,
    label: 'Who stands in for you',
    hint: 'Another manager, who is asked for your 1:1s and observed calls on these days. With nobody, they wait or are excused.',
    placeholder: 'Nobody',
    optional: true,
    initial,
  });

function footer(isManager: boolean): string {
  const all =
    'On these days you get no messages. What is asked of you waits for the first day back; what ends before is excused and does not count.';
  return isManager
    ? `${all} Whoever stands in for you sees that you are away, and what they need for your reps. Nobody is told why.`
    : `${all} Nobody is told why.`;
}

function knownBlocks(one: AbsenceRow, today: string): KnownBlock[] {
  return [
    richText(
      { bold: daysInWords(one) },
      standInWords(one),
      one.firstDay <= today ? ' You are away now.' : '',
    ),
    {
      type: 'actions',
      block_id: `known_${one.id}`,
      elements: [
        button(ids.change, 'Change', one),
        button(ids.end, one.firstDay <= today ? 'End it' : 'Call it off', one),
      ],
    },
  ];
}

const button = (actionId: string, label: string, one: AbsenceRow) => ({
  type: 'button' as const,
  action_id: `${actionId}:${one.id}`,
  text: plain(label),
  value: one.id,
  accessibility_label: `${label}: ${daysInWords(one)}`,
});

export function standInWords({ standInName }: AbsenceRow): string {
  return standInName === null ? '.' : `, ${nameOf(standInName, 60)} stands in.`;
}

export function daysInWords({ firstDay, lastDay }: { firstDay: string; lastDay: string }): string {
  return firstDay === lastDay ? dayInWords(firstDay) : `${dayInWords(firstDay)} to ${dayInWords(lastDay)}`;
}
