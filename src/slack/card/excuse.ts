import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { type Excuse, excuses } from '#domain/excuse.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import type { OpenView } from '../feature.ts';
import { filledIn, radio, textInput, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';
import { excuseWords } from './excused.ts';
import { ids } from './view.ts';

export const fields = { why: 'why', words: 'words' } as const;

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

export interface ToExcuse {
  id: string;
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  aboutName: string;
}

export function excuseModal(one: ToExcuse): ModalView {
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

export type ReadExcuse =
  | { ok: true; occurrenceId: string; excuse: Excuse; words: string | undefined }
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
  return { ok: true, occurrenceId, excuse, words };
}
