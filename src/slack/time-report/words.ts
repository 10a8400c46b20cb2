import type { Driver, Mix, TimeField, TimeFlag, TimeUnit, TypedProblem } from '#domain/manager-time.ts';
import { drivers, referenceOf } from '#domain/manager-time.ts';
import { defaultSettings } from '#domain/settings.ts';
import type { NotYourReport } from '#services/open-time-report.ts';
import { dayInWords } from '../dates.ts';

/** How the method's drivers are called where a person reads them. */
export const labels: Record<TimeField, string> = {
  innovating: 'Unsticking deals',
  coaching: 'Developing people',
  selling: 'With customers',
  allocation: 'Running the team',
  everything_else: 'Everything else',
};

/** The same where there is little room: in a line, below a bar. */
export const shortLabels: Record<Driver, string> = {
  innovating: 'deals',
  coaching: 'people',
  selling: 'customers',
  allocation: 'team',
};

export const inPercent = (share: number): number => Math.round(share * 100);

/** "deals 31 %, people 25 %, customers 28 %, team 16 %" */
export function mixInWords(mix: Mix | undefined): string {
  if (mix === undefined) return 'all of it in everything else';
  return drivers.map((driver) => `${shortLabels[driver]} ${inPercent(mix[driver])} %`).join(', ');
}

/** "Mon 2 Mar": a week is known by its Monday. */
export const weekInWords = (week: string): string => `the week of ${dayInWords(week)}`;

export const amountInWords = (amount: number, unit: TimeUnit): string =>
  `${amount} ${unit === 'percent' ? '%' : 'h'}`;

const question: Record<Driver, string> = {
  innovating: 'Which stuck deal would gain most from an hour with you?',
  coaching: 'What would have to move to free one more hour for it?',
  selling: 'Which of these calls could a rep have led?',
  allocation: 'What of it could wait, or be done by somebody else?',
};

/** A flag asks; it does not judge. */
export function flagInWords({ driver, direction, gap }: TimeFlag, weeks: number): string {
  const points = Math.abs(inPercent(gap));
  return `${labels[driver]}: ${points} points ${direction} the reference mix over ${weeks} weeks. ${question[driver]}`;
}

export const whoSeesTime =
  'You alone see your reports. Your own manager sees four-week averages; enablement only averages over at least five managers.';

/** Nobody published these numbers as a target, and those of a workspace are nobody's research. */
export function aboutReference(reference: Mix): string {
  const usual = referenceOf(defaultSettings);
  return drivers.every((driver) => reference[driver] === usual[driver])
    ? 'The reference mix is derived from research into what makes managers effective. It was not published as a target.'
    : "This reference mix is your workspace's own. The usual one is derived from research and was not published as a target.";
}

export function explainReport({ kind }: Exclude<NotYourReport, { kind: 'you_are_unknown' }>): string {
  return kind === 'nobody_reports_to_you'
    ? 'Nobody reports to you in Sideline, so there is no week to report. If that is wrong, an admin or your enablement lead can change it.'
    : 'That week can no longer be reported. This week and the last four can: `/coach time`, then More.';
}

/** Below a field of the modal, where Slack shows text as it is. */
export function notReportedBecause({ kind }: NotYourReport): string {
  const reason = {
    you_are_unknown: 'Sideline does not know you any more. An admin or your enablement lead can change that.',
    nobody_reports_to_you:
      'nobody reports to you in Sideline any more. If that is wrong, an admin or your enablement lead can change it.',
    week_out_of_reach:
      'this week can no longer be reported. Choose this one or one of the last four under More.',
  }[kind];
  return `Not saved: ${reason} Your numbers are still here.`;
}

export function fits(problem: TypedProblem, unit: TimeUnit): string {
  const sign = unit === 'percent' ? '%' : 'h';
  switch (problem) {
    case 'empty':
      return 'Write a number; 0 if there was none.';
    case 'not_a_number':
      return 'This is not a number. Write one such as 7.5 or 7,5.';
    case 'negative':
      return 'This is less than nothing. Write 0 or more.';
    case 'too_much':
      return `This is more than fits. Write at most 100 ${sign}.`;
    case 'too_fine':
      return 'Write two decimals at most, such as 7.5 or 7,25.';
    case 'other_unit':
      return unit === 'percent'
        ? 'You chose percent, and this is in hours. Change one of the two.'
        : 'You chose hours, and this is in percent. Change one of the two.';
  }
}

export const sumIsOff = (unit: TimeUnit, sum: number): string =>
  unit === 'percent'
    ? `These add up to ${sum} %. They have to make 100.`
    : `These add up to ${sum} h. A week has 168.`;
