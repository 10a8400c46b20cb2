import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { reflections } from '#domain/practice/rating.ts';
import type { PracticeToReflectOn } from '#services/reflect-practice.ts';
import type { Reflected } from '#storage/practice-reviews.ts';
import { moreButton, radio, textInput, whoSees } from '../form.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { fields, ids, reflectionWords, within } from './view.ts';

export const most = { account: 100, sentence: 500, obstacle: 500 } as const;

export const Carried = z.object({
  occurrenceId: z.string(),
  title: z.string(),
  situation: z.string().optional(),
  task: z.string(),
  question: z.string().optional(),
  why: z.string().optional(),
  /** Who is asked next; nobody for a rep without a manager. */
  manager: z.string().optional(),
  more: z.boolean(),
  listId: z.string().optional(),
});
export type Carried = z.infer<typeof Carried>;

export function carriedOf(opened: PracticeToReflectOn, listId?: string): Carried {
  const { occurrenceId, words, why, managerName, written } = opened;
  return {
    occurrenceId,
    title: fitted(inOneLine(words.title), 75),
    ...(words.situation === null ? {} : { situation: fitted(inOneLine(words.situation), 150) }),
    task: fitted(inOneLine(words.task), 400),
    ...(words.question === null ? {} : { question: fitted(inOneLine(words.question), 150) }),
    ...(why === null ? {} : { why: fitted(inOneLine(why), 200) }),
    ...(managerName === undefined ? {} : { manager: firstNameOf(managerName) }),
    more: written !== undefined && written.obstacle !== null,
    ...(listId === undefined ? {} : { listId }),
  };
}

/** What stands in the fields: written before, or typed a moment ago. */
export type InFields = { [K in keyof Reflected]?: Reflected[K] | undefined };

export function reflectModal(carried: Carried, written: InFields = {}): ModalView {
  const { manager } = carried;
  return {
    type: 'modal',
    callback_id: ids.reflectModal,
    title: plain('Look back'),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      { ...richText(...itemText(carried)), block_id: 'item' },
      radio({
        id: fields.reflection,
        label: 'How did it go?',
        choices: reflections.map((one) => [one, reflectionWords[one]] as const),
        initial: written.reflection,
      }),
      textInput({
        id: fields.account,
        label: 'On which account?',
        optional: true,
        most: most.account,
        initial: within(written.account, most.account),
      }),
      textInput({
        id: fields.sentence,
        label: carried.question ?? 'What happened?',
        hint: 'One sentence is enough.',
        most: most.sentence,
        multiline: true,
        initial: within(written.sentence, most.sentence),
      }),
      ...more(carried, written),
      whoSees(
        manager === undefined
          ? 'Enablement can see this; other reps cannot.'
          : `${manager} reads this and is asked what could be seen. ${manager}'s manager and enablement can see it too; other reps cannot.`,
      ),
    ],
  };
}

function itemText({ title, situation, task, why }: Carried): Part[] {
  const when = situation === undefined ? '' : `${situation} `;
  return [{ bold: title }, `\n${when}${task}`, ...(why === undefined ? [] : [{ bold: '\nWhy: ' }, why])];
}

function more({ more: shown }: Carried, { obstacle }: InFields): KnownBlock[] {
  if (!shown) return [moreButton(ids.reflectMore)];
  return [
    textInput({
      id: fields.obstacle,
      label: 'What got in the way?',
      optional: true,
      most: most.obstacle,
      multiline: true,
      initial: within(obstacle, most.obstacle),
    }),
  ];
}
