import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { validateMessage } from '#sandbox/local-slack/blocks/validate.ts';
import { pauseWorkspace } from '#services/pause-workspace.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import type { Help } from '#slack/feature.ts';
import { features } from '#slack/features.ts';
import { wordOf } from '#slack/help/words.ts';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import type { SeenMessage } from '#test/person-surfaces.ts';
import { holdTable } from '#test/storage/outage.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { refusals } from './inert.ts';

const team = [
  { name: 'Priya Raman', zone: 'Europe/London', role: 'enablement' },
  { name: 'Adam Stone', zone: 'Europe/London', role: 'admin' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  {
    name: 'Paula Meyer',
    zone: 'America/New_York',
    role: 'rep+manager+enablement',
    manager: 'Dana Whitfield',
  },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone: 'America/Chicago', role: 'rep', manager: 'Paula Meyer' },
];
const strangers = [{ name: 'Nora New', zone: 'Europe/Berlin' }];

/** What only the person sees, in answer to a command. */
async function answerTo(person: Person, command: string): Promise<SeenMessage> {
  const before = person.ephemeral().length;
  expect(await person.run(command)).toEqual({ status: 'done' });
  const answer = person.ephemeral()[before];
  if (answer === undefined) throw new Error(`${command} was not answered`);
  return answer;
}

const shown = (message: SeenMessage): string => message.texts.join('\n');

describe.each(oneDatabase)('/coach alone (%s)', (database) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team, strangers });
  });
  afterAll(() => world.close());

  test('offers a manager what is likeliest, and a button opens it in one press', async () => {
    const dana = world.person('Dana Whitfield');
    const menu = await answerTo(dana, '/coach');
    expect(shown(menu)).toMatch(/^What would you like to do\?/);
    expect(menu.buttons).toContain('Log a 1:1');
    expect(menu.buttons).not.toContain('Settings');
    await menu.press('Log a 1:1');
    const asked = await dana.until(() => dana.ephemeral().find(({ text }) => text === 'Whose 1:1?'));
    await asked.press('Sam Rivera');
    expect((await dana.untilModal()).title).toBe('1:1 with Sam');
  });

  test('offers enablement and admins the settings', async () => {
    for (const name of ['Priya Raman', 'Adam Stone']) {
      const person = world.person(name);
      const menu = await answerTo(person, '/coach');
      expect(menu.buttons).not.toContain('Log a 1:1');
      await menu.press('Settings');
      expect((await person.untilModal()).title).toBe('Settings');
    }
  });

  test('offers a rep nothing of a manager', async () => {
    const menu = await answerTo(world.person('Sam Rivera'), '/coach');
    expect(menu.buttons).not.toContain('Log a 1:1');
    expect(menu.buttons).not.toContain('Settings');
    expect(menu.buttons).not.toContain('Start');
  });

  test('offers several roles at once, each thing once, under the role it is for', async () => {
    const menu = await answerTo(world.person('Paula Meyer'), '/coach');
    expect(new Set(menu.buttons).size).toBe(menu.buttons.length);
    expect(menu.buttons).toEqual(expect.arrayContaining(['Log a 1:1', 'Settings']));
    expect(shown(menu)).toContain('With your team');
    expect(shown(menu)).toContain('For enablement');
  });

  test('pressed twice, a button does the same twice', async () => {
    const dana = world.person('Dana Whitfield');
    const menu = await answerTo(dana, '/coach menu');
    const before = dana.ephemeral().length;
    await menu.press('Log a 1:1');
    await menu.press('Log a 1:1');
    await dana.until(() => dana.ephemeral()[before + 1]);
    expect(dana.ephemeral().at(-1)?.text).toBe('Whose 1:1?');
  });

  test('tells somebody unknown who can add them, and offers nothing', async () => {
    const menu = await answerTo(world.person('Nora New'), '/coach');
    expect(menu.text).toContain(`Ask <@${userId('Adam Stone')}> or`);
    expect(menu.buttons).toEqual([]);
  });

  test('who types instead gets the same buttons, and they work', async () => {
    const dana = world.person('Dana Whitfield');
    dana.say('can you log my 1:1?');
    const answer = await dana.untilMessage(({ text }) => text.startsWith('I do not read messages here'));
    expect(answer.shown.ephemeral).toBe(false);
    await answer.press('Log a 1:1');
    await dana.untilMessage(({ text, shown: { ephemeral } }) => ephemeral && text === 'Whose 1:1?');
  });

  test('Slack refuses none of it', () => {
    expect(refusals(world.slack.calls.list())).toEqual([]);
  });
});

