import { parse } from 'csv-parse/sync';
import { mayBeMessaged } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Member } from '#storage/members.ts';
import type { FileProblem } from './people-file.ts';

/** Who is to be enrolled, as it was chosen; the ways add up. */
export interface RepChoice {
  picked: readonly string[];
  teamsOf: readonly string[];
  waves: readonly number[];
  /** A line each, with a Slack id or an e-mail address. */
  pasted: string;
}

/** What is wrong, by the way it was chosen. */
export interface ChoiceProblems {
  picked?: string[];
  teamsOf?: string[];
  waves?: string[];
  pasted?: FileProblem[];
}

/** All of them, or everything that is wrong; nobody twice. */
export function chosenReps(
  choice: RepChoice,
  members: readonly Member[],
  managerOf: ReadonlyMap<string, string>,
): Result<Member[], ChoiceProblems> {
  const byId = new Map(members.map((member) => [member.id, member]));
  const enrollable = members.filter((member) => reasonAgainst(member) === undefined);
  const picked = choice.picked.map((id) => ({ id, member: byId.get(id) }));
  const teams = choice.teamsOf.map((id) => ({
    id,
    reps: enrollable.filter((member) => managerOf.get(member.id) === id),
  }));
  const waves = choice.waves.map((wave) => ({
    wave,
    reps: enrollable.filter((member) => member.wave === wave),
  }));
  const { found, problems: badLines } = readPasted(choice.pasted, members);
  const problems: ChoiceProblems = {};
  const badPicks = picked.flatMap(({ id, member }) => {
    const reason = reasonAgainst(member);
    return reason === undefined ? [] : [`${member?.name ?? id} ${reason}`];
  });
  if (badPicks.length > 0) problems.picked = badPicks;
  const emptyTeams = teams.flatMap(({ id, reps }) =>
    reps.length > 0 ? [] : [`no rep reports to ${byId.get(id)?.name ?? id}`],
  );
  if (emptyTeams.length > 0) problems.teamsOf = emptyTeams;
  const emptyWaves = waves.flatMap(({ wave, reps }) =>
    reps.length > 0 ? [] : [`no rep is in wave ${wave}`],
  );
  if (emptyWaves.length > 0) problems.waves = emptyWaves;
  if (badLines.length > 0) problems.pasted = badLines;
  if (Object.keys(problems).length > 0) return refused(problems);
  const chosen = new Set([
    ...picked.map(({ id }) => id),
    ...teams.flatMap(({ reps }) => reps.map(({ id }) => id)),
    ...waves.flatMap(({ reps }) => reps.map(({ id }) => id)),
    ...found,
  ]);
  return done(members.filter(({ id }) => chosen.has(id)));
}

function reasonAgainst(member: Member | undefined): string | undefined {
  if (member === undefined) return "is not on Sideline's list: import them first";
  if (!mayBeMessaged(member.status)) return `is ${member.status} in Slack`;
  return member.roles.includes('rep') ? undefined : 'is not a rep here';
}

const columns = ['slack_user_id', 'email'];

function readPasted(text: string, members: readonly Member[]): { found: string[]; problems: FileProblem[] } {
  if (text.trim() === '') return { found: [], problems: [] };
  let records: { record: string[]; info: { lines: number } }[];
  try {
    // The library's types do not follow `info`, which wraps every record together with its line.
    records = parse(text, options) as unknown as typeof records;
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return { found: [], problems: [{ line, reason: `not readable as CSV: ${(error as Error).message}` }] };
  }
  const byId = new Map(members.map((member) => [member.id, member]));
  const byEmail = new Map(members.map((member) => [member.email?.toLowerCase(), member]));
  const found: string[] = [];
  const problems: FileProblem[] = [];
  for (const [index, { record, info }] of records.entries()) {
    const cells = record.filter((cell) => cell !== '');
    if (index === 0 && cells.some((cell) => columns.includes(cell.toLowerCase()))) continue;
    const named = cells.find((cell) => isId(cell) || cell.includes('@'));
    if (named === undefined) {
      problems.push({
        line: info.lines,
        reason: `“${cells[0]}” is neither a Slack id nor an e-mail address`,
      });
      continue;
    }
    const member = isId(named) ? byId.get(named) : byEmail.get(named.toLowerCase());
    const reason = reasonAgainst(member);
    if (reason === undefined && member !== undefined) found.push(member.id);
    else problems.push({ line: info.lines, reason: `${named} ${reason}` });
  }
  return { found, problems };
}

const isId = (cell: string): boolean => /^[UW][A-Z0-9]{2,}$/.test(cell);

const options = {
  bom: true,
  info: true,
  trim: true,
  skip_empty_lines: true,
  // Spreadsheets leave rows of commas behind.
  skip_records_with_empty_values: true,
  relax_column_count: true,
} as const;
