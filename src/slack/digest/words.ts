import type { Endings, Share } from '#domain/adherence.ts';
import { adherence } from '#domain/adherence.ts';
import type { ChannelTrouble, Week } from '#domain/digest.ts';
import type { DigestQuestion } from '#domain/digest-questions.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { dayInWords } from '../dates.ts';
import { months } from '../settings/words.ts';
import { labels } from '../time-report/words.ts';

/** In the plural, as a column or a sentence begins with them. */
export const duties: Record<DutyKind, string> = {
  one_on_one: '1:1s',
  observed_call: 'Observed calls',
  check_in: 'Check-ins',
  commitment: 'Commitments',
  practice: 'Practice',
  time_report: 'Time reports',
};

export const monthInWords = (month: string): string => months[Number(month.slice(5, 7)) - 1] ?? month;

/** "2–8 Mar", "30 Mar – 5 Apr" */
export function weekInWords({ monday, sunday }: Week): string {
  const [, from = '', fromMonth = ''] = dayInWords(monday).split(' ');
  const [, to = '', toMonth = ''] = dayInWords(sunday).split(' ');
  return fromMonth === toMonth ? `${from}–${to} ${toMonth}` : `${from} ${fromMonth} – ${to} ${toMonth}`;
}

export const percent = (rate: number): string => `${Math.round(rate * 100)} %`;

/** "31 of 40 (78 %)", or only the counts where there are too few for a rate. */
export function shareInWords({ part, whole, rate }: Share): string {
  return rate === undefined ? `${part} of ${whole}` : `${part} of ${whole} (${percent(rate)})`;
}

/** Of what counted; what is still open says so, and then there is no rate yet. */
export function weekOf({ done, expired }: Endings, open: number): string {
  if (done + expired + open === 0) return 'none';
  return open > 0 ? `${done} of ${done + expired + open}` : `${done} of ${done + expired}`;
}

export function rateOf(endings: Endings, open: number): string {
  const rate = adherence(endings);
  if (open > 0) return 'open';
  return rate === undefined ? '–' : percent(rate);
}

export function questionInWords(question: DigestQuestion): string {
  switch (question.about) {
    case 'drop':
      return `${duties[question.duty]} went from ${percent(question.from)} to ${percent(question.to)}. What got in the way?`;
    case 'lowest': {
      const over = question.over === 'week' ? '' : ' over the four weeks before';
      return `${duties[question.duty]} stand lowest, at ${percent(question.rate)}${over}. What would make them easier to keep?`;
    }
    case 'not_observed':
      return `${question.count} of ${question.of} reps are without an observed call this month so far. Which calls of this week could be joined?`;
    case 'unanswered':
      return `At day ${question.day} the answer about ${counted(question.count, 'rep')} is missing. What would make it quicker to give?`;
    case 'not_watched':
      return `At day ${question.day} nobody had watched ${counted(question.count, 'rep')}. Which call would show it?`;
    case 'certification':
      return `Certification stands at ${percent(question.rate)} against a target of ${percent(question.target)}. Which evidence is missing most often?`;
    case 'mix': {
      const points = Math.abs(Math.round(question.gap * 100));
      return question.gap < 0
        ? `${labels[question.driver]}: ${points} points under the reference mix. What could move to make room?`
        : `${labels[question.driver]}: ${points} points over the reference mix. What of it could be somebody else's?`;
    }
  }
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const troubleInWords: Record<ChannelTrouble, string> = {
  is_archived: 'the channel is archived',
  not_in_channel: 'Sideline is not in the channel',
  channel_not_found: 'Sideline cannot see the channel',
};
