import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '#test/person.ts';
import { interaction, post, signedHeaders } from '#test/slack-app/signed.ts';
import { slackApp, startWorld, userId, type World } from '#test/world.ts';
import { markedUp, refusals } from './inert.ts';
import { commitmentsOf, fillLog, logsAbout } from './logging.ts';

/** Names and texts as nobody should have them. */
const hostileNames = [
  '<!channel> Eve',
  '*Bold* `Code` ~struck~ _slanted_',
  `Ed ${'Жоржетта-'.repeat(12)}`,
  'שרה Levi',
  'Turned \u202Earound',
  `Em${'🧑🏽‍🚀'.repeat(30)}`,
  'Zed\u0007 <@U0VICTIM> &amp; <https://evil.example|click>',
];
const hostileTexts = [
  'When <!channel> or <!here> <@U0VICTIM> <!subteam^S0LEADS>, ask <https://evil.example|why>',
  'When they say ```rm -rf``` or `code`, ask *why* _now_ ~then~\n> quoted\n• listed',
  `When 🧑🏽‍🚀 happens, do ${'🧨'.repeat(280)}`,
  'כאשר הקונה שואל על מחיר, שאל למה הוא משווה',
  'When it is \u202Eturned\u2066 around, ask how\u0000 it \u0007was',
  'When & < > &amp; &lt;!channel&gt; "quotes" \\slashes\\ {"json": true}, ask on',
  `When they ask about it, say ${'x'.repeat(570)}`,
];
const written = [
  /<!/,
  /<@U0VICTIM/,
  /<https:\/\/evil/,
  /```/,
  /`Code`/,
  /\*Bold\*/,
  /\*why\*/,
  /~struck~/,
  /[\u202A-\u202E]/,
];

let world: World;
let dana: Person;
const calls = () => world.slack.calls.list().filter(({ kind }) => kind !== 'event');

beforeAll(async () => {
  world = await startWorld({
    database: 'postgres',
    now: '2026-03-02T14:00:00Z',
    team: [
      { name: 'Dana', zone: 'America/New_York', role: 'manager' },
      ...hostileNames.map((name) => ({ name, zone: 'America/New_York', role: 'rep', manager: 'Dana' })),
      { name: 'Plain', zone: 'America/New_York', role: 'rep', manager: 'Dana' },
    ],
  });
  dana = world.person('Dana');
});
afterAll(() => world.close());

async function openLog(rep: string) {
  const told = dana.ephemeral().length;
  await dana.run(`/coach log <@${userId(rep)}|somebody>`);
  const offer = await dana.until(() => (dana.hasModal() ? null : dana.ephemeral()[told]));
  if (offer !== null) await offer.press('Log another');
  return dana.untilModal();
}

test('hostile names and texts go all the way, and Slack refuses none and reads nothing into them', async () => {
  // The day before: the question to each rep, answered with something hostile.
  await world.travelTo('2026-03-04T15:00:00Z');
  for (const [index, name] of hostileNames.entries()) {
    const rep = world.person(name);
    await rep.dm()[0]?.press('Answer');
    const question = await rep.untilModal();
    await question.fill('One moment you would like to replay', hostileTexts[index] ?? '');
    expect(await question.submit()).toMatchObject({ closed: true });
  }
  // Their 1:1s end; the card has a row for each. Each is logged, twice, so that the second shows the first.
  await world.travelTo('2026-03-05T21:30:00Z');
  for (const [index, name] of hostileNames.entries()) {
    const text = hostileTexts[index] ?? '';
    const modal = await fillLog(await openLog(name), text);
    await modal.press('More');
    const more = await dana.untilModal((one) => one.labels.includes('Private note'));
    await more.fill('Private note', text);
    expect(await more.submit()).toMatchObject({ closed: true });
    const again = await openLog(name);
    expect(again.texts.find((line) => line.startsWith('Last time: '))).toBeDefined();
    await again.close();
  }
  await world.travelTo('2026-03-05T21:31:00Z');
  const card = dana.dm().at(-1);
  expect(card?.texts.join('\n')).toContain('To try by');
  for (const name of ['Dana', ...hostileNames]) {
    const person = world.person(name);
    person.openHome();
    await person.untilHome();
  }
  // What is typed is repeated in answers; a real mention would be one in the answer, too.
  for (const text of hostileTexts) {
    const [line = ''] = text.replace('<@U0VICTIM>', '').split('\n');
    await dana.run(`/coach ${line}`);
    await dana.run(`/coach log ${line}`);
  }
  for (const word of ['*Bold*', '`Code`', '~struck~', '```fence']) {
    await dana.run(`/coach ${word}`);
    await dana.run(`/coach log ${word}`);
  }
  await world.slack.settled();
  expect(refusals(calls())).toEqual([]);
  expect(dana.ephemeral().filter(({ text }) => text.includes('failed with the error'))).toEqual([]);
  expect(markedUp(calls(), written)).toEqual([]);
}, 120_000);

