import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { Call } from '#sandbox/local-slack/calls.ts';
import { importPeople } from '#services/import-people.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import type { SeenHome, SeenModal } from '#test/person-views.ts';
import { holdTable } from '#test/storage/outage.ts';
import { peopleFile, startWorld, type TeamMember, userId, type World } from '#test/world.ts';
import { markedUp, refusals } from './inert.ts';
import { fillLog, logOnce, openLog, specific } from './logging.ts';

const team: TeamMember[] = [
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
  { name: 'Leo Adrift', zone: 'America/Chicago', role: 'rep' },
];

async function homeOf(person: Person): Promise<SeenHome> {
  person.openHome();
  return person.untilHome();
}

const shown = (seen: SeenHome | SeenModal): string => seen.texts.join('\n');

/** By Slack's rules. */
function problemsOf({ shown: { title, close, blocks } }: SeenModal): string[] {
  return validateView({ type: 'modal', title, close, blocks });
}

describe.each(oneDatabase)('Home (%s)', (database) => {
  let world: World;
  beforeAll(async () => {
    const strangers = [{ name: 'Nora New', zone: 'Europe/Berlin' }];
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team, strangers });
    await logOnce(world.person('Dana Whitfield'), 'Sam Rivera');
    await logOnce(world.person('Paula Meyer'), 'Ana Lima');
    await world.travelTo('2026-03-05T21:30:00Z');
  });
  afterAll(() => world.close());

  test('of a rep: what is due, their one thing, and what leads to what their manager sees', async () => {
    const home = await homeOf(world.person('Sam Rivera'));
    const order = ['To do', 'Your one thing'].map((heading) => home.texts.indexOf(heading));
    expect(order).toEqual([0, order[1]]);
    expect(order[1]).toBeGreaterThan(0);
    expect(home.buttons).toContain('What Dana sees of me');
    expect(shown(home)).not.toContain('Your team');
    expect(shown(home)).not.toContain('Ana');
  });

  test('of a manager: what is due, the team, and a way to see what a rep sees', async () => {
    const home = await homeOf(world.person('Dana Whitfield'));
    expect(home.texts[0]).toBe('To do');
    expect(shown(home)).toContain('Your team');
    expect(home.choices('See what a rep sees')).toEqual(['Paula Meyer', 'Sam Rivera']);
    expect(shown(home)).not.toContain('Without a manager');
  });

  test('of an enablement lead and of an admin: who has no manager', async () => {
    for (const name of ['Priya Raman', 'Adam Stone']) {
      const home = await homeOf(world.person(name));
      expect(shown(home)).toContain('Without a manager: Leo Adrift.');
      expect(shown(home)).not.toContain('Your team');
    }
  });

  test('of several roles at once: own, team and all, each once and apart', async () => {
    const home = await homeOf(world.person('Paula Meyer'));
    const headings = [
      'To do',
      'For yourself',
      'Your one thing',
      'With your team',
      'Your team',
      'For everybody here',
    ];
    const places = headings.map((heading) => home.texts.indexOf(heading));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    for (const heading of headings) expect(home.texts.filter((text) => text === heading)).toHaveLength(1);
    expect(home.buttons).toEqual(expect.arrayContaining(['What Dana sees of me', 'What Ana sees']));
  });

  test('of a rep without a manager says who can add one', async () => {
    const home = await homeOf(world.person('Leo Adrift'));
    expect(shown(home)).toContain('Nothing is asked of you right now.');
    expect(shown(home)).toContain('Nobody is your manager in Sideline yet');
    expect(home.buttons).toEqual([]);
  });

  test('of somebody unknown says who can add them', async () => {
    expect(shown(await homeOf(world.person('Nora New')))).toContain('you are not on its list yet');
  });

  test('shows a manager what one of their reps sees, with nothing to press', async () => {
    const dana = world.person('Dana Whitfield');
    await (await homeOf(dana)).choose('See what a rep sees', 'Sam Rivera');
    const modal = await dana.untilModal();
    expect(modal.title).toBe('What Sam sees');
    expect(shown(modal)).toContain(specific);
    expect(modal.buttons).toEqual([]);
    expect(modal.texts.at(-1)).toMatch(/^This is Sam's own Home, without its buttons/);
    expect(problemsOf(modal)).toEqual([]);
    await modal.close();
  });

  test('of a rep who leads shows their manager only what is about that rep', async () => {
    const dana = world.person('Dana Whitfield');
    await (await homeOf(dana)).choose('See what a rep sees', 'Paula Meyer');
    const modal = await dana.untilModal();
    expect(modal.title).toBe('What Paula sees');
    expect(shown(modal)).not.toContain('Ana');
    expect(shown(modal)).not.toContain('Leo');
    await modal.close();
  });

  test('shows a rep what their manager sees of them, and what not', async () => {
    const sam = world.person('Sam Rivera');
    await (await homeOf(sam)).press('What Dana sees of me');
    const modal = await sam.untilModal();
    expect(modal.title).toBe('What Dana sees');
    const [said = ''] = modal.texts;
    expect(said.indexOf('what you agreed there')).toBeLessThan(said.indexOf('*Dana does not see*'));
    expect(said.indexOf('what else comes naturally')).toBeGreaterThan(said.indexOf('*Dana does not see*'));
    expect(shown(modal)).toContain('Asked of Dana about you');
    expect(shown(modal)).toContain(specific);
    expect(shown(modal)).not.toContain('Paula');
    expect(modal.buttons).toEqual([]);
    expect(problemsOf(modal)).toEqual([]);
    await modal.close();
  });

  test('pressed twice, the same is shown twice', async () => {
    const sam = world.person('Sam Rivera');
    const home = await homeOf(sam);
    await home.press('What Dana sees of me');
    await home.press('What Dana sees of me');
    expect((await sam.untilModal()).title).toBe('What Dana sees');
    await sam.modal().close({ all: true });
  });

  test('is brought up to date for both when something is saved', async () => {
    const dana = world.person('Dana Whitfield');
    const sam = world.person('Sam Rivera');
    await homeOf(dana);
    await homeOf(sam);
    const again = 'When they ask for a discount, ask what happens if nothing changes.';
    const modal = await openLog(dana, 'Sam Rivera');
    await modal.choose('What happened?', 'No chance yet');
    await fillLog(modal, again);
    expect(await modal.submit()).toMatchObject({ closed: true });
    await dana.untilHome((home) => shown(home).includes(again));
    await sam.untilHome((home) => shown(home).includes(again));
  });

  test('is not made anew for somebody who has not looked at it within a day', async () => {
    const [paula, ana] = [world.person('Paula Meyer'), world.person('Ana Lima')];
    await homeOf(paula);
    await homeOf(ana);
    const openedLongAgo = sql`
      update member set home_opened_at = home_opened_at - interval '25 hours'
      where user_id = ${userId('Ana Lima')}`;
    await world.database.inWorkspace(world.application.workspaceId, (trx) => openedLongAgo.execute(trx));
    const isAnas = ({ method, request }: Call): boolean =>
      method === 'views.publish' && (request as { user_id?: string }).user_id === ana.session.userId;
    const made = (): number => world.slack.calls.list().filter(isAnas).length;
    const before = made();
    const again = 'When nobody answers, ask who else would notice that it is missing.';
    const modal = await openLog(paula, 'Ana Lima');
    await modal.choose('What happened?', 'No chance yet');
    await fillLog(modal, again);
    expect(await modal.submit()).toMatchObject({ closed: true });
    await paula.untilHome((home) => shown(home).includes(again));
    ana.openHome();
    await ana.untilHome((home) => shown(home).includes(again));
    expect(made()).toBe(before + 1);
  });

  test('pressed on, it is one that is looked at', async () => {
    const [paula, ana] = [world.person('Paula Meyer'), world.person('Ana Lima')];
    const home = await homeOf(ana);
    const neverOpened = sql`update member set home_opened_at = null where user_id = ${userId('Ana Lima')}`;
    await world.database.inWorkspace(world.application.workspaceId, (trx) => neverOpened.execute(trx));
    await home.press('What Paula sees of me');
    await ana.untilModal();
    await world.slack.settled();
    const again = 'When a date slips, ask what else has to happen before it.';
    const modal = await openLog(paula, 'Ana Lima');
    await modal.choose('What happened?', 'No chance yet');
    await fillLog(modal, again);
    expect(await modal.submit()).toMatchObject({ closed: true });
    await ana.untilHome((now) => shown(now).includes(again));
  });

  test('Slack refuses none of it', () => {
    expect(refusals(world.slack.calls.list())).toEqual([]);
  });
});

