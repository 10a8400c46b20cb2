import type { KnownBlock, ModalView } from '@slack/web-api';
import { conversationAbout } from '#domain/one-on-one.ts';
import type { SavedContent } from '#services/change-one-on-one.ts';
import { datePicker, moreButton, radio, textInput, ticks, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';
import type { Carried } from './carried.ts';
import { evidenceChoices, fields, outcomeChoices } from './fields.ts';
import { moreFields } from './more.ts';

export const ids = {
  /** Button or menu: log the 1:1 with the rep in its value. */
  log: 'one_on_one.log',
  /** The same, although one was logged today. */
  another: 'one_on_one.another',
  /** Button or menu: change the log in its value. */
  change: 'one_on_one.change',
  withdraw: 'one_on_one.withdraw',
  history: 'one_on_one.history',
  more: 'one_on_one.more',
  modal: 'one_on_one.modal',
} as const;

/** `saved` is what the log says that is changed; what was typed since stays, as in every modal. */
export function oneOnOneModal(carried: Carried, saved?: SavedContent): ModalView {
  const first = firstNameOf(carried.repName);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(`1:1 with ${firstNameOf(carried.repName, 15)}`),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      ...answered(carried, first),
      ...lastTime(carried, first, saved),
      radio({
        id: fields.about,
        label: 'Mostly about',
        choices: [
          [conversationAbout[0], 'A skill', 'How something is done'],
          [conversationAbout[1], 'A stuck deal', 'An obstacle nobody has the answer to yet'],
        ],
        initial: saved?.about,
      }),
      textInput({
        id: fields.takeaway,
        label: 'One thing to try',
        hint: 'When … happens, do … instead of …',
        // Keeping last time's is an answer too, so the field alone cannot be required then.
        optional: carried.commitment !== undefined,
        multiline: true,
        most: 600,
        initial: saved?.keep === false ? saved.takeaway : undefined,
      }),
      ...doubt(carried, first),
      ...keepLast(carried, saved),
      datePicker({ id: fields.by, label: 'By', initial: carried.by }),
      ...(carried.more ? moreFields(carried, first, saved) : [moreButton(ids.more)]),
      ...changing(carried, first),
      whoSees(seenBy(first)),
    ],
  };
}

const seenBy = (first: string): string =>
  `${first} can see the one thing, its date and how last time went. Your own manager sees a summary, ` +
  'enablement only counts. A private note stays with you.';

/** Asked before told: what the rep thinks comes first. */
function answered({ preparation }: Carried, first: string): KnownBlock[] {
  if (preparation === undefined) return [];
  return [{ ...richText({ bold: `${first} would like to replay: ` }, preparation), block_id: 'answer' }];
}

function lastTime(
  { commitment, habit }: Carried,
  first: string,
  saved: SavedContent | undefined,
): KnownBlock[] {
  if (commitment === undefined) return [];
  const already: KnownBlock[] =
    habit === undefined
      ? []
      : [
          {
            ...richText(
              { emoji: 'seedling' },
              ` ${first} has done this unasked ${habit.times} times, on ${habit.accounts} accounts: ` +
                'it has become a habit. Which technique comes next?',
            ),
            block_id: 'habit',
          },
        ];
  return [
    { ...richText({ bold: 'Last time: ' }, commitment.text), block_id: `last_${commitment.id}` },
    ...already,
    radio({
      id: fields.outcome,
      label: 'What happened?',
      choices: outcomeChoices,
      optional: true,
      initial: saved?.last?.outcome,
    }),
    radio({
      id: fields.evidence,
      label: 'How do you know?',
      choices: evidenceChoices(first),
      optional: true,
      initial: saved?.last?.evidence,
    }),
  ];
}

/** Shown once, after a first try that names no moment; saving again keeps the words as they are. */
function doubt({ doubted }: Carried, first: string): KnownBlock[] {
  if (doubted === undefined) return [];
  return [
    {
      ...richText(
        { emoji: 'bulb' },
        ` Not saved yet. Could ${first} tell afterwards whether it happened? For example: `,
        { bold: 'When the buyer asks for the price first, ask what it would be compared with.' },
        '\nChange the text, or press Save again to keep it as it is.',
      ),
      block_id: 'doubt',
    },
  ];
}

function keepLast({ commitment }: Carried, saved: SavedContent | undefined): KnownBlock[] {
  if (commitment === undefined) return [];
  return [
    ticks({
      id: fields.keep,
      label: 'Or stay with it',
      optional: true,
      choices: [['keep', "Keep last time's"]],
      initial: saved?.keep === true ? ['keep'] : [],
    }),
  ];
}

/** What else can be done with a log that is there already. */
function changing({ logId }: Carried, first: string): KnownBlock[] {
  if (logId === undefined) return [];
  return [
    {
      type: 'actions',
      block_id: 'changing',
      elements: [
        { type: 'button', action_id: ids.history, text: plain('History'), value: logId },
        {
          type: 'button',
          action_id: ids.withdraw,
          text: plain('Withdraw'),
          value: logId,
          style: 'danger',
          accessibility_label: 'Withdraw this log',
          confirm: {
            title: plain('Withdraw this log?'),
            text: plain(
              `The one thing you agreed on is withdrawn too, and ${first} no longer sees it. The 1:1 counts ` +
                'neither way until you log it again. The history keeps what you wrote.',
            ),
            confirm: plain('Withdraw'),
            deny: plain('Keep it'),
            style: 'danger',
          },
        },
      ],
    },
  ];
}
