import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explainMessage } from '#sandbox/explain.ts';
import { guideState, hasArrived } from '#sandbox/guide.ts';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { team } from '#sandbox/team.ts';
import { Person } from '#test/person.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

/** The past is made once; the tests go on from each other, as a visitor does. */
const directory = mkdtempSync(path.join(tmpdir(), 'sideline-sandbox-'));
let sandbox: Sandbox;

async function start(dataDirectory = directory, empty = false): Promise<Sandbox> {
  const read = readConfig({});
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return startSandbox({
    config: read.config,
    log: createLog('silent'),
    port: 0,
    dataDirectory,
    seed: 1,
    reset: false,
    empty,
  });
}

beforeAll(async () => {
  sandbox = await start();
}, 120_000);

afterAll(async () => {
  await sandbox.stop();
  rmSync(directory, { recursive: true, force: true });
});

const at = (instant: number): string => new Date(instant).toISOString();

test('has a team of the promised shape', () => {
  const reps = team.filter((one) => one.roles.includes('rep'));
  expect(team.filter((one) => one.roles.includes('enablement'))).toHaveLength(1);
  expect(team.filter((one) => one.roles.includes('manager'))).toHaveLength(5);
  expect(reps).toHaveLength(20);
  expect(new Set(reps.map((one) => one.zone)).size).toBe(6);
  expect(new Set(reps.map((one) => one.wave))).toEqual(new Set([1, 2, 3, 4]));
});

test('begins when Sam’s 1:1 has just ended, with a past that leaves nobody an empty screen', async () => {
  expect(at(sandbox.clock.now())).toBe('2026-06-11T20:00:00.000Z');
  for (const { id, name, roles } of team) {
    const person = new Person(sandbox.slack, id);
    const messages = person.dm();
    if (!roles.includes('enablement')) expect(messages.length, name).toBeGreaterThan(6);
    person.openHome();
    const home = await person.untilHome((one) => one.texts.length > 1);
    expect(home.texts.length, name).toBeGreaterThan(1);
  }
});

test('lived its past: whatever is over ended in one way, and some of each', async () => {
  const endings = await sandbox.application.context.database.inWorkspace('T0SANDBOX', (trx) =>
    trx
      .selectFrom('occurrence')
      .select(['state', (count) => count.fn.countAll<number>().as('n')])
      .where('closes_at', '<', new Date(sandbox.clock.now()))
      .groupBy('state')
      .execute(),
  );
  const byState = Object.fromEntries(endings.map((one) => [one.state, Number(one.n)]));
  // The time reports of Good Friday are excused.
  expect(Object.keys(byState).sort()).toEqual(['done', 'excused', 'expired']);
  expect(byState['done']).toBeGreaterThan(150);
  expect(byState['expired']).toBeGreaterThan(20);
  const digest = sandbox.slack
    .person('U0PRIYA')
    .messages('C0ENABLEMENT')
    .filter(({ text }) => text.startsWith('Coaching, '));
  expect(digest).toHaveLength(5);
  expect(digest.at(-1)?.text).toMatch(/^Coaching, 1–7 Jun: 1:1s \d+ of \d+/);
});

