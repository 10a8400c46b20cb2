import { drivers, type Mix } from '#domain/manager-time.ts';
import type { WeekAverage } from '#domain/time-comparison.ts';
import { dayInWords } from '../dates.ts';
import { inPercent, labels } from './words.ts';

/** Drawn in letters of one width; a phone shows about 28 of them in a line. */
const barWidth = 17;

/** Each driver of a mix above the same driver of the reference. */
export function mixBars(mix: Mix, reference: Mix): string {
  const longest = Math.max(...drivers.flatMap((driver) => [mix[driver], reference[driver]]));
  const line = (who: string, share: number): string =>
    `${who} ${bar(share / longest).padEnd(barWidth)} ${`${inPercent(share)} %`.padStart(5)}`;
  return drivers
    .map((driver) => [labels[driver], line('you', mix[driver]), line('ref', reference[driver])].join('\n'))
    .join('\n');
}

/** In whole and half letters. What is there at all is seen. */
function bar(part: number): string {
  const halves = part === 0 ? 0 : Math.max(1, Math.round(part * barWidth * 2));
  return '█'.repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? '▌' : '');
}

const columns = [' Deal', ' People', ' Cust', ' Team'] as const;

/** One line a week, with its average over four weeks in percent. */
export function trendTable(trend: readonly WeekAverage[]): string {
  const rows = trend.map(({ week, mix }) => {
    const cells = drivers.map((driver, index) =>
      (mix === undefined ? '–' : String(inPercent(mix[driver]))).padStart(columns[index]?.length ?? 0),
    );
    // Without the weekday: all are Mondays.
    return dayInWords(week).slice(4).padEnd(6) + cells.join('');
  });
  return [`      ${columns.join('')}`, ...rows].join('\n');
}
