import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { type Excuse, excuses, occasionOf } from '#domain/excuse.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import type { OpenView } from '../feature.ts';
import { type Choice, filledIn, radio, textInput, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';
import { ids } from './view.ts';

export const fields = { why: 'why', words: 'words' } as const;

const Carried = z.object({ occurrenceId: z.uuid() });

/** What something is called where it is excused. */
const called: Record<DutyKind, (name: string) => string> = {
  one_on_one: (name) => `the 1:1 with ${name}`,
  observed_call: (name) => `this month's observed call of ${name}`,
  check_in: () => 'this check-in',
  commitment: (name) => `looking back on what ${name} was to try`,
  practice: () => 'this practice',
  time_report: () => 'this time report',
};

export interface ToExcuse {
  id: string;
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  aboutName: string;
}

export function excuseModal({ id, kind, askedId, aboutId, aboutName }: ToExcuse): ModalView {
  const alone = askedId === aboutId;
  return {
    type: 'modal',
    callback_id: ids.excuseModal,
    title: plain('Excuse it'),
    submit: plain('Excuse'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ occurrenceId: id }),
    blocks: [
      richText(
        `What came before ${called[kind](firstNameOf(aboutName, 60))}?`,
        '\nIt will not count, in either direction, and you are not asked for it again.',
      ),
      radio({ id: fields.why, label: 'What happened', choices: choicesFor(kind, alone) }),
      textInput({
        id: fields.words,
        label: 'In your own words',
        optional: true,
        most: 200,
        placeholder: 'Only if it helps',
      }),
      whoSees('How many were excused stands beside every rate. What you choose or write here does not.'),
    ],
  };
}

function choicesFor(kind: DutyKind, alone: boolean): Choice[] {
  const words: Record<Excuse, string> = {
    customer_first: 'A customer came first',
    one_was_away: alone ? 'I was away' : 'One of us was away',
    no_occasion: occasionOf[kind],
    no_longer_needed: 'It is not needed any more',
    other: 'Something else',
  };
  return excuses.map((one) => [one, words[one]]);
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
