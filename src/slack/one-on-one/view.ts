import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { conversationAbout, evidences, outcomes } from '#domain/one-on-one.ts';
import type { OneOnOneToLog } from '#services/open-one-on-one.ts';
import { escaped, fitted, inOneLine } from '../text.ts';

export const ids = {
  /** Button: log the 1:1 with the rep in its value. */
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

/** What the modal carries from opening to saving; Slack keeps it, so it is read again with suspicion. */
export const Carried = z.object({
  repId: z.string(),
  repName: z.string(),
  occurrenceId: z.string().optional(),
  commitment: z.object({ id: z.string(), text: z.string(), by: z.string() }).optional(),
  today: z.iso.date(),
  by: z.iso.date(),
  /** What the rep wrote before. */
  preparation: z.string().optional(),
  more: z.boolean(),
  /** The fingerprint of a text that was doubted once; saved again unchanged, it is meant. */
  doubted: z.string().optional(),
});
export type Carried = z.infer<typeof Carried>;

export function carriedOf(opened: OneOnOneToLog): Carried {
  const { repId, repName, occurrenceId, preparation, commitment, today, by } = opened;
  return {
    repId,
    repName: fitted(repName, 80),
    ...(occurrenceId === undefined ? {} : { occurrenceId }),
    ...(commitment === undefined
      ? {}
      : { commitment: { id: commitment.id, text: fitted(inOneLine(commitment.text), 400), by: commitment.by } }),
    ...(preparation === undefined ? {} : { preparation: fitted(inOneLine(preparation), 500) }),
    today,
    by,
    more: false,
  };
}

export function oneOnOneModal(carried: Carried): ModalView {
  const first = firstName(carried.repName);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: { type: 'plain_text', text: fitted(`1:1 with ${first}`, 24) },
    submit: { type: 'plain_text', text: 'Save' },
    close: { type: 'plain_text', text: 'Not now' },
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
        label: { type: 'plain_text', text: 'By' },
        element: { type: 'datepicker', action_id: fields.by, initial_date: carried.by },
      },
      ...more(carried, first),
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: `${escaped(first)} will see the one thing and its date. A private note stays with you.`,
          },
        ],
      },
    ],
  };
}

/** Asked before told: what the rep thinks comes first. */
function answered({ preparation }: Carried, first: string): KnownBlock[] {
  if (preparation === undefined) return [];
  return [
    {
      type: 'section',
      block_id: 'answer',
      text: { type: 'mrkdwn', text: `*${escaped(first)} would like to replay:* ${escaped(preparation)}` },
    },
  ];
}

function lastTime({ commitment }: Carried, first: string): KnownBlock[] {
  if (commitment === undefined) return [];
  return [
    {
      type: 'section',
      block_id: `last_${commitment.id}`,
      text: { type: 'mrkdwn', text: `*Last time:* ${escaped(commitment.text)}` },
    },
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
        [evidences[2], fitted(`${first} told me`, 75)],
      ]),
      optional: true,
    },
  ];
}

function takeaway({ commitment }: Carried): KnownBlock {
  return {
    type: 'input',
    block_id: fields.takeaway,
    label: { type: 'plain_text', text: 'One thing to try' },
    hint: { type: 'plain_text', text: 'When … happens, do … instead of …' },
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
      type: 'section',
      block_id: 'doubt',
      text: {
        type: 'mrkdwn',
        text:
          `:bulb: Could ${escaped(first)} tell afterwards whether it happened? For example: ` +
          '_When the buyer asks for the price first, ask what it would be compared with._\n' +
          'Change the text, or press *Save* again to keep it as it is.',
      },
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
      label: { type: 'plain_text', text: 'Or stay with it' },
      element: {
        type: 'checkboxes',
        action_id: fields.keep,
        options: [{ text: { type: 'plain_text', text: "Keep last time's" }, value: 'keep' }],
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
        elements: [{ type: 'button', action_id: ids.more, text: { type: 'plain_text', text: 'More' }, value: 'more' }],
      },
    ];
  }
  return [
    {
      type: 'input',
      block_id: fields.note,
      optional: true,
      label: { type: 'plain_text', text: 'Private note' },
      hint: {
        type: 'plain_text',
        text: `Only you see it; ${first} and your own manager do not. A formal request for ${first}'s data includes it.`,
      },
      element: { type: 'plain_text_input', action_id: fields.note, multiline: true, max_length: 3000 },
    },
    {
      type: 'input',
      block_id: fields.heldOn,
      label: { type: 'plain_text', text: 'When it was' },
      element: { type: 'datepicker', action_id: fields.heldOn, initial_date: today },
    },
  ];
}

type Choice = readonly [value: string, text: string, description?: string];

function radio(id: string, label: string, choices: readonly Choice[]) {
  return {
    type: 'input' as const,
    block_id: id,
    label: { type: 'plain_text' as const, text: label },
    element: {
      type: 'radio_buttons' as const,
      action_id: id,
      options: choices.map(([value, text, description]) => ({
        value,
        text: { type: 'plain_text' as const, text },
        ...(description === undefined ? {} : { description: { type: 'plain_text' as const, text: description } }),
      })),
    },
  };
}

export function firstName(name: string): string {
  return name.trim().split(/\s+/u)[0] || name;
}
