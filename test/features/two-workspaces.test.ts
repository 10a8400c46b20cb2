import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyTable } from '#storage/every-table.ts';
import type { Person } from '#test/person.ts';
import { post, signedHeaders } from '#test/slack-app/signed.ts';
import { startTwoWorkspaces, type Tenant, type TwoWorkspaces } from '#test/two-workspaces.ts';
import { slackApp, userId } from '#test/world.ts';
import { fillAll } from './filling.ts';
import { type Elsewhere, type Forged, pressedElsewhere, sentAgain } from './forged-requests.ts';
import { fillLog, openLog } from './logging.ts';
import { fillDebrief, openObserve, withMore } from './observing.ts';
import { makeProgramme, pressOnCard } from './training.ts';

const zone = 'America/New_York';
const team = [
  { name: 'Ellen', zone, role: 'enablement+admin' },
  { name: 'Dana', zone, role: 'manager' },
  { name: 'Sam', zone, role: 'rep', manager: 'Dana' },
  { name: 'Ana', zone, role: 'rep', manager: 'Dana' },
];
const people = ['Ellen', 'Dana', 'Sam'];

/** In everything that is written in the south, and in everybody's name there. */
const theirs = 'Zanzibar';

let world: TwoWorkspaces;
let elsewhere: Elsewhere;
let answers: Server;
/** What the application answered in the north, and said to addresses that came with a request. */
const heard: string[] = [];

beforeAll(async () => {
  world = await startTwoWorkspaces({ now: '2026-03-02T14:00:00Z', team });
  answers = createServer(async (request, response) => {
    for await (const chunk of request) heard.push(String(chunk));
    response.end('ok');
  });
  await new Promise<void>((resolve) => answers.listen(0, '127.0.0.1', resolve));
  elsewhere = {
    from: world.south,
    to: world.north,
    responseUrl: `http://127.0.0.1:${(answers.address() as AddressInfo).port}/`,
    instead: [theirs, 'Yucatan'],
  };
  await sql`update member set name = name || ' of ' || ${theirs} where workspace_id = ${world.south.workspaceId}`.execute(
    world.database.owner,
  );
  await coach(world.south, theirs);
}, 120_000);
afterAll(async () => {
  await world.close();
  await new Promise((resolve) => answers.close(resolve));
});

/** A week of a team, through every kind of form that somebody else's ids are in afterwards. */
async function coach({ person }: Tenant, word: string): Promise<void> {
  const [ellen, dana, sam] = people.map(person) as [Person, Person, Person];
  const text = `When the buyer from ${word} names a price, ask what it is compared with.`;
  await makeProgramme(ellen, { name: `Training in ${word}`, sessionOn: '2026-03-03', reps: ['Sam'] });
  await world.travelTo('2026-03-04T15:00:00Z');
  const question = await pressOnCard(sam, 'Answer');
  await fillAll(question, text);
  await question.submit();
  await world.travelTo('2026-03-05T21:30:00Z');
  const log = await openLog(dana, 'Sam');
  await log.press('More');
  await fillLog(await dana.untilModal((one) => one.labels.includes('Private note')), text);
  await dana.modal().fill('Private note', `Private, in ${word}`);
  expect(await dana.modal().submit()).toMatchObject({ closed: true });
  const debrief = await withMore(dana, await openObserve(dana, 'Sam'));
  await fillDebrief(debrief, { Account: word, 'What worked, and why?': text, 'One moment to replay': text });
  await dana.modal().fill('Private note', `Private, in ${word}`);
  expect(await dana.modal().submit()).toMatchObject({ closed: true });
  await dana.run('/coach practice @Sam');
  await (await dana.untilModal()).choose('What to practise', 'Write your own');
  const practice = await dana.untilModal((modal) => modal.labels.includes('Its name'));
  await fillAll(practice, text);
  expect(await practice.submit()).toMatchObject({ closed: true });
  await look({ person } as Tenant);
  await world.travelTo('2026-03-06T15:00:00Z');
}

