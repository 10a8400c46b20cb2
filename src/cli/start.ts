import { choosePilot, type NotForPilot } from '#services/choose-pilot.ts';
import { type Started, startWorkspace } from '#services/start-workspace.ts';
import type { Database } from '#storage/database.ts';
import type { Workspace } from '#storage/workspaces.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, Misused, Refused } from './command.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

export const start: Command = {
  summary: 'begin to ask people; nothing is sent before',
  usage: '[--pilot <ids>]',
  about:
    '--pilot names managers by Slack id or e-mail, with commas between them: they and their teams are asked, nobody else.\n' +
    'A later start without it is for everybody.',
  ofWorkspace: true,
  hasPilot: true,
  async run({ words, workspace: named, pilot: typed, config: read }) {
    if (words.length > 0) throw new Misused('start takes nothing but options.');
    const config = configOf(read);
    return withDatabase(config, async (database) => {
      const workspace = await chooseWorkspace(database, named);
      const pilot = typed === undefined ? undefined : await managersIn(database, workspace, typed);
      const started = await startWorkspace(serviceContext(config, database), workspace.id, pilot);
      if (started.kind === 'runs_for_all') {
        throw new Refused(
          `${workspace.name} runs for everybody already, so there is no pilot group to begin with. Nothing was ` +
            'changed. `npm run cli -- pause` stops it.',
        );
      }
      const { kind, managers, reps } = started;
      const nobody = kind === 'started' && managers === 0;
      return {
        ok: true,
        lines: [
          said(workspace, started, pilot !== undefined),
          ...(nobody ? ['Nobody is to be asked yet: import people first or next.'] : []),
        ],
        data: {
          workspace: workspace.id,
          already: kind === 'as_it_was',
          pilot: pilot !== undefined,
          managers,
          reps,
        },
      };
    });
  },
};

function said(
  { name, startedAt, pausedAt, pilot: wasPilot }: Workspace,
  started: Started,
  pilot: boolean,
): string {
  const { kind, managers, reps } = started;
  if (kind === 'as_it_was') return `${name} was started already; nothing was changed.`;
  if (startedAt !== null && pausedAt !== null && pilot === wasPilot) {
    return `${name} goes on. What is still open is asked in one message; what is over is not made up for.`;
  }
  const who = `${counted(managers, 'manager')} and ${counted(reps, 'rep')}`;
  return pilot
    ? `${name} is started for a pilot group: ${who} take part, nobody else is asked anything.`
    : `${name} is started for everybody: ${who} take part.`;
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

async function managersIn(database: Database, { id, name }: Workspace, typed: string): Promise<string[]> {
  const named = typed
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (named.length === 0)
    throw new Misused('--pilot names managers by Slack id or e-mail, with commas between them.');
  const chosen = await database.inWorkspace(id, (trx) => choosePilot(trx, id, named));
  if (chosen.ok) return chosen.value;
  throw new Refused([...chosen.problem.map((one) => notForPilot(one, name)), 'Nothing was changed.']);
}

function notForPilot({ named, kind }: NotForPilot, workspace: string): string {
  switch (kind) {
    case 'unknown':
      return `${named} is not known in ${workspace}. Import them first, or correct the id or address.`;
    case 'not_active':
      return `${named} is deactivated in Slack, a guest or a bot, and gets no messages.`;
    case 'coaches_nobody':
      return `Nobody reports to ${named}. A pilot group is made of managers, with their teams.`;
  }
}
