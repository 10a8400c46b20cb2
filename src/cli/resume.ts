import { resumeWorkspace } from '#services/start-workspace.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, Misused, Refused } from './command.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

export const resume: Command = {
  summary: 'go on after a pause',
  usage: '',
  ofWorkspace: true,
  async run({ words, workspace: named, config: read }) {
    if (words.length > 0) throw new Misused('resume takes nothing but options.');
    const config = configOf(read);
    return withDatabase(config, async (database) => {
      const { id, name, startedAt, pausedAt } = await chooseWorkspace(database, named);
      if (startedAt === null) {
        throw new Refused(
          `${name} was never started, so there is nothing to resume. \`npm run cli -- start\` begins.`,
        );
      }
      const already = pausedAt === null;
      await resumeWorkspace(serviceContext(config, database), id);
      const said = already
        ? `${name} was not paused; nothing was changed.`
        : `${name} goes on. What is still open is asked in one message; what is over is not made up for.`;
      return { ok: true, lines: [said], data: { workspace: id, already } };
    });
  },
};
