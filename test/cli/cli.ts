import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runCli } from '#cli/run.ts';
import { readConfig } from '../../src/config.ts';

export interface Ran {
  status: number;
  out: string;
  errors: string;
}

const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Runs the command line as an operator does, in a process of its own, with these settings and no others. */
export function cli(
  args: string[],
  settings: Record<string, string> = {},
  directory = tmpdir(),
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd: directory, env: settings };
    execFile(process.execPath, [program, ...args], options, (error, out, errors) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ status, out: out.trim(), errors: errors.trim() });
    });
  });
}

/** The same with --json; nothing but one line of JSON may come. */
export async function cliJson(
  args: string[],
  settings: Record<string, string> = {},
  directory?: string,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const { status, out, errors } = await cli([...args, '--json'], settings, directory);
  if (errors !== '' || out.includes('\n')) throw new Error(`not one line of JSON: ${out} ${errors}`);
  return { status, json: JSON.parse(out) as Record<string, unknown> };
}

/** The same in this process, for what needs no process to be seen: starting one takes most of a test's time. */
export async function here(args: string[], settings: Record<string, string> = {}): Promise<Ran> {
  const out: string[] = [];
  const errors: string[] = [];
  const status = await runCli({
    args,
    config: readConfig(settings),
    tell: (text) => out.push(text),
    complain: (text) => errors.push(text),
  });
  return { status, out: out.join('\n'), errors: errors.join('\n') };
}

export async function hereJson(
  args: string[],
  settings: Record<string, string> = {},
): Promise<{ status: number; json: Record<string, unknown> }> {
  const { status, out } = await here([...args, '--json'], settings);
  return { status, json: JSON.parse(out) as Record<string, unknown> };
}
