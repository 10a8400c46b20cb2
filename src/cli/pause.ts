import { pauseWorkspace } from '#services/pause-workspace.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, Misused, Refused } from './command.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

export const pause: Command = {
  summary: 'send nothing more until resume; what people open themselves goes on working',
  usage: '',
  ofWorkspace: true,
  async run({ words, workspace: named, config: read }) {
    if (words.length > 0) throw new Misused('pause takes nothing but options.');
    const config = configOf(read);
    return withDatabase(config, async (database) => {
      const { id, name, startedAt, pausedAt } = await chooseWorkspace(database, named);
      if (startedAt === null) {
        throw new Refused(`${name} was never started, so nothing is sent there. There is nothing to pause.`);
      }
      const already = pausedAt !== null;
      if (!already) await pauseWorkspace(serviceContext(config, database), id);
      const said = already
        ? `${name} is paused already; nothing was changed.`
        : `${name} is paused: nothing more is sent. \`npm run cli -- resume\` goes on.`;
      return { ok: true, lines: [said], data: { workspace: id, already } };
    });
  },
};
