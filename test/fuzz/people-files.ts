import { importPeople } from '#services/import-people.ts';
import { readPeopleFile } from '#services/people-file.ts';
import { team } from '#test/features/every-form.ts';
import { peopleFile, type World } from '#test/world.ts';
import { mutatedBytes } from './mutate.ts';
import type { Random } from './random.ts';

export interface FilesCount {
  read: number;
  refused: number;
  /** What was thrown where a problem should have been said. */
  thrown: string[];
}

const cells = [
  '',
  '"',
  '""',
  'rep',
  'manager+admin',
  'U0',
  '\u0000',
  '=1+1',
  '2026-02-30',
  'x'.repeat(5_000),
  ';',
  '\uFEFF',
];

/** A file that was right, with other cells, and other bytes. */
function mutatedFile(random: Random): string {
  const lines = peopleFile(team).split('\n');
  for (let times = random.below(3); times > 0; times -= 1) {
    const at = random.below(lines.length);
    const row = (lines[at] ?? '').split(',');
    row[random.below(row.length)] = random.pick(cells);
    lines[at] = row.join(',');
  }
  const bytes = Buffer.from(lines.join(random.pick(['\n', '\r\n', '\r'])));
  return (random.chance(0.6) ? mutatedBytes(bytes, random) : bytes).toString();
}

export async function readFiles(files: number, random: Random): Promise<FilesCount> {
  return count(files, random, async (text) => (await readPeopleFile(text)).problems.length === 0);
}

export async function importFiles(
  { application }: World,
  files: number,
  random: Random,
): Promise<FilesCount> {
  const { context, workspaceId } = application;
  const client = context.slack.client(workspaceId);
  return count(
    files,
    random,
    async (text) => (await importPeople({ ...context, client }, workspaceId, text)).ok,
  );
}

async function count(
  files: number,
  random: Random,
  take: (text: string) => Promise<boolean>,
): Promise<FilesCount> {
  const counted: FilesCount = { read: 0, refused: 0, thrown: [] };
  for (let file = 0; file < files; file += 1) {
    const text = mutatedFile(random);
    try {
      if (await take(text)) counted.read += 1;
      else counted.refused += 1;
    } catch (error) {
      counted.thrown.push(`${String(error)} for ${JSON.stringify(text).slice(0, 300)}`);
    }
  }
  return counted;
}
