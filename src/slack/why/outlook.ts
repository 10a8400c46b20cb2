import type { MessagesExplained } from '#services/explain-messages.ts';
import { isNothingSent } from '#services/standing-reasons.ts';
import { dayInWords } from '../dates.ts';
import { holidayInWords } from '../holiday-words.ts';
import { messageNamed, momentInWords, type Whose, youAre, your } from './names.ts';

/** What stands in the way now, and what comes next. */
export function outlookInWords(
  { standing, next, holidays }: Pick<MessagesExplained, 'standing' | 'next' | 'holidays'>,
  whose: Whose,
): string[] {
  const coming =
    next === undefined
      ? 'Nothing is planned for the days ahead.'
      : `Next: ${momentInWords(next.at, whose)}, ${your(whose)} ${messageNamed(next, whose)}, if it is still open then.`;
  return [
    ...standing.map((one) => standingInWords(one, whose)),
    ...holidays.map(
      (one) => `${holidayInWords(one)}, so nothing is sent to ${whose.own ? 'you' : 'them'} then.`,
    ),
    ...(isNothingSent(standing) ? [] : [coming]),
  ];
}

function standingInWords(one: MessagesExplained['standing'][number], whose: Whose): string {
  const you = whose.own ? 'you' : 'them';
  switch (one.kind) {
    case 'not_started':
      return 'Sideline has not started here, so nothing is sent to anybody.';
    case 'paused':
      return `Sideline is paused since ${momentInWords(one.since, whose)}, so nothing is sent to anybody.`;
    case 'not_in_pilot':
      return `Sideline runs for a pilot group, and ${youAre(whose)} not in it, so nothing is sent to ${you}.`;
    case 'status':
      return `${statusInWords(one.status, you)}, so nothing is sent to ${you}.`;
    case 'away':
      return `${whose.own ? 'You' : 'They'} are away until ${dayInWords(one.lastDay)}. What waits comes on the card of ${momentInWords(one.cardAt, whose)}.`;
    case 'later':
      return `${whyLater(one, whose)} What comes up now is left to the card of ${momentInWords(one.cardAt, whose)}.`;
    case 'slack_waits':
      return 'Slack asked for a break: nothing is posted to anybody before it has passed.';
  }
}

function statusInWords(status: 'deactivated' | 'guest' | 'bot', you: string): string {
  if (status === 'deactivated') return 'Slack says that the account was deactivated';
  return `Slack lists ${you} as a ${status}`;
}

type Later = Extract<MessagesExplained['standing'][number], { kind: 'later' }>;

function whyLater({ because, most, holiday }: Later, whose: Whose): string {
  const few = most === 1 ? 'one message' : `${most} messages`;
  switch (because) {
    case 'day_is_full':
      return `Today's messages have gone out: at most ${few} a day.`;
    case 'week_is_full':
      return `This week's messages have gone out: at most ${few} a week.`;
    case 'outside_working_time':
    case 'day_is_over':
      return holiday === undefined
        ? `It is outside ${your(whose)} working time.`
        : `${holidayInWords(holiday)}.`;
  }
}
