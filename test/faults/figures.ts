import type { Figures } from './run.ts';

const columns: [title: string, value: (figures: Figures) => string | number][] = [
  ['variant', ({ name }) => name],
  ['deliveries', ({ deliveries }) => deliveries],
  ['posts', ({ posts }) => posts],
  ['lost', ({ lost }) => lost],
  ['duplicated', ({ duplicated }) => duplicated],
  ['uncertain', ({ uncertain }) => uncertain],
  ['open', ({ open }) => open],
  ['kills', ({ kills }) => kills],
  ['freezes', ({ freezes }) => freezes],
  ['stall ms', ({ stall }) => stall],
  ['seconds', ({ seconds }) => seconds],
  ['seed', ({ seed }) => seed],
];

/** One line a run, as it stands in docs/faults.md. */
export function tableOf(figures: Figures[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...figures.map((one) => columns.map(([, value]) => String(value(one)))),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}
