import type { KnownBlock, ModalView } from '@slack/web-api';
import { followed, seenAnswers } from '#domain/observed-call.ts';
import { pillars } from '#domain/pillar.ts';
import type { Debrief } from '#storage/debriefs.ts';
import { dayInWords } from '../dates.ts';
import { moreButton, radio, select, textInput, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';
import type { Carried } from './carried.ts';
import { moreFields } from './more-fields.ts';
import { ids } from './view.ts';
import { followedWords, seenWords } from './words.ts';

export const fields = {
  account: 'account',
  followed: 'followed',
  worked: 'worked',
  moment: 'moment',
  seen: (pillar: string) => `seen_${pillar}`,
} as const;

/** "After Sam's call": new, or as it was written before. */
export function debriefForm(carried: Carried, before?: Debrief): ModalView {
  const first = firstNameOf(carried.repName);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(`After ${firstNameOf(carried.repName, 11)}'s call`),
    submit: plain(`Share with ${firstNameOf(carried.repName, 13)}`),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      ...ownView(carried, first),
      textInput({
        id: fields.account,
        label: 'Account',
        most: 150,
        initial: before?.account ?? carried.plan?.account,
      }),
      radio({
        id: fields.followed,
        label: 'How did you follow it?',
        choices: followed.map((one) => [one, followedWords[one]]),
        initial: before?.followed,
      }),
      textInput({
        id: fields.worked,
        label: 'What worked, and why?',
        most: 2000,
        multiline: true,
        initial: before?.worked,
      }),
      textInput({
        id: fields.moment,
        label: 'One moment to replay',
        hint: 'What happened, what to try instead',
        most: 2000,
        multiline: true,
        initial: before?.moment,
      }),
      ...pillars.map((pillar) =>
        select({
          id: fields.seen(pillar),
          label: carried.pillarNames[pillar],
          choices: seenAnswers.map((one) => [one, seenWords[one]]),
          placeholder: 'Did you see it?',
          initial: before?.seen[pillar],
        }),
      ),
      ...(carried.more ? moreFields(carried, before) : [moreButton(ids.more)]),
      ...(carried.debriefId === undefined ? [] : [withdrawButton(carried.debriefId, first)]),
      whoSees(footer(first)),
    ],
  };
}

const footer = (first: string): string =>
  `${first} gets what worked, the moment, what was seen, the practice and the follow-up, on a card. Your own manager ` +
  'sees a summary, enablement only counts. A private note stays with you.';

/** Asked before told: what the rep thinks comes first. */
function ownView({ plan }: Carried, first: string): KnownBlock[] {
  if (plan === undefined) return [];
  const lookFor =
    plan.lookFor === undefined
      ? []
      : [{ ...richText({ bold: `${first} asked you to look for: ` }, plan.lookFor), block_id: 'look_for' }];
  const review =
    plan.review === undefined
      ? richText(
          { bold: `${plan.account}, ${dayInWords(plan.callOn)}. ` },
          `${first} has not written their own view of this call yet.`,
        )
      : richText(
          { bold: `${first}'s own view` },
          { bold: '\nWorked: ' },
          plan.review.worked,
          { bold: '\nTo replay: ' },
          plan.review.moment,
        );
  return [...lookFor, { ...review, block_id: 'own_view' }];
}

function withdrawButton(debriefId: string, first: string): KnownBlock {
  return {
    type: 'actions',
    block_id: 'withdraw',
    elements: [
      {
        type: 'button',
        action_id: ids.withdraw,
        text: plain('Withdraw'),
        value: debriefId,
        style: 'danger',
        confirm: {
          title: plain('Withdraw this?'),
          text: plain(`${first} will no longer see it, and it counts as no evidence. The month stays done.`),
          confirm: plain('Withdraw'),
          deny: plain('Keep it'),
        },
      },
    ],
  };
}
