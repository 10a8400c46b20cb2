import type { Coverage } from '#domain/coverage.ts';
import { drivers } from '#domain/manager-time.ts';
import { illustratedRetention, publishedMark, type Retention } from '#domain/retention.ts';
import type { DigestFigures, DutyFigures } from '#services/measure-digest.ts';
import type { Part } from '../rich-text.ts';
import { inPercent, labels } from '../time-report/words.ts';
import { duties, monthInWords, percent, rateOf, shareInWords, weekOf } from './words.ts';

/** The figures as sentences: for Slack's that draw no tables and charts, and for modals, which take neither. */

export function dutyLine({ duty, week, open, before }: DutyFigures): Part[] {
  const rate = rateOf(week, open);
  const now = open > 0 ? `, ${open} still open` : rate === '–' ? '' : ` (${rate})`;
  return [
    { bold: duties[duty] },
    `: ${weekOf(week, open)}${now}; the four weeks before: ${beforeInWords(before)}. ` +
      `Excused ${week.excused}, logged late ${week.late}.`,
  ];
}

export function beforeInWords(before: DutyFigures['before']): string {
  const rate = rateOf(before, 0);
  return rate === '–' ? weekOf(before, 0) : `${weekOf(before, 0)} (${rate})`;
}

export const aboutAdherence =
  'Of what fell due: done, and done or missed. Excused counts in neither direction; what is logged late stays missed. ' +
  'While some of it is open, and below five, there is no rate.';

export function callsLine({ calls: { month, over, coverage } }: DigestFigures): Part[] {
  const when = `${monthInWords(month)}${over ? '' : ' so far'}`;
  const { total } = coverage;
  if (total.whole + coverage.apart.whole === 0) {
    return [{ bold: 'Observed calls' }, `, ${when}: none were due.`];
  }
  return [
    { bold: 'Observed calls' },
    `, ${when}: ${shareInWords(total)} reps with a live call observed.${apartInWords(coverage)}`,
  ];
}

/** Of those enrolled and of all; the target is about all, for enrolling few is no way to reach it. */
export function certificationLine({ certification: { coverage, target } }: DigestFigures): Part[] {
  const { ofEnrolled, ofEligible } = coverage;
  const enrolled =
    ofEnrolled.total.whole === 0
      ? 'nobody is enrolled in a training yet'
      : `${shareInWords(ofEnrolled.total)} enrolled reps`;
  const waves = [...ofEligible.waves]
    .filter(() => ofEligible.waves.size > 1 || !ofEligible.waves.has(null))
    .map(([wave, share]) => `${wave === null ? 'without a wave' : `wave ${wave}`}: ${shareInWords(share)}`);
  return [
    { bold: 'Certified' },
    `: ${enrolled}; of all reps ${shareInWords(ofEligible.total)}, target ${percent(target)}.`,
    waves.length === 0 ? '' : ` By wave, of all reps: ${waves.join('; ')}.`,
    apartInWords(ofEligible),
  ];
}

function apartInWords({ apart }: Coverage): string {
  return apart.whole === 0 ? '' : ` Wave 4, apart: ${shareInWords(apart)}.`;
}

export const hasAnything = ({ n, noChance, notWatched, unanswered }: Retention): boolean =>
  n + noChance + notWatched + unanswered > 0;

export function retentionLine(day: number, one: Retention): Part[] {
  const { n, seen, unprompted, noChance, notWatched, unanswered } = one;
  const rates = seen.rate === undefined ? '' : ` (${percent(seen.rate)})`;
  const unasked = unprompted.rate === undefined ? '' : ` (${percent(unprompted.rate)})`;
  return [
    { bold: `Day ${day}` },
    `: seen ${seen.part} of ${n}${rates}, unasked ${unprompted.part}${unasked}. ` +
      `Beside them: no chance ${noChance}, not watched ${notWatched}, unanswered ${unanswered}.`,
  ];
}

export const aboutRetention =
  'Seen: by the manager, of reps who had a chance and had shown it at the end of training.';

export const aboutMark =
  `Published elsewhere: ${percent(publishedMark.left)} left at day ${publishedMark.day}. ${publishedMark.source} ` +
  'It was not measured here.';

/** Up to the mark and no further. */
export function illustrationLine(days: readonly number[]): string {
  const points = days.flatMap((day) => {
    const rate = illustratedRetention(day);
    return rate === undefined ? [] : [`day ${day} ${percent(rate)}`];
  });
  return points.length === 0 ? '' : `Illustration of that figure, not a measurement: ${points.join(', ')}.`;
}

export function mixLines({ mix: { average, reference } }: DigestFigures): Part[][] {
  const { mix, n } = average;
  if (mix === undefined) {
    const reported = n === 0 ? 'No manager has' : n === 1 ? 'One manager has' : `${n} managers have`;
    return [[`${reported} reported: too few reports to show an average without names.`]];
  }
  return drivers.map((driver) => [
    { bold: labels[driver] },
    ` ${inPercent(mix[driver])} %, reference ${inPercent(reference[driver])} %`,
  ]);
}

export function aboutMix({ mix: { average } }: DigestFigures): string {
  return (
    `${average.mix === undefined ? '' : `Average of ${average.n} managers over four weeks. `}` +
    'The reference mix is derived from research; it was not published as a target.'
  );
}
