import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportPersonNamed, type PersonExported } from '#services/export-person.ts';
import { nameOf } from '#slack/text.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Invocation, Misused, type Outcome, Refused } from './command.ts';
import { csvOf } from './csv.ts';
import { harmlessJson } from './harmless.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

export const aboutPerson = [
  'With --person it is everything that is kept about somebody: as JSON, or with --out as a folder with person.json',
  'and a CSV for each table. --formal-request adds what they do not see in Sideline: private notes of managers about',
  'them, segment and wave, and the minutes that managers report. They read in /coach privacy that it was exported.',
];

export async function exportOfPerson(invocation: Invocation, named: string): Promise<Outcome> {
  const { words, out, since, until, formalRequest: formal } = invocation;
  if (words.length > 0 || since !== undefined || until !== undefined) {
    throw new Misused('--person goes with neither a measure nor dates.');
  }
  const config = configOf(invocation.config);
  return withDatabase(config, async (database) => {
    const { id, name } = await chooseWorkspace(database, invocation.workspace);
    const found = await exportPersonNamed(serviceContext(config, database), id, named, { formal });
    if (found === undefined) {
      throw new Refused(`${named} is not known in ${name}. Nothing was exported. Correct the id or address.`);
    }
    const data = { workspace: id, formalRequest: formal, ...found };
    if (out === undefined) return { ok: true, lines: [harmlessJson(data, 2)], data };
    const files = await writeTo(out, found, JSON.stringify(data, null, 2));
    const said = `${nameOf(found.person.name)} (${found.person.id}): ${files.length} files in ${out}.`;
    return { ok: true, lines: [said, ...files.map((file) => `  ${file}`)], data: { ...data, files } };
  });
}

async function writeTo(folder: string, { tables }: PersonExported, json: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: [name: string, text: string][] = [['person.json', json]];
  for (const [table, rows] of Object.entries(tables)) {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    files.push([`${table}.csv`, `${csvOf(columns, rows.map(flat)).join('\n')}\n`]);
  }
  // What stands in them is for one person: nobody else on this machine may read it.
  for (const [file, text] of files) await writeFile(path.join(folder, file), text, { mode: 0o600 });
  return files.map(([file]) => file);
}

const flat = (row: Record<string, unknown>): Record<string, string | number | null> =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      value === null || typeof value === 'number' || typeof value === 'string'
        ? value
        : JSON.stringify(value),
    ]),
  );
