import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { PracticeStanding, PracticeView } from '#services/view-practice.ts';
import { dayInWords } from '../dates.ts';
import { whoSees } from '../form.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { ids, reflectionWords, seenWords } from './view.ts';

/** `onTop`: of the form to give an item, so that it offers no second one. */
export const Carried = z.object({ repId: z.string(), onTop: z.boolean() });
export type Carried = z.infer<typeof Carried>;

/** Slack takes 100 blocks a modal, and each item needs two. */
const mostShown = 40;

/** Everything a rep practises or has practised. */
export function listModal(view: PracticeView, onTop = false): ModalView {
  const { repId, repName, standings, as } = view;
  const own = as === 'rep';
  const first = firstNameOf(repName);
  const hidden = standings.length - mostShown;
  return {
    type: 'modal',
    callback_id: ids.list,
    title: plain(own ? 'What you practise' : `${firstNameOf(repName, 14)} practises`),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ repId, onTop } satisfies Carried),
    blocks: [
      ...(as === 'manager' && !onTop ? [addButton(repId)] : []),
      ...(standings.length === 0 ? [richText(nothing(view, first))] : []),
      ...standings.slice(0, mostShown).flatMap((one) => standingBlocks(one, as)),
      ...(hidden > 0 ? [richText(`${hidden} that ended longer ago are not shown.`)] : []),
      ...(as === 'manager' && standings.length > 0
        ? [
            richText(
              'Retire what is mastered, withdraw what was not the right thing. Either can be undone here.',
            ),
          ]
        : []),
      whoSees(
        own
          ? 'You, your manager, their manager and enablement see this; other reps do not.'
          : `${first}, ${first}'s manager, their manager and enablement see this; other reps do not.`,
      ),
    ],
  };
}

function nothing({ as }: PracticeView, first: string): string {
  return as === 'rep'
    ? 'Nothing yet. What your manager gives you to practise stands here, and comes on your card on its day.'
    : `${first} has nothing to practise yet.`;
}

const addButton = (repId: string): KnownBlock => ({
  type: 'actions',
  block_id: 'add',
  elements: [
    { type: 'button', action_id: ids.assign, text: plain('Add one'), value: repId, style: 'primary' },
  ],
});

function standingBlocks(one: PracticeStanding, as: PracticeView['as']): KnownBlock[] {
  const { id, title, task } = one.assignment;
  const name = fitted(inOneLine(title), 75);
  const lines = [
    fitted(inOneLine(task), 300),
    stateOf(one),
    lastOf(one),
    as === 'manager' ? missedOf(one) : '',
  ];
  const text: Part[] = [{ bold: name }, ...lines.filter((line) => line !== '').map((line) => `\n${line}`)];
  const elements = as === 'rep' ? repButtons(one, name) : as === 'manager' ? managerButtons(one, name) : [];
  return [
    { ...richText(...text), block_id: `item_${id}` },
    ...(elements.length === 0 ? [] : [{ type: 'actions' as const, block_id: `do_${id}`, elements }]),
  ];
}

export function stateOf({ state, next }: PracticeStanding): string {
  if (state === 'mastered') return 'Mastered; it does not come again.';
  if (state === 'retired') return 'Retired; it does not come again.';
  if (state === 'withdrawn') return 'Withdrawn; it does not come again.';
  if (next === undefined) return 'No date at the moment.';
  return next.asked ? `Asked since ${dayInWords(next.on)}.` : `Next on ${dayInWords(next.on)}.`;
}

function lastOf({ last }: PracticeStanding): string {
  if (last === undefined) return '';
  const { reflectedOn, reflection, verified } = last;
  const seen = verified === null ? 'not looked at yet' : seenWords[verified.verification ?? 'not_watched'];
  return `Last time, ${dayInWords(reflectedOn)}: ${reflectionWords[reflection].toLowerCase()} (${seen.toLowerCase()}).`;
}

const missedOf = ({ missed }: PracticeStanding): string =>
  missed === undefined || missed.inARow < 2
    ? ''
    : `Asked ${missed.inARow} times without a look back. Is it still the right one?`;

function repButtons({ next, missed }: PracticeStanding, name: string): ActionsBlockElement[] {
  const occurrenceId = next?.occurrenceId ?? missed?.occurrenceId;
  if (occurrenceId === undefined) return [];
  return [button({ actionId: ids.reflect, label: 'Look back', value: occurrenceId, name })];
}

function managerButtons({ assignment: { id }, state, last }: PracticeStanding, name: string) {
  const own = (actionId: string, label: string) => button({ actionId, label, value: id, name });
  const verify =
    last !== undefined && last.verified === null
      ? [button({ actionId: ids.verify, label: 'Say what you saw', value: last.id, name })]
      : [];
  if (state !== 'current') return [...verify, own(ids.bringBack, 'Bring back')];
  return [...verify, own(ids.retire, 'Retire'), own(ids.withdraw, 'Withdraw')];
}

const button = ({
  actionId,
  label,
  value,
  name,
}: {
  actionId: string;
  label: string;
  value: string;
  name: string;
}): ActionsBlockElement => ({
  type: 'button',
  action_id: `${actionId}:${value}`,
  text: plain(label),
  value,
  accessibility_label: fitted(`${label}: ${name}`, 75),
});
