import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { createPage } from '#sandbox/page-server/page.ts';
import type { PageSandbox } from '#sandbox/page-server/parts.ts';
import { MIA, SAM, startWorkspace } from '../local-slack/workspace.ts';

const start = Date.parse('2026-03-06T20:00:00Z');

let slack: LocalSlack;
let running: PageSandbox | undefined;
let now = start;
/** Lets a journey end. */
let arrive: () => void = () => {};

beforeEach(async () => {
  now = start;
  running = undefined;
  const page = createPage(() => running, {
    members: [
      { id: MIA, roles: ['manager'] },
      { id: SAM, roles: ['rep'], manager: MIA },
    ],
  });
  slack = await startWorkspace({ handler: page, businessNow: () => now });
  running = {
    slack,
    clock: { now: () => now },
    travelTo(instant) {
      now = instant;
      return new Promise((resolve) => {
        arrive = resolve;
      });
    },
    travelToNextMessage: () => Promise.resolve(now),
  };
});
afterEach(() => slack.close());

const get = async (path: string, headers: Record<string, string> = {}) =>
  fetch(`${slack.url}${path}`, { headers });
const post = (path: string, body: unknown, type = 'application/json') =>
  fetch(`${slack.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });

function statusWithHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(slack.url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('who may ask', () => {
  test('the page itself and programs on this machine', async () => {
    expect((await get('/')).status).toBe(200);
    expect((await get('/page/world', { origin: slack.url, 'sec-fetch-site': 'same-origin' })).status).toBe(
      200,
    );
  });

  test('no other website, by its origin or by a name it lets point here', async () => {
    expect((await get('/page/world', { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await get('/page/world', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await statusWithHost('elsewhere.example')).toBe(403);
    expect((await get('/api/auth.test', { origin: 'https://elsewhere.example' })).status).toBe(403);
  });

  test('the page may fetch nothing from anywhere else', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe/);
  });
});

describe('what is asked', () => {
  test('people stand by the part they play', async () => {
    const world = (await (await get('/page/world')).json()) as {
      groups: { label: string; people: { name: string }[] }[];
    };
    expect(world.groups.map((group) => [group.label, group.people.map((one) => one.name)])).toEqual([
      ["Mia's team", ['Mia Chen', 'Sam Ortiz']],
      ['Others', ['Sam Reed']],
    ]);
  });

  test('a deed of another form is refused and not done', async () => {
    expect((await post(`/page/as/${MIA}/say`, { channel: 'C0GENERAL1', text: 7 })).status).toBe(400);
    expect(
      (await post(`/page/as/${MIA}/say`, { channel: 'C0GENERAL1', text: 'x' }, 'text/plain')).status,
    ).toBe(400);
    expect((await post(`/page/as/${MIA}/constructor`, {})).status).toBe(404);
    expect(slack.person(MIA).messages('C0GENERAL1')).toEqual([]);
  });

  test('what is not there any more is said to be so', async () => {
    expect((await post(`/page/as/${MIA}/submit`, { view: 'V0GONE' })).status).toBe(409);
    expect((await get('/page/as/U0NOBODY')).status).toBe(409);
  });

  test('a workspace still in the making says so, and the page is there already', async () => {
    running = undefined;
    expect((await get('/page/world')).status).toBe(503);
    expect((await get('/')).status).toBe(200);
  });
});

describe('travelling', () => {
  test('goes a week on the wall clock of the person, over a change of the clocks', async () => {
    expect((await post('/page/travel', { to: 'week', as: SAM })).status).toBe(200);
    // New York moves its clocks on 8 March: 15:00 there is an hour earlier in UTC a week later.
    expect(new Date(now).toISOString()).toBe('2026-03-13T19:00:00.000Z');
    arrive();
  });

  test('is one journey at a time', async () => {
    await post('/page/travel', { to: 'hour', as: SAM });
    expect((await post('/page/travel', { to: 'hour', as: SAM })).status).toBe(409);
    expect(now).toBe(start + 3_600_000);
    arrive();
  });
});
