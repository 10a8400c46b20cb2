import type { KnownBlock, ModalView } from '@slack/web-api';
import { conversationAbout, evidences, outcomes } from '#domain/one-on-one.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';
import type { Carried } from './carried.ts';

export const ids = {
  /** Button or menu: log the 1:1 with the rep in its value. */
  log: 'one_on_one.log',
  more: 'one_on_one.more',
  modal: 'one_on_one.modal',
} as const;

export const fields = {
  outcome: 'outcome',
  evidence: 'evidence',
  about: 'about',
  takeaway: 'takeaway',
  keep: 'keep',
  by: 'by',
  note: 'note',
  heldOn: 'held_on',
} as const;

export function oneOnOneModal(carried: Carried): ModalView {
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
      ...lastTime(carried, first),
      radio(fields.about, 'Mostly about', [
        [conversationAbout[0], 'A skill', 'How something is done'],
        [conversationAbout[1], 'A stuck deal', 'An obstacle nobody has the answer to yet'],
      ]),
      takeaway(carried),
      ...doubt(carried, first),
      ...keepLast(carried),
      {
        type: 'input',
        block_id: fields.by,
        label: plain('By'),
        element: { type: 'datepicker', action_id: fields.by, initial_date: carried.by },
      },
      ...more(carried, first),
      { type: 'context', elements: [plain(whoSees(first))] },
    ],
  };
}

const whoSees = (first: string): string =>
  `${first} can see the one thing, its date and how last time went. Your own manager sees a summary, ` +
  'enablement only counts. A private note stays with you.';

/** Asked before told: what the rep thinks comes first. */
function answered({ preparation }: Carried, first: string): KnownBlock[] {
  if (preparation === undefined) return [];
  return [{ ...richText({ bold: `${first} would like to replay: ` }, preparation), block_id: 'answer' }];
}

function lastTime({ commitment }: Carried, first: string): KnownBlock[] {
  if (commitment === undefined) return [];
  return [
    { ...richText({ bold: 'Last time: ' }, commitment.text), block_id: `last_${commitment.id}` },
    {
      ...radio(fields.outcome, 'What happened?', [
        [outcomes[0], 'Did it unasked'],
        [outcomes[1], 'When reminded'],
        [outcomes[2], 'Not this time'],
        [outcomes[3], 'No chance yet'],
      ]),
      optional: true,
    },
    {
      ...radio(fields.evidence, 'How do you know?', [
        [evidences[0], 'Saw it'],
        [evidences[1], 'Heard it'],
        [evidences[2], `${first} told me`],
      ]),
      optional: true,
    },
  ];
}

function takeaway({ commitment }: Carried): KnownBlock {
  return {
    type: 'input',
    block_id: fields.takeaway,
    label: plain('One thing to try'),
    hint: plain('When … happens, do … instead of …'),
    // Keeping last time's is an answer too, so the field alone cannot be required then.
    optional: commitment !== undefined,
    element: { type: 'plain_text_input', action_id: fields.takeaway, multiline: true, max_length: 600 },
  };
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

function keepLast({ commitment }: Carried): KnownBlock[] {
  if (commitment === undefined) return [];
  return [
    {
      type: 'input',
      block_id: fields.keep,
      optional: true,
      label: plain('Or stay with it'),
      element: {
        type: 'checkboxes',
        action_id: fields.keep,
        options: [{ text: plain("Keep last time's"), value: 'keep' }],
      },
    },
  ];
}

function more({ more: shown, today }: Carried, first: string): KnownBlock[] {
  if (!shown) {
    return [
      {
        type: 'actions',
        block_id: 'more',
        elements: [{ type: 'button', action_id: ids.more, text: plain('More'), value: 'more' }],
      },
    ];
  }
  return [
    {
      type: 'input',
      block_id: fields.note,
      optional: true,
      label: plain('Private note'),
      hint: plain(
        `Only you see it; ${first} and your own manager do not. A formal request for ${first}'s data includes it.`,
      ),
      element: { type: 'plain_text_input', action_id: fields.note, multiline: true, max_length: 3000 },
    },
    {
      type: 'input',
      block_id: fields.heldOn,
      label: plain('When it was'),
      element: { type: 'datepicker', action_id: fields.heldOn, initial_date: today },
    },
  ];
}

type Choice = readonly [value: string, text: string, description?: string];

function radio(id: string, label: string, choices: readonly Choice[]) {
  return {
    type: 'input' as const,
    block_id: id,
    label: plain(label),
    element: {
      type: 'radio_buttons' as const,
      action_id: id,
      options: choices.map(([value, text, description]) => ({
        value,
        text: plain(text),
        ...(description === undefined ? {} : { description: plain(description) }),
      })),
    },
  };
}