describe('where nothing is sent', () => {
  let world: World;
  afterEach(() => world.close());
  const closed = async (start: boolean) => {
    world = await startWorld({ now: '2026-03-02T14:00:00Z', team, start });
    return world.application;
  };

  test('before the start everybody is told so, and who can start it', async () => {
    await closed(false);
    for (const command of ['/coach', '/coach menu']) {
      const menu = await answerTo(world.person('Sam Rivera'), command);
      expect(shown(menu)).toContain('Sideline has not started here.');
      expect(shown(menu)).toContain(' can start it.');
    }
    const lead = await answerTo(world.person('Priya Raman'), '/coach');
    expect(shown(lead)).toContain('`/coach start` shows what would happen first, and starts it.');
  });

  test('during a pause everybody is told so', async () => {
    const { context, workspaceId } = await closed(true);
    await pauseWorkspace(context, workspaceId);
    const menu = await answerTo(world.person('Dana Whitfield'), '/coach');
    expect(shown(menu)).toContain('*Sideline is paused.* Nothing is sent; what you open yourself works.');
  });

  test('outside the pilot group one is told so, inside not', async () => {
    const { context, workspaceId } = await closed(false);
    await startWorkspace(context, workspaceId, [userId('Paula Meyer')]);
    const outside = await answerTo(world.person('Sam Rivera'), '/coach');
    expect(shown(outside)).toContain('Sideline runs for a pilot group here, without you.');
    const inside = await answerTo(world.person('Ana Lima'), '/coach');
    expect(shown(inside)).toMatch(/^What would you like to do\?/);
  });
});

describe('help of a word', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ now: '2026-03-02T14:00:00Z', team, strangers });
  });
  afterAll(() => world.close());

  test.each(['/coach log help', '/coach LOG Help', '/coach help log'])(
    '%s explains usage, gives an example, and says who sees it',
    async (command) => {
      const { text } = await answerTo(world.person('Dana Whitfield'), command);
      expect(text).toContain('`/coach log @name`');
      expect(text).toContain('For example: `/coach log @Sam Rivera`');
      expect(text).toContain('a private note stays with you');
      expect(world.person('Dana Whitfield').hasModal()).toBe(false);
    },
  );

  test('says to a rep that a word is for managers', async () => {
    const { text } = await answerTo(world.person('Sam Rivera'), '/coach log help');
    expect(text).toContain('It is for managers, so it does nothing for you.');
  });

  test('is not for somebody unknown', async () => {
    const { text } = await answerTo(world.person('Nora New'), '/coach log help');
    expect(text).toContain('you are not on its list yet');
  });

  test('every word has one, with usage, example and who sees it', () => {
    const known = features.flatMap((feature) => feature.help).filter((one) => wordOf(one) !== '');
    expect(known.filter((one) => !saysAll(one))).toEqual([]);
    const words = features.flatMap((feature) => Object.keys(feature.commands ?? {}));
    const explained = new Set([...known.map(wordOf), 'menu']);
    expect(words.filter((word) => !explained.has(word))).toEqual([]);
  });
});

const saysAll = (one: Help): boolean =>
  one.example?.startsWith(`/coach ${wordOf(one)}`) === true && one.more !== undefined;

test('the menu of somebody with every role fits into a message, and into the list of what Slack takes', async () => {
  const everything = 'rep+manager+enablement+admin';
  const world = await startWorld({
    now: '2026-03-02T14:00:00Z',
    team: [{ name: '<!channel> *Eve*', zone: 'Europe/London', role: everything }],
    start: false,
  });
  const eve = world.person('<!channel> *Eve*');
  const menu = await answerTo(eve, '/coach');
  expect(validateMessage(menu.shown)).toEqual([]);
  expect(new Set(menu.buttons).size).toBe(menu.buttons.length);
  const rows = menu.shown.blocks.filter(({ type }) => type === 'actions');
  for (const { elements } of rows as { elements?: unknown[] }[]) {
    expect(elements?.length).toBeLessThanOrEqual(6);
  }
  eve.say('hello');
  const typed = await eve.untilMessage(({ text }) => text.includes('I do not read messages here'));
  expect(validateMessage(typed.shown)).toEqual([]);
  await world.close();
});

test('while the database is slow, the menu comes late and whole', async () => {
  const world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team });
  const dana = world.person('Dana Whitfield');
  const hold = await holdTable(world.database.url ?? '', 'member');
  // Answered in time, with nothing to show yet.
  expect(await dana.run('/coach')).toEqual({ status: 'done' });
  expect(dana.ephemeral()).toEqual([]);
  await hold.letGo();
  const menu = await dana.untilMessage(({ shown: { ephemeral } }) => ephemeral);
  expect(menu.buttons).toContain('Log a 1:1');
  await world.close();
});