/** Everything in which one can read of others. */
async function look({ person }: Pick<Tenant, 'person'>): Promise<void> {
  for (const name of people) {
    const who = person(name);
    who.openHome();
    await who.untilHome();
    for (const typed of words) {
      await who.run(typed);
      if (who.hasModal()) {
        await who.untilModal((modal) => !modal.texts.includes('One moment…'));
        await who.modal().close({ all: true });
      }
    }
  }
}

const words = [
  '/coach',
  '/coach why @Sam',
  '/coach why',
  '/coach privacy',
  '/coach people',
  '/coach people @Sam',
  '/coach people zanz',
  '/coach log @Sam',
  '/coach observe @Sam',
  '/coach practice @Sam',
  '/coach certify @Sam',
  '/coach cadence @Sam',
  '/coach programme',
  '/coach settings',
  '/coach digest',
  '/coach time',
];

/** All that is kept of the south, and what stands in its Slack. */
async function south(): Promise<Record<string, unknown>> {
  const kept: Record<string, unknown> = {};
  for (const table of await everyTable(world.database.owner)) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t
      where workspace_id = ${world.south.workspaceId} order by 1`.execute(world.database.owner);
    kept[table] = rows.map(({ row }) => row);
  }
  return { ...kept, 'in Slack': world.south.slack.snapshot().messages };
}

const callsOf = ({ slack }: Tenant) => slack.calls.list().filter(({ direction }) => direction === 'from app');

/** What anybody in the north was shown, or could have been. */
const shownInNorth = (): string => JSON.stringify([callsOf(world.north), heard]);

/** A trigger of somebody in the north that opens one modal, or one on top of another. */
async function triggerOf(id: string, inModal: boolean): Promise<string> {
  const { slack } = world.north;
  const who = world.north.person(people.find((name) => userId(name) === id) ?? '');
  if (who.hasModal()) await who.modal().close({ all: true });
  if (inModal) {
    await who.run('/coach privacy');
    await who.untilModal();
  }
  await who.run('/coach help');
  const { request } = slack.calls.list().findLast(({ kind }) => kind === 'command') ?? {};
  return (request as { trigger_id: string }).trigger_id;
}

async function send(forged: readonly Forged[]): Promise<void> {
  for (const { what, userId: id, inModal, body } of forged) {
    const sent = body(await triggerOf(id, inModal));
    const answer = await post(world.application.port, sent, signedHeaders(slackApp.signingSecret, sent));
    heard.push(await answer.text());
    expect(answer.status, what).toBe(200);
  }
}

/** Nothing of the south has changed, was called, or was shown in the north. */
async function expectApart(act: () => Promise<unknown>): Promise<void> {
  await world.south.slack.settled();
  const before = await south();
  const called = callsOf(world.south).length;
  await act();
  await world.north.slack.settled();
  expect(await south()).toEqual(before);
  expect(callsOf(world.south)).toHaveLength(called);
  const shown = shownInNorth();
  const at = shown.indexOf(theirs);
  expect(at === -1 ? '' : shown.slice(Math.max(0, at - 200), at + 200)).toBe('');
}

describe('two workspaces with people of the same ids, in one application', () => {
  test('what is read in one shows nothing of the other', async () => {
    expect(JSON.stringify(await south())).toContain(theirs);
    await expectApart(() => look(world.north));
  });

  test('what was sent in one reaches nothing of it from the other, whichever ids are in it', async () => {
    const forged = sentAgain(elsewhere);
    expect(forged.length).toBeGreaterThan(60);
    await expectApart(() => send(forged));
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from one_on_one_log
      where workspace_id = ${world.north.workspaceId}`.execute(world.database.owner);
    // It was taken for what it says, here.
    expect(rows).toEqual([{ count: 1 }]);
  }, 120_000);

  test('no button of one reaches anything of it in the hands of the other’s people', async () => {
    const forged = pressedElsewhere(elsewhere, people.map(userId), [...world.south.slack.calls.list()]);
    expect(forged.length).toBeGreaterThan(100);
    await expectApart(() => send(forged));
  }, 240_000);
});
