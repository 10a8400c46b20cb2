import type { KnownBlock } from '@slack/web-api';
import type { Reminder } from '#domain/put-off.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { NotMovable, PutOffDone } from '#services/put-off.ts';
import { dayInWords } from '../dates.ts';
import { plain } from '../rich-text.ts';
import { ids } from './view.ts';

/** When it is asked again, and why not when it was wanted. */
export function whenAgain(occurrenceId: string, done: PutOffDone): { text: string; blocks?: KnownBlock[] } {
  const text = sentence(done);
  const { reminder } = done;
  const mayNeedExcuse =
    reminder.kind === 'none' || (reminder.kind === 'card' && reminder.because === 'closes_before_next_week');
  return mayNeedExcuse ? { text, blocks: withExcuse(text, occurrenceId) } : { text };
}

function sentence({ reminder, closesAt, zone, today }: PutOffDone): string {
  const closes = toLocal(closesAt, zone);
  const closing = `It closes ${closes.date === today ? 'today' : dayInWords(closes.date)} at ${closes.time}`;
  switch (reminder.kind) {
    case 'prompt':
      return `It comes back today, at ${toLocal(reminder.at, zone).time} or soon after.`;
    case 'card':
      return cardSentence(reminder, dayInWords(toLocal(reminder.at, zone).date), closing);
    case 'none':
      return `${closing}, before there is another card, so nothing was moved. Do it by then, or excuse it.`;
  }
}

function cardSentence(
  { because }: Extract<Reminder, { kind: 'card' }>,
  day: string,
  closing: string,
): string {
  switch (because) {
    case 'wanted':
      return `It comes back on the card of ${day}.`;
    case 'no_room_today':
      return `Today has no room for another message, so it comes back on the card of ${day}.`;
    case 'closes_before_next_week':
      return `${closing}, before next week's card, so it comes back on the card of ${day}. If it will not happen, excuse it.`;
  }
}

function withExcuse(text: string, occurrenceId: string): KnownBlock[] {
  return [
    { type: 'section', text: plain(text) },
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: ids.excuse, text: plain('Excuse it…'), value: occurrenceId }],
    },
  ];
}

/** Why it stays as it is. */
export function explainNotMovable(problem: NotMovable): string {
  switch (problem.kind) {
    case 'unknown':
      return 'This is not there any more, so nothing was changed.';
    case 'not_asked':
      return 'Only whoever is asked for it can put this off or excuse it. Nothing was changed.';
    case 'over':
      return {
        done: 'This is done already, so there is nothing to put off or excuse.',
        excused: 'This is excused already, and does not count.',
        expired:
          'This has closed without being done, so it can no longer be put off or excused. It can still be done: it is kept, and shown as late.',
      }[problem.state];
  }
}
