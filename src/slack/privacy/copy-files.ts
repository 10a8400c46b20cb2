import type { CopyBegun } from '#services/own-copy.ts';
import type { ExportedRow } from '#storage/person-export.ts';
import { inOneLine } from '../text.ts';
import type { FileToSend } from './upload.ts';
import { momentInWords } from './words.ts';

/** The same twice: to read, and for a machine. */
export function copyFiles(copy: CopyBegun, at: Date): FileToSend[] {
  const day = at.toISOString().slice(0, 10);
  return [
    { name: `sideline-${day}.txt`, title: 'What Sideline keeps about you', text: asText(copy, at) },
    {
      name: `sideline-${day}.json`,
      title: 'The same, for a machine',
      text: JSON.stringify({ madeAt: at, person: copy.person, tables: copy.tables }, null, 2),
    },
  ];
}

function asText({ person, tables, timeZone }: CopyBegun, at: Date): string {
  return [
    `What Sideline keeps about ${inOneLine(person.name)}`,
    `Made on ${momentInWords(at, timeZone)} (${timeZone}). Moments below are in UTC.`,
    '',
    'It is what you see in Sideline anyway. Not in it: private notes of managers, segment and wave, and the minutes that',
    'managers report. A formal request to whoever runs Sideline opens these.',
    ...Object.entries(tables).flatMap(([table, rows]) => [
      '',
      heading(table, rows.length),
      ...rows.map(asLines),
    ]),
    '',
  ].join('\n');
}

function heading(table: string, count: number): string {
  const words = `${table.replaceAll('_', ' ')} (${count})`;
  return `${words}\n${'-'.repeat(words.length)}`;
}

const asLines = (row: ExportedRow): string =>
  `${Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${key.replaceAll('_', ' ')}: ${inWords(value)}`)
    .join('\n')}\n`;

const inWords = (value: unknown): string =>
  typeof value === 'string' ? value.replaceAll('\n', '\n  ') : JSON.stringify(value);
