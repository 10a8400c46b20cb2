import { inTurns } from './in-turns.ts';
import type { FileProblem } from './people-file.ts';
import type { PersonRow } from './people-row.ts';
import { admitted, type SlackPeople, type SlackPerson } from './slack-people.ts';

/** A row of the people file and who it is about. */
export interface Identified {
  row: PersonRow;
  person: SlackPerson;
}

/** Finds out who each row is about, or why it can be about nobody. */
export async function identifyPeople(
  rows: readonly PersonRow[],
  slack: SlackPeople,
  settings: { guestsAllowed: boolean },
): Promise<{ people: Identified[]; problems: FileProblem[] }> {
  const people: Identified[] = [];
  const problems: FileProblem[] = [];
  const lineOf = new Map<string, number>();
  for await (const some of inTurns(rows)) {
    for (const row of some) {
      const named = row.slackUserId ?? row.email ?? '';
      const found =
        row.slackUserId === undefined ? slack.byEmail.get(row.email ?? '') : slack.byId.get(row.slackUserId);
      if (found === undefined) {
        problems.push({ line: row.line, reason: `Slack knows nobody as ${named} in this workspace` });
        continue;
      }
      const person = { ...found, status: admitted(found, settings) };
      const reason = problemOf(row, named, person, lineOf.get(person.id));
      if (reason !== undefined) {
        problems.push({ line: row.line, reason });
        continue;
      }
      lineOf.set(person.id, row.line);
      people.push({ row, person });
    }
  }
  return { people, problems };
}

function problemOf(
  { email }: PersonRow,
  named: string,
  person: SlackPerson,
  earlierLine: number | undefined,
): string | undefined {
  if (earlierLine !== undefined) return `${named} is the same person as in line ${earlierLine}`;
  if (email !== undefined && person.email !== null && email !== person.email) {
    return `${named} has another email in Slack than ${email}`;
  }
  switch (person.status) {
    case 'bot':
      return `${named} is a bot`;
    case 'guest':
      return `${named} is a guest; guests get no messages`;
    case 'deactivated':
      return `${named} is deactivated in Slack`;
    case 'active':
      return undefined;
  }
}
