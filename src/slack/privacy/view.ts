import type { KnownBlock, ModalView } from '@slack/web-api';
import type { ErasureToConfirm } from '#services/ask-for-erasure.ts';
import type { AccessPage, PrivacyView } from '#services/view-privacy.ts';
import type { WaitingForCopy } from '#storage/copy-requests.ts';
import type { ErasureRequest } from '#storage/erasure-requests.ts';
import { askOneOf } from '../ask-one-of.ts';
import { section } from '../blocks.ts';
import { whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { firstNameOf, inMarkup, nameOf, spoken } from '../text.ts';
import { dateInWords, keptInWords, momentInWords, openedInWords } from './words.ts';

export const ids = {
  modal: 'privacy.modal',
  /** Button: who opened my record, from the entry in its value on. */
  opened: 'privacy.opened',
  openedModal: 'privacy.opened_modal',
  later: 'privacy.later',
  /** Button: a copy of it into my messages, or a request for one. */
  copy: 'privacy.copy',
  copyModal: 'privacy.copy_modal',
  /** Button of whoever keeps the workspace: the person in its value has their copy. */
  handedOver: 'privacy.handed_over',
  /** Button: a form that says what erasure means; its Submit asks for it. */
  ask: 'privacy.ask',
  askModal: 'privacy.ask_modal',
  callOff: 'privacy.call_off',
  /** Buttons of whoever confirms: what it means for the person in its value, and do it. */
  review: 'privacy.review',
  reviewModal: 'privacy.review_modal',
  erase: 'privacy.erase',
} as const;

export const title = 'Privacy';
export const copyTitle = 'A copy';

export function privacyModal(shown: PrivacyView): ModalView {
  const { timeZone, kept, textsKeptMonths, keepers, copyAskedAt, askedToBeErased } = shown;
  const counted = kept.map((one) => `• ${keptInWords(one, timeZone)}`);
  const howLong =
    textsKeptMonths === 0
      ? 'Texts are kept until they are erased.'
      : `What people wrote is removed when it is older than ${textsKeptMonths === 1 ? 'a month' : `${textsKeptMonths} months`}.`;
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(title),
    close: plain('Not now'),
    blocks: [
      section(
        [
          '*What is kept about you*',
          '• your name, address and zone from Slack; role, manager and working time',
          ...counted,
        ].join('\n'),
      ),
      section(
        `${howLong} Your manager sees their part of it on cards and Home; whoever opens more is noted.`,
      ),
      {
        type: 'actions',
        block_id: 'opened',
        elements: [{ type: 'button', action_id: ids.opened, text: plain('Who opened it'), value: '0' }],
      },
      section(
        copyAskedAt === undefined
          ? '*A copy* of all this comes into your messages with Sideline, as files.'
          : `*You asked for a copy* on ${dateInWords(copyAskedAt, timeZone)}. Whoever runs Sideline makes it; ${askOneOf(keepers, 'whoever installed Sideline knows who that is')}.`,
      ),
      {
        type: 'actions',
        block_id: 'copy',
        elements: [{ type: 'button', action_id: ids.copy, text: plain('Send me a copy'), value: 'copy' }],
      },
      ...(askedToBeErased === undefined ? notAsked : waiting(askedToBeErased, timeZone)),
      whoSees('Only you see this.'),
    ],
  };
}

const notAsked: KnownBlock[] = [
  {
    type: 'actions',
    block_id: 'erasure',
    elements: [{ type: 'button', action_id: ids.ask, text: plain('Ask for erasure'), value: 'ask' }],
  },
];

const waiting = (since: Date, timeZone: string): KnownBlock[] => [
  section(
    `*You asked for erasure* on ${dateInWords(since, timeZone)}. Nothing is erased until an admin or enablement confirms it, and until then you can call it off.`,
  ),
  {
    type: 'actions',
    block_id: 'erasure',
    elements: [{ type: 'button', action_id: ids.callOff, text: plain('Call it off'), value: 'call_off' }],
  },
];

const whatItMeans = (whose: string, who: string): string =>
  [
    `*It removes* what was written about ${who}, and who ${who === 'you' ? 'you are' : 'they are'}: name, address, Slack id.`,
    `*It keeps* numbers that are counted without a name, and what ${who === 'you' ? 'you' : 'they'} wrote about others, without ${whose} name.`,
    `*It ends* what is planned: nothing is asked of ${who} or about ${who} any more.`,
    `*It deletes* the messages from Sideline to ${who}. It does not reach what others were sent, nor back-ups until they are overwritten.`,
  ].join('\n');

export function askModal(): ModalView {
  return {
    type: 'modal',
    callback_id: ids.askModal,
    title: plain('Ask for erasure'),
    submit: plain('Ask'),
    close: plain('Not now'),
    blocks: [
      section(whatItMeans('your', 'you')),
      section(
        'An admin or enablement confirms it; until then you can call it off here. After that it cannot be undone.',
      ),
      whoSees(
        'Admins and enablement see that you ask. They see how much there is, and none of what it says.',
      ),
    ],
  };
}

