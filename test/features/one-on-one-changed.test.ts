import { afterEach, expect, test } from 'vitest';
import { importPeople } from '#services/import-people.ts';
import { logOneOnOne } from '#services/log-one-on-one.ts';
import { viewOneOnOneHistory } from '#services/view-one-on-one-history.ts';
import { withdrawOneOnOne } from '#services/withdraw-one-on-one.ts';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { peopleFile, startWorld, userId, type World } from '#test/world.ts';
import {
  commitmentsOf,
  fillLog,
  logOnce,
  logsAbout,
  occurrencesAbout,
  openLog,
  revisionsOf,
  specific,
} from './logging.ts';

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager', manager: 'Max' },
  { name: 'Lee', zone: 'Europe/Berlin', role: 'manager' },
  { name: 'Max', zone: 'America/New_York', role: 'manager' },
  { name: 'Eve', zone: 'America/New_York', role: 'enablement' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
  { name: 'Ana', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

let world: World;
afterEach(() => world.close());

async function keptUnasked(dana: Person, day: string, account: string): Promise<void> {
  world.clock.travelTo(Date.parse(`${day}T15:00:00Z`));
  const modal = await openLog(dana, 'Sam');
  await modal.press('More');
  await dana.untilModal((one) => one.labels.includes('On which account?'));
  await modal.choose('What happened?', 'Did it unasked');
  await modal.choose('How do you know?', 'Heard it');
  await modal.fill('On which account?', account);
  await modal.choose('Or stay with it', "Keep last time's");
  await modal.choose('Mostly about', 'A skill');
  expect(await modal.submit()).toMatchObject({ closed: true });
}

test.each(oneDatabase)(
  'what is done unasked often enough is said to be a habit, to both (%s)',
  async (database) => {
    world = await startWorld({ database, now: '2026-03-02T15:00:00Z', team });
    const dana = world.person('Dana');
    const sam = world.person('Sam');
    await logOnce(dana, 'Sam');
    await keptUnasked(dana, '2026-03-09', 'Acme');
    await keptUnasked(dana, '2026-03-20', ' ACME');
    await keptUnasked(dana, '2026-03-24', 'Globex');
    // Three times and on two accounts, but not for three weeks yet.
    world.clock.travelTo(Date.parse('2026-03-26T15:00:00Z'));
    const before = await openLog(dana, 'Sam');
    expect(before.texts.join('\n')).not.toContain('habit');
    await before.close();
    await keptUnasked(dana, '2026-03-30', 'Acme');

    world.clock.travelTo(Date.parse('2026-03-31T15:00:00Z'));
    const modal = await openLog(dana, 'Sam');
    expect(modal.texts.join('\n')).toContain(
      'Sam has done this unasked 4 times, on 2 accounts: it has become a habit. Which technique comes next?',
    );
    await modal.close();
    for (const person of [dana, sam]) {
      person.openHome();
      await person.untilHome((home) => home.texts.join('\n').includes(`A habit by now`));
    }
  },
);

test.each(oneDatabase)('what a rep set out to try goes along to another manager (%s)', async (database) => {
  world = await startWorld({ database, now: '2026-03-02T15:00:00Z', team });
  const dana = world.person('Dana');
  await logOnce(dana, 'Sam');
  world.clock.travelTo(Date.parse('2026-03-02T16:00:00Z'));
  const { context, workspaceId } = world.application;
  const client = context.slack.client(workspaceId);
  const file = peopleFile(team.map((one) => (one.name === 'Sam' ? { ...one, manager: 'Lee' } : one)));
  expect(await importPeople({ ...context, client }, workspaceId, file)).toMatchObject({ ok: true });

  const asked = await occurrencesAbout(world, 'Sam', 'commitment');
  expect(
    asked
      .map(({ asked_id, state, reason }) => [asked_id, state, reason])
      .sort(([one = ''], [other = '']) => (one ?? '').localeCompare(other ?? '')),
  ).toEqual([
    [userId('Dana'), 'excused', 'manager_changed'],
    [userId('Lee'), 'planned', null],
  ]);
  const modal = await openLog(world.person('Lee'), 'Sam');
  expect(modal.texts[0]).toBe(`Last time: ${specific}`);
  await modal.close();
  // What was written before stays with who wrote it, and is not theirs to change any more.
  const [log] = await logsAbout(world, 'Sam');
  expect(log?.manager_id).toBe(userId('Dana'));
  expect(await withdrawOneOnOne(context, workspaceId, userId('Dana'), log?.log_id ?? '')).toMatchObject({
    problem: { kind: 'not_your_report' },
  });
});

test.each(oneDatabase)(
  'a log is changed by its writer alone, and seen by the two who met (%s)',
  async (database) => {
    world = await startWorld({ database, now: '2026-03-02T15:00:00Z', team });
    const dana = world.person('Dana');
    const modal = await openLog(dana, 'Sam');
    await modal.press('More');
    await dana.untilModal((one) => one.labels.includes('Private note'));
    await modal.fill('Private note', 'Nervous.');
    await modal.fill('Blockers', 'Legal takes weeks.');
    await modal.choose('What is missing?', 'Environment');
    await (await fillLog(modal)).submit();
    const [log] = await logsAbout(world, 'Sam');
    const id = log?.log_id ?? '';
    expect(log).toMatchObject({ gap: 'environment', blockers: 'Legal takes weeks.' });

    const { context, workspaceId } = world.application;
    for (const name of ['Lee', 'Max', 'Eve', 'Sam', 'Ana']) {
      expect(await withdrawOneOnOne(context, workspaceId, userId(name), id)).toMatchObject({
        problem: { kind: 'not_your_log' },
      });
    }
    for (const name of ['Lee', 'Max', 'Eve', 'Ana']) {
      expect(await viewOneOnOneHistory(context, workspaceId, userId(name), id)).toMatchObject({
        problem: { kind: 'not_for_you' },
      });
    }
    const seenBy = async (name: string) => {
      const seen = await viewOneOnOneHistory(context, workspaceId, userId(name), id);
      return JSON.stringify(seen);
    };
    expect(await seenBy('Dana')).toMatch(/Nervous.*Legal|Legal.*Nervous/);
    expect(await seenBy('Sam')).toContain(specific);
    expect(await seenBy('Sam')).not.toMatch(/Nervous|Legal|environment/);
  },
);

test.each(oneDatabase)(
  'changes sent twice, and two logs at once, leave one thing to try (%s)',
  async (database) => {
    world = await startWorld({ database, now: '2026-03-02T15:00:00Z', team });
    const dana = world.person('Dana');
    await logOnce(dana, 'Sam');
    const [log] = await logsAbout(world, 'Sam');
    const { context, workspaceId } = world.application;
    const answers = {
      viewId: 'V0CHANGE',
      logId: log?.log_id ?? '',
      managerId: userId('Dana'),
      repId: userId('Sam'),
      occurrenceId: undefined,
      heldOn: '2026-03-02',
      about: 'skill' as const,
      takeaway: 'When they stall, ask who signs.',
      keep: false,
      by: '2026-03-12',
      last: undefined,
      privateNote: undefined,
      insisted: false,
    };
    const outcomes = await Promise.all([1, 2].map(() => logOneOnOne(context, workspaceId, answers)));
    expect(outcomes.map((one) => (one.ok ? one.value.outcome : one.problem)).sort()).toEqual([
      'corrected',
      'unchanged',
    ]);
    expect(await revisionsOf(world, answers.logId)).toHaveLength(2);
    const [asked, ...more] = await occurrencesAbout(world, 'Sam', 'commitment');
    expect(more).toEqual([]);
    // The date of the commitment moves with its wording: 09:00 in New York, which is on summer time by then.
    expect(asked?.due_at).toEqual(new Date('2026-03-12T13:00:00Z'));

    // From two devices, neither knowing of the other: the later word holds, and nothing is lost.
    const two = ['V0ONE', 'V0TWO'].map((viewId) => {
      const { logId: _, ...one } = { ...answers, viewId, takeaway: `When it is ${viewId}, ask why.` };
      return logOneOnOne(context, workspaceId, one);
    });
    expect((await Promise.all(two)).every(({ ok }) => ok)).toBe(true);
    const states = (await commitmentsOf(world, 'Sam')).map(({ state }) => state).sort();
    expect(states).toEqual(['open', 'replaced', 'replaced']);
    const open = (await occurrencesAbout(world, 'Sam', 'commitment')).filter(
      ({ state }) => state === 'planned',
    );
    expect(open).toHaveLength(1);
  },
);