test('the guided minute: Dana logs, Sam sees the one thing and no note, the follow-up closes the chain', async () => {
  const dana = new Person(sandbox.slack, 'U0DANA');
  const sam = new Person(sandbox.slack, 'U0SAM');
  const prompt = dana.dm().at(-1);
  expect(prompt?.text).toBe("Sam's 1:1 just ended. Log one thing.");

  await prompt?.press('Log 1:1');
  const modal = await dana.untilModal();
  expect(modal.texts.join('\n')).toContain('On the Harbour call they asked for the price');
  await modal.press('More');
  const more = await dana.untilModal((one) => one.labels.includes('Private note'));
  await more.choose('What happened?', 'Did it unasked');
  await more.choose('How do you know?', 'Heard it');
  await more.choose('Mostly about', 'A skill');
  await more.fill('One thing to try', 'When they ask for the price, ask what they compare it with.');
  await more.fill('Private note', 'Give Sam the Harbour renewal.');
  expect(await more.submit()).toMatchObject({ closed: true });
  expect(await guideState(sandbox)).toMatchObject({ logged: true, closed: false });
  const from = sandbox.clock.now();
  expect(await hasArrived(sandbox, 'follow-up', from)).toBe(false);

  sam.openHome();
  const home = await sam.untilHome((one) =>
    one.texts.some((text) => text.includes('ask what they compare it with')),
  );
  expect(home.texts.join('\n')).not.toContain('renewal');
  expect(JSON.stringify(sandbox.slack.snapshot().messages)).not.toContain('Give Sam the Harbour renewal');

  await sandbox.travelTo(Date.parse('2026-06-16T13:00:00Z'));
  expect(await hasArrived(sandbox, 'day-30', from)).toBe(true);
  const card = sam.dm().findLast((one) => one.texts.join('\n').includes('Day 30: a quick look'));
  await card?.press('Look back');
  const look = await sam.untilModal();
  for (const pillar of ['Teach', 'Tailor', 'Take Control']) await look.choose(pillar, 'Did it unasked');
  expect(await look.submit()).toMatchObject({ closed: true });
  expect((await guideState(sandbox)).day30).toEqual({ rep: true, manager: false });
  await dana.dm().at(-1)?.press('Look back');
  const rows = await dana.untilModal();
  expect(rows.title).toContain('Day 30');
  await rows.submit();
  expect((await guideState(sandbox)).day30).toEqual({ rep: true, manager: true });

  await sandbox.travelTo(Date.parse('2026-06-18T20:00:00Z'));
  expect(await hasArrived(sandbox, 'follow-up', from)).toBe(true);
  const followUp = dana.dm().at(-1);
  expect(followUp?.text).toBe("Sam's 1:1 just ended. Log one thing.");
  await followUp?.press('Log 1:1');
  const again = await dana.untilModal((one) => one.labels.includes('What happened?'));
  expect(again.texts.join('\n')).toContain('ask what they compare it with');
  await again.choose('What happened?', 'When reminded');
  await again.choose('How do you know?', 'Heard it');
  await again.choose('Mostly about', 'A skill');
  await again.fill('One thing to try', 'Before the demo, ask who else has to say yes, and write it down.');
  expect(await again.submit()).toMatchObject({ closed: true });
  expect(await guideState(sandbox)).toMatchObject({ logged: true, closed: true });
});

test('a week of travelling is lived, at everybody’s own hours, and each message can be explained', async () => {
  const from = sandbox.clock.now();
  await sandbox.travelTo(from + 7 * 86_400_000);
  const yuki = new Person(sandbox.slack, 'U0YUKI');
  const question = yuki.dm().findLast((one) => one.texts.join('\n').includes('1:1 with Mei'));
  // The working day before Tuesday 13:30 in Tokyo, at 09:00 there.
  expect(at(question?.shown.shownAt ?? 0)).toBe('2026-06-22T00:00:00.000Z');
  const { channel = '', ts = '' } = question?.shown ?? {};
  const explained = await explainMessage(sandbox, channel, ts);
  expect(explained?.why[0]).toBe(
    'Yuki Sato got this at 2026-06-22 09:00 of their own time (Asia/Tokyo), because everything asked on a day is on one card, at nine or when work begins.',
  );
});

test('what it holds survives a restart', async () => {
  const dana = () => new Person(sandbox.slack, 'U0DANA').dm().map((message) => message.text);
  const before = dana();
  const now = sandbox.clock.now();
  await sandbox.stop();
  sandbox = await start();
  expect(sandbox.clock.now()).toBe(now);
  expect(dana()).toEqual(before);
  await sandbox.travelToNextMessage();
  expect(sandbox.clock.now()).toBeGreaterThan(now);
});

test('an empty one has the people in Slack and nobody in Sideline, and is set up by an admin of Slack', async () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'sideline-empty-'));
  const installed = await start(empty, true);
  try {
    const priya = new Person(installed.slack, 'U0PRIYA');
    priya.openHome();
    const home = await priya.untilHome();
    await home.press('Set up Sideline');
    await priya.untilHome((one) => one.texts.join(' ').includes('5 of 5 steps left'));
  } finally {
    await installed.stop();
    rmSync(empty, { recursive: true, force: true });
  }
}, 60_000);
