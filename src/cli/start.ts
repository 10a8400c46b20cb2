import { startWorkspace } from '#services/start-workspace.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, Misused } from './command.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

export const start: Command = {
  summary: 'begin to ask people; nothing is sent before',
  usage: '',
  ofWorkspace: true,
  async run({ words, workspace: named, config: read }) {
    if (words.length > 0) throw new Misused('start takes nothing but options.');
    const config = configOf(read);
    return withDatabase(config, async (database) => {
      const { id, name, startedAt, pausedAt } = await chooseWorkspace(database, named);
      const { cadences, already } = await startWorkspace(serviceContext(config, database), id);
      const nobody = startedAt === null && cadences === 0;
      const said = already
        ? `${name} was started already; nothing was changed.`
        : pausedAt !== null && startedAt !== null
          ? `${name} goes on. What is still open is asked in one message; what is over is not made up for.`
          : `${name} is started: ${cadences} weekly 1:1s are planned.`;
      return {
        ok: true,
        lines: [said, ...(nobody ? ['Nobody is to be asked yet: import people first or next.'] : [])],
        data: { workspace: id, cadences, already },
      };
    });
  },
};