describe('what a rep sees', () => {
  let world: World;
  afterEach(() => world.close());

  test('is refused to who is no longer the manager, and says so where the press was', async () => {
    world = await startWorld({ now: '2026-03-02T14:00:00Z', team });
    const { context, workspaceId } = world.application;
    await world.travelTo('2026-03-02T15:00:00Z');
    const paula = world.person('Paula Meyer');
    const home = await homeOf(paula);
    const moved = team.map((one) => (one.name === 'Ana Lima' ? { ...one, manager: 'Dana Whitfield' } : one));
    const client = context.slack.client(workspaceId);
    expect(await importPeople({ ...context, client }, workspaceId, peopleFile(moved))).toMatchObject({
      ok: true,
    });
    await home.press('What Ana sees');
    const modal = await paula.untilModal();
    expect(shown(modal)).toContain('Ana Lima does not report to you in Sideline');
    expect(shown(modal)).not.toContain('To do');
  });

  test('opens light while the database is slow, and is filled', async () => {
    world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team });
    const paula = world.person('Paula Meyer');
    const home = await homeOf(paula);
    const hold = await holdTable(world.database.url ?? '', 'occurrence');
    const pressing = home.press('What Ana sees');
    const light = await paula.untilModal((modal) => modal.texts.includes('One moment…'));
    await hold.letGo();
    const filled = await paula.untilModal((modal) => modal.title === 'What Ana sees');
    expect(filled.id).toBe(light.id);
    await pressing;
  });
});

