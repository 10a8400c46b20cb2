import { readConfig } from '../config.ts';
import { runCli } from './run.ts';

/** `npm run cli -- <command>`. */
process.exitCode = await runCli({
  args: process.argv.slice(2),
  config: readConfig(process.env),
  tell: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
});
