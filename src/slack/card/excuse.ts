import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { type Excuse, excuses } from '#domain/excuse.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { ToExcuse } from '#services/excuse.ts';
import { dayInWords } from '../dates.ts';
import type { OpenView } from '../feature.ts';
import { type Choice, filledIn, radio, textInput, ticks, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';
import { excuseWords } from './excused.ts';
import { ids } from './view.ts';

export const fields = { why: 'why', words: 'words' } as const;

/** Slack takes ten boxes to tick in one field. */
const boxes = 10;
const alsoFields = ['also_1', 'also_2', 'also_3'] as const;

const Carried = z.object({ occurrenceId: z.uuid() });

/** What something is called where it is excused, at the beginning of a line. */
const called: Record<DutyKind, (name: string) => string> = {
  one_on_one: (name) => `The 1:1 with ${name}`,
  observed_call: (name) => `This month's observed call of ${name}`,
  check_in: () => 'This check-in',
  commitment: (name) => `What ${name} was going to try`,
  practice: () => 'This practice',
  time_report: () => 'This time report',
};

/** The same, about one person among many. */
export const calledAt = (kind: DutyKind, aboutName: string): string =>
  called[kind](firstNameOf(aboutName, 40));

export function excuseModal({ one, others, zone }: ToExcuse): ModalView {
  const { id, kind, aboutName } = one;
  return {
    type: 'modal',
    callback_id: ids.excuseModal,
    title: plain('Excuse it'),
    submit: plain('Excuse'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ occurrenceId: id }),
    blocks: [
      richText(
        { bold: called[kind](firstNameOf(aboutName, 60)) },
        '\nExcused, it does not count in either direction, and you are not asked for it again.',
      ),
      ...alsoBlocks(others, zone),
      radio({
        id: fields.why,
        label: 'What got in the way?',
        choices: excuses.map((excuse) => [excuse, excuseWords(one, excuse)]),
      }),
      textInput({
        id: fields.words,
        label: 'In your own words',
        optional: true,
        most: 200,
        placeholder: 'Only if it helps',
      }),
      whoSees(
        'Only you see what you choose, on your card. What you write is kept, and shown to nobody. How many were excused stands beside every rate.',
      ),
    ],
  };
}

function alsoBlocks(others: ToExcuse['others'], zone: string): KnownBlock[] {
  return alsoFields.flatMap((id, index) => {
    const some = others.slice(index * boxes, (index + 1) * boxes);
    if (some.length === 0) return [];
    const choices = some.map(({ occurrenceId, kind, aboutName, dueAt }): Choice => {
      const { date, time } = toLocal(dueAt.getTime(), zone);
      return [occurrenceId, calledAt(kind, aboutName), `${dayInWords(date)}, ${time}`];
    });
    const label = index === 0 ? 'For the same reason, excuse also' : 'And also';
    return [ticks({ id, label, choices, optional: true })];
  });
}

export type ReadExcuse =
  | {
      ok: true;
      occurrenceId: string;
      /** Those that were ticked, and in which field. */
      also: ReadonlyMap<string, string>;
      excuse: Excuse;
      words: string | undefined;
    }
  | { ok: false; errors: Record<string, string> };

export function readExcuse(view: OpenView): ReadExcuse {
  const { occurrenceId } = Carried.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const chosen = filled.choice(fields.why);
  const excuse = excuses.find((one) => one === chosen);
  if (excuse === undefined) return { ok: false, errors: { [fields.why]: 'Choose the one that fits best.' } };
  const words = filled.text(fields.words);
  if (excuse === 'other' && words === undefined) {
    return {
      ok: false,
      errors: { [fields.words]: 'A few words say what it was; “Something else” alone does not.' },
    };
  }
  const also = new Map(alsoFields.flatMap((field) => filled.choices(field).map((id) => [id, field])));
  return { ok: true, occurrenceId, also, excuse, words };
}