export function openedModal({ seen, timeZone, skipped, more }: AccessPage): ModalView {
  const lines = seen.map(
    ({ viewerName, viewerId, resource, how, at }) =>
      `*${nameOfViewer(viewerName, viewerId)}*, ${momentInWords(at, timeZone)}\n${openedInWords(resource, how)}`,
  );
  return {
    type: 'modal',
    callback_id: ids.openedModal,
    title: plain('Who opened it'),
    close: plain('Back'),
    blocks: [
      ...(lines.length === 0
        ? [section(skipped === 0 ? 'Nobody has opened your record so far.' : 'There is nothing earlier.')]
        : lines.map(section)),
      ...(more
        ? [
            {
              type: 'actions' as const,
              block_id: 'later',
              elements: [
                {
                  type: 'button' as const,
                  action_id: ids.later,
                  text: plain('Earlier'),
                  value: String(skipped + seen.length),
                },
              ],
            },
          ]
        : []),
      whoSees(
        'The newest first, once an hour for each thing. What a card or Home shows by itself is not listed. Only you see this.',
      ),
    ],
  };
}

const nameOfViewer = (name: string | undefined, id: string): string =>
  name !== undefined ? inMarkup(nameOf(name)) : id === 'operator' ? 'Whoever runs Sideline' : 'Somebody';

/** On the Home of whoever confirms. */
export function requestBlocks(requests: readonly ErasureRequest[], timeZone: string): KnownBlock[] {
  return requests.map(({ personId, personName, askedAt }) => ({
    type: 'section',
    block_id: `erasure ${personId}`,
    text: {
      type: 'mrkdwn',
      text: `*${inMarkup(nameOf(personName))}* asked to be erased, on ${dateInWords(askedAt, timeZone)}. Nothing happens until somebody confirms it.`,
    },
    accessory: {
      type: 'button',
      action_id: ids.review,
      text: plain('What it means'),
      value: personId,
      accessibility_label: spoken('What it means', `What it means to erase ${nameOf(personName)}`),
    },
  }));
}

/** On the same Home. */
export function copyBlocks(waiting: readonly WaitingForCopy[], timeZone: string): KnownBlock[] {
  return waiting.map(({ personId, personName, askedAt }) => {
    const first = firstNameOf(personName);
    return {
      type: 'section',
      block_id: `copy ${personId}`,
      text: {
        type: 'mrkdwn',
        text: `*${inMarkup(nameOf(personName))}* asked for a copy of what is kept about them, on ${dateInWords(askedAt, timeZone)}. Whoever runs Sideline makes it: \`npm run cli -- export --person ${personId} --out copy/\``,
      },
      accessory: {
        type: 'button',
        action_id: ids.handedOver,
        text: plain('Mark as done'),
        value: personId,
        accessibility_label: spoken('Mark as done', `${nameOf(personName)} has their copy`),
        confirm: {
          title: plain('Is it with them?'),
          text: plain(`${first} is told that the copy is handed over.`),
          confirm: plain('Yes'),
          deny: plain('Not now'),
        },
      },
    };
  });
}

export function reviewModal({ personId, personName, kept, timeZone }: ErasureToConfirm): ModalView {
  const first = firstNameOf(personName);
  return {
    type: 'modal',
    callback_id: ids.reviewModal,
    title: plain('Erasure'),
    close: plain('Not now'),
    blocks: [
      section(`*${inMarkup(nameOf(personName))}* asked to be erased.`),
      section(whatItMeans('their', 'them')),
      section(
        [
          '*There is*',
          ...(kept.length === 0
            ? ['nothing but who they are']
            : kept.map((one) => `• ${keptOfOther(one, timeZone)}`)),
        ].join('\n'),
      ),
      {
        type: 'actions',
        block_id: 'erase',
        elements: [
          {
            type: 'button',
            action_id: ids.erase,
            style: 'danger',
            text: plain(`Erase ${first}`),
            value: personId,
            confirm: {
              title: plain('Erase for good?'),
              text: plain(`What is kept about ${first} goes, and does not come back.`),
              confirm: plain('Erase'),
              deny: plain('Not now'),
            },
          },
        ],
      },
      whoSees(`${first} is told once it is done. The audit trail keeps that it was, without the name.`),
    ],
  };
}

const keptOfOther = (one: ErasureToConfirm['kept'][number], timeZone: string): string =>
  keptInWords(one, timeZone)
    .replaceAll(' you agreed', ' they agreed')
    .replaceAll(' you wrote', ' they wrote')
    .replaceAll(' you were', ' they were')
    .replaceAll(/\b(with|of|about|to) you\b/g, '$1 them')
    .replaceAll(' of yours', ' of theirs')
    .replaceAll(' your ', ' their ');
