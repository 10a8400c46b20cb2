import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { baselineItems, otherHabitsIn } from '#domain/baseline.ts';
import { pillars } from '#domain/pillar.ts';
import type { BaselineOpened } from '#services/baseline.ts';
import { type Choice, select, whoSees } from '../form.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine, nameOf } from '../text.ts';
import { differenceLines, habits, scoreLines } from './words.ts';

export const ids = {
  /** Button: the questions before a training, the enrolment in its value. */
  answer: 'baseline.answer',
  modal: 'baseline.modal',
  /** What came out, with the next rep behind its button. */
  result: 'baseline.result',
} as const;

export const Carried = z.object({ enrolmentId: z.string() });

/** Each rep has fields of their own: what is chosen for one never shows with the next. */
export const fieldOf = (enrolmentId: string, item: number): string => `${enrolmentId}.${item}`;

const title = 'Before the training';

export function baselineModal(opened: BaselineOpened): ModalView {
  const { enrolmentId, side, own } = opened;
  const who = side === 'rep' ? 'me' : firstNameOf(opened.repName, 30);
  const choices: Choice[] = [
    ['1', `1: not like ${who}`],
    ['2', '2'],
    ['3', '3'],
    ['4', '4'],
    ['5', `5: just like ${who}`],
  ];
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(title),
    submit: plain('Save and compare'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ enrolmentId } satisfies z.infer<typeof Carried>),
    blocks: [
      richText(...intro(opened)),
      ...baselineItems.map((item, index) =>
        select({
          id: fieldOf(enrolmentId, index),
          label: `${index + 1}. ${item[side]}`,
          choices,
          initial: own?.[index] === undefined ? undefined : String(own[index]),
          placeholder: 'Choose',
        }),
      ),
      whoSees(sees(opened)),
    ],
  };
}

/** Whom it is about comes first for a manager, who goes from one rep to the next. */
function intro({ side, programme, repName }: BaselineOpened): Part[] {
  const called = fitted(inOneLine(programme.name), 80);
  const who = side === 'rep' ? 'you' : firstNameOf(repName, 60);
  return [
    ...(side === 'rep' ? [{ bold: called }] : [{ bold: nameOf(repName, 80) }, `, before ${called}`]),
    `\nTen sentences. How much is each like ${who}, these days? 1 is not at all, 5 is just like ${side === 'rep' ? 'you' : 'them'}.`,
  ];
}

function sees({ side, repName, managerName, pillarNames }: BaselineOpened): string {
  const other = side === 'rep' ? firstNameOf(managerName ?? 'your manager') : firstNameOf(repName);
  const three = pillars.map((pillar) => inOneLine(pillarNames[pillar])).join(', ');
  const both = `Three figures come of it: ${three}. ${other} sees yours once both of you have answered, and you see theirs then.`;
  return side === 'rep'
    ? `${both} Enablement can see them. What else comes naturally is shown to you alone.`
    : `${both} Your own manager and enablement can see them.`;
}

/** Shown back at once: where one stands, and how the other sees it if they have answered. */
export function resultModal(opened: BaselineOpened): ModalView {
  const { side, own, next, enrolmentId } = opened;
  const [following] = next;
  return {
    type: 'modal',
    callback_id: ids.result,
    title: plain(title),
    close: plain(following === undefined ? 'Close' : 'Not now'),
    ...(following === undefined
      ? {}
      : {
          submit: plain(`Next: ${firstNameOf(following.repName, 16)}`),
        }),
    private_metadata: JSON.stringify({ enrolmentId: following?.enrolmentId ?? enrolmentId }),
    blocks: [
      ...(own === undefined ? [] : [richText(...resultParts(opened, own))]),
      ...(next.length > 1 ? [richText(`${next.length} reps are still to come.`)] : []),
      whoSees(
        side === 'rep'
          ? 'Saved. Enablement can see the figures. Only you see what else comes naturally.'
          : `Saved. ${firstNameOf(opened.repName)} sees the figures once both of you have answered; your own manager and enablement can see them.`,
      ),
    ],
  };
}

function resultParts(opened: BaselineOpened, own: number[]): Part[] {
  const { side, other, pillarNames, repName, managerName } = opened;
  const called =
    side === 'rep'
      ? { rep: 'you', manager: firstNameOf(managerName ?? 'your manager') }
      : { rep: firstNameOf(repName), manager: 'you' };
  const waiting = `${side === 'rep' ? called.manager : called.rep} has not answered yet. Once both are in, Home shows them together.`;
  const both = side === 'rep' ? { rep: own, manager: other } : { rep: other, manager: own };
  const compared =
    both.rep === undefined || both.manager === undefined
      ? [waiting]
      : differenceLines({ rep: both.rep, manager: both.manager }, pillarNames, called);
  const natural = side === 'rep' ? otherHabitsIn(own) : [];
  return [
    { bold: side === 'rep' ? 'Where you begin' : `Where ${called.rep} begins, as you see it` },
    ...scoreLines(own, pillarNames).map((line) => `\n${line}`),
    { bold: '\n\nSide by side' },
    ...compared.map((line) => `\n${line}`),
    ...(natural.length === 0
      ? []
      : [
          { bold: '\n\nAlso comes naturally' },
          `\n${sentence(natural.map((one) => habits[one]).join(', '))}`,
        ]),
  ];
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
