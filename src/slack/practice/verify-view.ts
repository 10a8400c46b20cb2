import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { type Verification, verifications } from '#domain/practice/rating.ts';
import type { PracticeToVerify } from '#services/verify-practice.ts';
import { radio, textInput, whoSees } from '../form.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { fields, ids, reflectionWords, type SeenChoice, seenWords, within } from './view.ts';

export const mostNote = 500;

export const Carried = z.object({ reviewId: z.string(), repName: z.string(), listId: z.string().optional() });

const choices: readonly SeenChoice[] = [...verifications.toReversed(), 'not_watched'];

/** Not having watched is the answer of its own that leaves the rep's word alone. */
export const verificationOf = (chosen: string | undefined): Verification | null | undefined =>
  chosen === 'not_watched' ? null : verifications.find((one) => one === chosen);

export function verifyModal({ review, repName, words }: PracticeToVerify, listId?: string): ModalView {
  const first = firstNameOf(repName);
  const { verified } = review;
  return {
    type: 'modal',
    callback_id: ids.verifyModal,
    title: plain(`What ${firstNameOf(repName, 10)} tried`),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({
      reviewId: review.id,
      repName: fitted(inOneLine(repName), 80),
      ...(listId === undefined ? {} : { listId }),
    }),
    blocks: [
      {
        ...richText(
          { bold: fitted(inOneLine(words.title), 75) },
          `\n${fitted(inOneLine(words.task), 500)}\n`,
          ...reflectionText({ review, first }),
        ),
        block_id: 'item',
      },
      radio({
        id: fields.seen,
        label: 'Could you see it?',
        choices: choices.map((one) => [one, seenWords[one]] as const),
        initial: verified === null ? undefined : (verified.verification ?? 'not_watched'),
      }),
      textInput({
        id: fields.note,
        label: `A line to ${firstNameOf(repName, 60)}`,
        optional: true,
        most: mostNote,
        multiline: true,
        initial: within(verified?.noteToRep, mostNote),
      }),
      whoSees(
        `${first} sees your answer and the line. Your own manager and enablement can see them too; other reps cannot.`,
      ),
    ],
  };
}

/** What the rep says of it, as the manager reads it. */
export function reflectionText({
  review: { reflection, account, sentence, obstacle },
  first,
}: {
  review: PracticeToVerify['review'];
  first: string;
}): Part[] {
  const where = account === null ? '' : ` (${fitted(inOneLine(account), 80)})`;
  const why = obstacle === null ? '' : `\nIn the way: ${fitted(inOneLine(obstacle), 200)}`;
  const words = fitted(inOneLine(sentence), 300);
  return [{ bold: `${first}: ` }, `${reflectionWords[reflection].toLowerCase()}${where}. ${words}${why}`];
}
