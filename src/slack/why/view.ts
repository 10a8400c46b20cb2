import type { ModalView } from '@slack/web-api';
import type { MessagesExplained } from '#services/explain-messages.ts';
import { whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, nameOf } from '../text.ts';
import { decisionInWords } from './decisions.ts';
import { outlookInWords } from './outlook.ts';

export const ids = {
  modal: 'why.modal',
  /** Button: the messages of the person in its value. */
  person: 'why.person',
  /** Button: more of what was decided, in place. */
  more: 'why.more',
} as const;

export const title = 'Why this message?';

/** With the outlook above them under ten lines. */
export const mostAtFirst = 6;
export const mostInAll = 40;

export function whyModal(explained: MessagesExplained, viewerId: string): ModalView {
  const { person, decisions, more } = explained;
  const own = person.id === viewerId;
  const whose = { personId: person.id, zone: person.timeZone, own };
  const heading = own ? 'Your messages' : `Messages to ${nameOf(person.name)}`;
  const outlook = outlookInWords(explained, whose).map((line) => `\n${line}`);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(title),
    close: plain('Close'),
    blocks: [
      richText({ bold: heading }, ...outlook),
      { type: 'divider' },
      ...(decisions.length === 0
        ? [richText('Nothing has been due so far, so nothing was decided.')]
        : decisions.map((one) => line(decisionInWords(one, whose)))),
      ...(more && decisions.length < mostInAll ? [moreButton(person.id)] : []),
      whoSees(`${cutNote(explained)}${footer(person.name, person.timeZone, own)}`),
    ],
  };
}

function line(words: string) {
  const [moment = '', ...rest] = words.split(' — ');
  return richText({ bold: moment }, ` — ${fitted(rest.join(' — '), 1000)}`);
}

const moreButton = (personId: string) => ({
  type: 'actions' as const,
  block_id: 'more',
  elements: [{ type: 'button' as const, action_id: ids.more, text: plain('More'), value: personId }],
});

const cutNote = ({ more, decisions }: MessagesExplained): string =>
  more && decisions.length >= mostInAll ? `These are the latest ${mostInAll}. ` : '';

function footer(name: string, zone: string, own: boolean): string {
  const times = `The latest first, at the time of ${zone.replaceAll('_', ' ')}.`;
  return own
    ? `${times} Your manager, enablement and admins can look this up, too.`
    : `${times} ${firstNameOf(name)}, their manager, enablement and admins can look this up.`;
}
