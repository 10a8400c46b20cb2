import { type Command, Misused } from './command.ts';
import type { Check } from './doctor/check.ts';
import { examine } from './doctor/examine.ts';

export const doctor: Command = {
  summary: 'check settings, database, Slack and the ledger, and say what to do',
  usage: '',
  ofWorkspace: false,
  async run({ words, config }) {
    if (words.length > 0) throw new Misused('doctor takes nothing but options.');
    const checks = await examine(config);
    return {
      ok: checks.every(({ state }) => state !== 'wrong'),
      lines: checks.flatMap(linesOf),
      data: { checks },
    };
  },
};

const sign = { ok: 'ok   ', note: 'note ', wrong: 'WRONG' } as const;

function linesOf({ name, state, found, todo = [] }: Check): string[] {
  return [`${sign[state]}  ${name}: ${found}`, ...todo.map((line) => `       ${line}`)];
}