test('what was written is kept as it was written, but for what no database takes', async () => {
  const stored = await Promise.all(hostileNames.map((name) => commitmentsOf(world, name)));
  const kept = hostileTexts.map((text) => text.replace('\u0000', '').replace('\u0007', '').trim());
  expect(stored.map(([one]) => one?.text)).toEqual(kept);
  const notes = await Promise.all(hostileNames.map((name) => logsAbout(world, name)));
  expect(notes.map(([one]) => one?.private_note)).toEqual(kept);
});

test('it is shown to its reader character by character', async () => {
  const modal = await openLog(hostileNames[1] ?? '');
  expect(modal.texts).toContain(
    'Last time: When they say ```rm -rf``` or `code`, ask *why* _now_ ~then~ > quoted • listed',
  );
  expect(modal.title).toBe('1:1 with *Bold*');
  await modal.close();
});

test('a name that reads to the left does not turn the words around it', async () => {
  const modal = await openLog('שרה Levi');
  expect(modal.title).toBe('1:1 with \u2068שרה\u2069');
  await modal.close();
});

test('a text that is longer than our limit, because Slack counts otherwise, is doubted and then kept', async () => {
  const modal = await fillLog(await openLog('Plain'));
  const before = world.slack.calls.list().length;
  expect(await modal.submit()).toMatchObject({ closed: true });
  const sent = world.slack.calls
    .list()
    .slice(before)
    .find(({ method }) => method === 'view_submission');
  const { view, ...rest } = structuredClone(sent?.request) as {
    view: { id: string; private_metadata: string; state: { values: Record<string, object> } };
  };
  // 600 characters for who counts what is seen; half of one at the end, as a careless client cuts.
  const text = `Improve ${'👩‍👩‍👧‍👦'.repeat(591)}\ud83e`;
  view.id = 'V0LONG';
  view.state.values['takeaway'] = { takeaway: { type: 'plain_text_input', value: text } };
  const submit = async () => {
    const body = interaction({ ...rest, view, trigger_id: crypto.randomUUID() });
    const answer = await post(world.application.port, body, signedHeaders(slackApp.signingSecret, body));
    return answer.text();
  };
  const doubted = JSON.parse(await submit()) as {
    response_action: string;
    view: { private_metadata: string };
  };
  expect(doubted.response_action).toBe('update');
  expect(doubted.view.private_metadata.length).toBeLessThan(3000);
  view.private_metadata = doubted.view.private_metadata;
  expect(await submit()).toBe('');
  const logs = await logsAbout(world, 'Plain');
  expect(logs.find(({ view_id }) => view_id === 'V0LONG')).toMatchObject({ insisted: true });
  const texts = (await commitmentsOf(world, 'Plain')).map((one) => one.text);
  expect(texts).toContain(text.toWellFormed());
});
