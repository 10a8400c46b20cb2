import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { scopes } from '#services/register-workspace.ts';
import type { Stage } from './engine.ts';
import { due } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const post = 'chat.postMessage';
const asked = '2026-03-05T16:30:00Z';
const managers = ['ann', 'ben', 'cem', 'dan', 'eve', 'fay'];
const pairs = managers.map((manager) => ({ manager, rep: `${manager}sen` }));

/** The program itself, as it runs in production. */
interface Running {
  role: string;
  url: string;
  child: ChildProcess;
  /** Its exit status. */
  ended: Promise<number | null>;
}

const running: Running[] = [];
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ ended }) => ended));
});

/** Resolves when it says that it runs; its business time begins when the messages are due. */
async function start({ slack, database }: Stage, role: string): Promise<Running> {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      SLACK_BOT_TOKEN: slack.token,
      SLACK_SIGNING_SECRET: 'secret',
      SLACK_API_URL: slack.faulty.apiUrl,
      DATABASE_URL: database.url,
      PORT: '0',
      SIDELINE_ROLE: role,
      SIDELINE_NOW: asked,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([status]) => status as number | null);
  const port = new Promise<number>((resolve, reject) => {
    createInterface(child.stdout as Readable).on('line', (line) => {
      const said = JSON.parse(line) as { msg: string; port?: number };
      if (said.msg === 'Sideline is running' && said.port !== undefined) resolve(said.port);
    });
    void ended.then((status) => reject(new Error(`a ${role} ended with ${status}`)));
  });
  const one = { role, child, ended, url: '' };
  running.push(one);
  one.url = `http://127.0.0.1:${await port}`;
  return one;
}

/** What it says of itself: ready, or why not. */
async function checksOf({ url }: Running): Promise<Record<string, string>> {
  const { checks } = (await (await fetch(`${url}/readyz`)).json()) as { checks: Record<string, string> };
  return checks;
}

/** To where Slack sends; 401 is for what is not signed, 404 where nobody answers Slack. */
const slackStatus = async ({ url }: Running): Promise<number> =>
  (await fetch(`${url}/slack/events`, { method: 'POST', body: '{}' })).status;

async function stageAtDue(): Promise<Stage> {
  const stage = await setStage({ pairs, scopes: [...scopes] });
  await stage.engine.travelTo('2026-03-05T16:29:59Z');
  stage.engine.jumpTo(asked);
  return stage;
}

async function expectOneEach(stage: Stage): Promise<void> {
  await stage.slack.faulty.untilRequest(() => stage.slack.faulty.accepted(post).length >= managers.length, {
    withinMs: 60_000,
  });
  for (const one of running) one.child.kill('SIGTERM');
  expect(await Promise.all(running.map(({ ended }) => ended))).toEqual(running.map(() => 0));
  for (const manager of managers) expect(await stage.slack.messagesTo(manager)).toHaveLength(1);
  expect(await due(stage)).toMatchObject(managers.map(() => ({ state: 'delivered', last_answer: 'ok' })));
}

test('web answers Slack and sends nothing, workers send and do not answer; each message goes out once', async () => {
  const stage = await stageAtDue();
  const web = await start(stage, 'web');
  expect(await slackStatus(web)).toBe(401);
  expect(await checksOf(web)).toEqual({ database: 'ok', migrations: 'ok' });
  expect(stage.slack.faulty.accepted(post)).toEqual([]);

  const workers = await Promise.all([start(stage, 'worker'), start(stage, 'worker')]);
  for (const worker of workers) {
    expect(await slackStatus(worker)).toBe(404);
    expect(await checksOf(worker)).toEqual({ database: 'ok', migrations: 'ok', planner: 'ok' });
  }
  await expectOneEach(stage);
}, 120_000);

test('SIGTERM settles what is being posted and begins nothing; another goes on at once', async () => {
  const stage = await stageAtDue();
  const hold = stage.slack.faulty.hold(post, 'answer');
  const first = await start(stage, 'all');
  await hold.untilHeld();
  first.child.kill('SIGTERM');
  // It takes nothing new any more; then Slack answers.
  while (await fetch(`${first.url}/healthz`).catch(() => undefined));
  hold.release();
  expect(await first.ended).toBe(0);
  running.splice(0);
  const states = (await due(stage)).map(({ state, last_answer }) => `${state} ${last_answer}`).sort();
  expect(states).toEqual(['delivered ok', ...managers.slice(1).map(() => 'pending released')]);

  await start(stage, 'worker');
  await expectOneEach(stage);
}, 120_000);
