import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { type DebriefToAnswer, longestAnswer } from '#services/answer-debrief.ts';
import type { ReviewToWrite } from '#services/review-own-call.ts';
import { dayInWords } from '../dates.ts';
import { textInput, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';
import { ids } from './view.ts';
import { accountOf } from './words.ts';

export const reviewFields = { worked: 'worked', moment: 'moment' } as const;
export const ReviewCarried = z.object({ planId: z.string() });

/** The rep's own view of a call, before anybody else's. */
export function reviewForm({ plan, watcherName }: ReviewToWrite): ModalView {
  const manager = firstNameOf(watcherName);
  return {
    type: 'modal',
    callback_id: ids.reviewModal,
    title: plain('How did it go?'),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ planId: plan.id }),
    blocks: [
      {
        ...richText({ bold: accountOf(plan.account, 150) }, `, ${dayInWords(plan.callOn)}`),
        block_id: 'call',
      },
      textInput({
        id: reviewFields.worked,
        label: 'One thing that worked',
        most: 2000,
        multiline: true,
        initial: plan.review?.worked,
      }),
      textInput({
        id: reviewFields.moment,
        label: 'One moment to replay',
        hint: 'What happened, and what would you try instead?',
        most: 2000,
        multiline: true,
        initial: plan.review?.moment,
      }),
      whoSees(`${manager} reads this before writing their own view. Nobody else does.`),
    ],
  };
}

export const answerField = 'answer';
export const AnswerCarried = z.object({ debriefId: z.string() });

/** What the rep says to what the manager shared. */
export function answerForm({
  debriefId,
  observerName,
  readerName,
  account,
  answer,
}: DebriefToAnswer): ModalView {
  return {
    type: 'modal',
    callback_id: ids.answerModal,
    title: plain(`Answer ${firstNameOf(observerName, 16)}`),
    submit: plain('Send'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ debriefId }),
    blocks: [
      textInput({
        id: answerField,
        label: 'What do you make of it?',
        hint: `About the call with ${accountOf(account, 100)}.`,
        most: longestAnswer,
        multiline: true,
        initial: answer ?? undefined,
      }),
      whoSees(
        readerName === undefined
          ? 'Nobody is your manager in Sideline at the moment, so nobody is told. It is kept with what was shared.'
          : `${firstNameOf(readerName)} reads this on their next card. Nobody else does.`,
      ),
    ],
  };
}
