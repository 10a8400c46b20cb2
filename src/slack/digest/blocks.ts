import type { KnownBlock } from '@slack/web-api';
import { drivers } from '#domain/manager-time.ts';
import { illustratedRetention, publishedMark } from '#domain/retention.ts';
import type { DigestFigures } from '#services/measure-digest.ts';
import { inPercent, shortLabels } from '../time-report/words.ts';
import { beforeInWords } from './lines.ts';
import { duties, rateOf, weekOf } from './words.ts';

/** Slack's own table and charts. It takes one table and two charts in a message. */

const columns = ['Duty', 'Done', 'Rate', 'Four weeks before', 'Open', 'Excused', 'Late'] as const;

export function adherenceTable({ duties: figures }: DigestFigures): KnownBlock[] {
  if (figures.length === 0) return [];
  const cell = (text: string) => ({ type: 'raw_text' as const, text });
  const rows = figures.map(({ duty, week, open, before }) => [
    duties[duty],
    weekOf(week, open),
    rateOf(week, open),
    beforeInWords(before),
    String(open),
    String(week.excused),
    String(week.late),
  ]);
  return [
    {
      type: 'table',
      rows: [columns.map(cell), ...rows.map((row) => row.map(cell))],
      column_settings: columns.map((_, index) => ({ align: index === 0 ? 'left' : 'right' })),
    },
  ];
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

interface Series {
  name: string;
  values: readonly number[];
}

/** What was seen here, and beside it the published figure as an illustration, up to its mark and no further. */
export function retentionChart({ retention }: DigestFigures): KnownBlock[] {
  const drawn = retention.flatMap(({ day, overall: { seen, unprompted } }) =>
    day > publishedMark.day || seen.rate === undefined || unprompted.rate === undefined
      ? []
      : [
          {
            day,
            seen: seen.rate,
            unprompted: unprompted.rate,
            illustrated: illustratedRetention(day) ?? 0,
          },
        ],
  );
  // One point makes no line.
  if (drawn.length < 2) return [];
  return [
    chart('line', `Seen of the training, up to day ${publishedMark.day}`, 'Percent of reps', {
      categories: drawn.map(({ day }) => `Day ${day}`),
      series: [
        { name: 'Seen here', values: drawn.map(({ seen }) => inPercent(seen)) },
        { name: 'Unasked here', values: drawn.map(({ unprompted }) => inPercent(unprompted)) },
        { name: 'Illustration only', values: drawn.map(({ illustrated }) => inPercent(illustrated)) },
      ],
    }),
  ];
}

export function mixChart({ mix: { average, reference } }: DigestFigures): KnownBlock[] {
  const { mix } = average;
  if (mix === undefined) return [];
  return [
    chart('bar', "Managers' time over four weeks", 'Percent of the four', {
      categories: drivers.map((driver) => capitalised(shortLabels[driver])),
      series: [
        { name: `Here, ${average.n} managers`, values: drivers.map((driver) => inPercent(mix[driver])) },
        { name: 'Reference mix', values: drivers.map((driver) => inPercent(reference[driver])) },
      ],
    }),
  ];
}

function chart(
  type: 'line' | 'bar',
  title: string,
  axis: string,
  { categories, series }: { categories: string[]; series: Series[] },
): KnownBlock {
  const block = {
    type: 'data_visualization',
    title,
    chart: {
      type,
      series: series.map(({ name, values }) => ({
        name,
        data: categories.map((label, index) => ({ label, value: values[index] ?? 0 })),
      })),
      axis_config: { categories, y_label: axis },
    },
  };
  // Newer than the types of Slack's package.
  return block as unknown as KnownBlock;
}
