import { readFile } from 'node:fs/promises';
import { importPeople, previewPeople } from '#services/import-people.ts';
import type { FileProblem } from '#services/people-file.ts';
import type { PlannedImport } from '#services/plan-import.ts';
import type { Database } from '#storage/database.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import type { Config } from '../config.ts';
import { type Command, Misused, type Outcome, Refused } from './command.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';
import { reachWorkspace } from './workspace-api.ts';

export const importFile: Command = {
  summary: 'take over people from a file: all of them, or none and the reasons',
  usage: '<people.csv> [--preview] [--again]',
  about: [
    'The file is CSV in UTF-8 with the header',
    '  slack_user_id,email,role,manager,segment,wave,start_date,country',
    'slack_user_id or email says who it is. role is rep, manager, enablement or admin, several joined by +.',
    'manager is an id or an email, of somebody in the file or known already. Columns that are left out stay as',
    'they are known; people who are not in the file stay as they are.',
    '--preview says what would change, and changes nothing. --again takes in people who were erased, as if they were new.',
  ].join('\n'),
  ofWorkspace: true,
  hasPreview: true,
  hasAgain: true,
  async run({ words, workspace, preview, again, config: read }) {
    const [file] = words;
    if (file === undefined || words.length > 1) throw new Misused('Say which file: import <people.csv>');
    const config = configOf(read);
    if (config.slack.kind === 'none') throw new Refused(needsSlack);
    const text = await textOf(file);
    return withDatabase(config, (database) =>
      importText(config, database, workspace, { text, preview, again }),
    );
  },
};

const needsSlack = [
  'import needs Slack, to find out who the people are: set SLACK_BOT_TOKEN, and SLACK_SIGNING_SECRET or ' +
    'SLACK_APP_TOKEN. Nothing was imported.',
  'Without them Sideline runs as a sandbox, which brings a team of its own.',
];

async function textOf(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const reason = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder',
      EACCES: 'it may not be read',
    };
    throw new Refused(
      `${file} was not imported: ${reason[code as keyof typeof reason] ?? code}. Nothing was changed.`,
      { cause: error },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Refused(
      `${file} was not imported: it is not in UTF-8. Nothing was changed. Save it as "CSV UTF-8" and try again.`,
      { cause: error },
    );
  }
}

async function importText(
  config: Config,
  database: Database,
  wanted: string | undefined,
  { text, preview, again }: { text: string; preview: boolean; again: boolean },
): Promise<Outcome> {
  const context = serviceContext(config, database);
  const { workspaceId, name, client } = await reachWorkspace(config, database, wanted);
  const given = { ...context, client };
  if (preview) {
    const planned = await previewPeople(given, workspaceId, text, { again });
    return planned.ok ? previewed(workspaceId, name, planned.value) : refusal(workspaceId, planned.problem);
  }
  const imported = await importPeople(given, workspaceId, text, { again });
  if (!imported.ok) return refusal(workspaceId, imported.problem);
  const { added, updated, unchanged, managersChanged } = imported.value;
  const started = await database.inWorkspace(workspaceId, (trx) => findWorkspace(trx, workspaceId));
  return {
    ok: true,
    lines: [
      `Imported into ${name}: ${added} added, ${updated} changed, ${unchanged} as they were; ${managersChanged} with a new manager.`,
      ...(started?.startedAt == null ? ['Nobody is asked anything yet: `npm run cli -- start` begins.'] : []),
    ],
    data: { workspace: workspaceId, ...imported.value },
  };
}

function refusal(workspace: string, problems: FileProblem[]): Outcome {
  return {
    ok: false,
    lines: [
      ...problems.map(({ line, reason }) => `line ${line}: ${reason}`),
      'Nothing was imported. Correct these lines and import the file again.',
    ],
    data: { workspace, problems },
  };
}

function previewed(workspace: string, name: string, { plan, open }: PlannedImport): Outcome {
  const { added, changed, moved, unchanged } = plan;
  const inWords = (value: unknown): string =>
    Array.isArray(value) ? value.join('+') : String(value ?? 'none');
  return {
    ok: true,
    lines: [
      ...added.map((one) => `add ${one.name} (${one.id}): ${one.roles.join('+')}`),
      ...changed.flatMap((one) =>
        one.changes.map(
          ({ field, before, after }) =>
            `change ${one.name} (${one.id}): ${field} ${inWords(before)} → ${inWords(after)}`,
        ),
      ),
      ...moved.map(({ rep, from, to }) => {
        const excused = open.get(rep.id)?.excused ?? 0;
        const line = `manager of ${rep.name} (${rep.id}): ${from?.name ?? 'nobody'} → ${to?.name ?? 'nobody'}`;
        return excused === 0 ? line : `${line}; ${excused} open excused`;
      }),
      `Would import into ${name}: ${added.length} added, ${changed.length} changed, ${unchanged} as they are; ${moved.length} with a new manager. Nothing was changed.`,
    ],
    data: { workspace, preview: true, added, changed, moved, unchanged },
  };
}