test('Home comes when the database does', async () => {
  const world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team });
  const dana = world.person('Dana Whitfield');
  const hold = await holdTable(world.database.url ?? '', 'occurrence');
  dana.openHome();
  await hold.untilWaiting(1);
  await hold.letGo();
  expect((await dana.untilHome()).texts[0]).toBe('To do');
  await world.close();
});

test('before the start Home says so to everybody, and after it no more', async () => {
  const world = await startWorld({ now: '2026-03-02T14:00:00Z', team, start: false });
  for (const { name } of team) {
    expect((await homeOf(world.person(name))).texts[0]).toContain('*Sideline has not started here.*');
  }
  const { context, workspaceId } = world.application;
  await startWorkspace(context, workspaceId, [userId('Dana Whitfield')]);
  const priya = world.person('Priya Raman');
  priya.openHome();
  await priya.untilHome((home) => home.texts[0]?.includes('pilot group here, without you') === true);
  const sam = world.person('Sam Rivera');
  sam.openHome();
  await sam.untilHome((home) => home.texts[0] === 'To do');
  await world.close();
});

const hostile = [
  '<!channel> Eve',
  '*Bold* `Code` ~struck~ _slanted_',
  `Ed ${'Жоржетта-'.repeat(12)}`,
  'שרה Levi',
  'Turned \u202Earound',
  `Em${'🧑🏽‍🚀'.repeat(30)}`,
  'Zed\u0007 <@U0VICTIM> &amp; <https://evil.example|click>',
  `Amp${'&'.repeat(60)}`,
];
const written = [/<!/, /<@U0VICTIM/, /<https:\/\/evil/, /`Code`/, /\*Bold\*/, /~struck~/, /[\u202A-\u202E]/];

describe.each([0, 1, 8, 60])('with %i reports of hostile names', (count) => {
  const reps = Array.from({ length: count }, (_, at) => `${hostile[at % hostile.length]} ${at}`);
  let world: World;
  beforeAll(async () => {
    const rep = (name: string): TeamMember => ({
      name,
      zone: 'America/Chicago',
      role: 'rep',
      manager: 'Mo Ram',
    });
    const leaders: TeamMember[] = [
      { name: 'Mo Ram', zone: 'America/New_York', role: 'manager+enablement+rep', manager: 'Lou' },
      { name: 'Lou', zone: 'America/New_York', role: 'manager' },
    ];
    const unmanaged = reps.map(
      (name): TeamMember => ({ name: `${name} alone`, zone: 'America/Chicago', role: 'rep' }),
    );
    world = await startWorld({
      database: 'postgres',
      now: '2026-03-02T14:00:00Z',
      team: [...leaders, ...reps.map(rep), ...unmanaged],
    });
    await world.travelTo('2026-03-05T21:30:00Z');
  });
  afterAll(() => world.close());

  test('every Home and every look through another’s eyes is what Slack takes, and nothing is read as mark-up', async () => {
    const mo = world.person('Mo Ram');
    const home = await homeOf(mo);
    expect(validateView({ type: 'home', blocks: home.shown.blocks })).toEqual([]);
    expect(home.shown.blocks.length).toBeLessThanOrEqual(100);
    await home.press('What Lou sees of me');
    const asLou = await mo.untilModal();
    expect(problemsOf(asLou)).toEqual([]);
    await asLou.close();
    const [first] = reps;
    if (first !== undefined) {
      const rep = world.person(first);
      await homeOf(rep);
      const look = rep.home().buttons.find((label) => label.startsWith('What Mo')) ?? '';
      await rep.home().press(look);
      expect(problemsOf(await rep.untilModal())).toEqual([]);
    }
    await world.slack.settled();
    const calls = world.slack.calls.list().filter(({ kind }) => kind !== 'event');
    expect(refusals(calls)).toEqual([]);
    expect(markedUp(calls, written)).toEqual([]);
  });
});
