import { afterEach, describe, expect, test } from 'vitest';
import { toLocal } from '#domain/time/zone.ts';
import { pauseWorkspace } from '#services/pause-workspace.ts';
import { setSlots } from '#services/set-slot.ts';
import { resumeWorkspace } from '#services/start-workspace.ts';
import type { Person } from '#test/person.ts';
import { startWorld, type TeamMember, userId, type World } from '#test/world.ts';

const newYork = 'America/New_York';
const team = [
  { name: 'Dana Whitfield', zone: newYork, role: 'manager' },
  { name: 'Sam Rivera', zone: newYork, role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Kim Osei', zone: newYork, role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
afterEach(() => world.close());

/** Monday 12 October 2026, before work. The 1:1s are on Thursday at 16:00; 09:00 in New York is 13:00 UTC. */
async function startMonday(people: TeamMember[] = team): Promise<void> {
  world = await startWorld({ now: '2026-10-12T11:00:00Z', team: people });
}

const at = (day: number, time: string): string => `2026-10-${day}T${time}:00Z`;

const cameAt = (person: Person): string[] =>
  person.dm().map(({ shown }) => {
    const { date, time } = toLocal(shown.shownAt, newYork);
    return `${date} ${time}`;
  });

/** From a moment on. */
const since = (person: Person, moment: string): string[] => cameAt(person).filter((one) => one >= moment);

function work(name: string, hours: { days?: number[]; starts?: string; ends?: string }): Promise<unknown> {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .updateTable('member')
      .set({
        working_days: hours.days ?? [1, 2, 3, 4, 5],
        work_starts: hours.starts ?? '09:00',
        work_ends: hours.ends ?? '17:00',
      })
      .where('user_id', '=', userId(name))
      .execute(),
  );
}

/** Gives a manager's pairs a slot. */
async function meet(manager: string, reps: string[], weekday: number, time: string): Promise<void> {
  const change = { slot: { weekday, time, rhythm: '1' as const }, pause: null };
  const wishes = reps.map((name) => ({ repId: userId(name), change }));
  const saved = await setSlots(world.application.context, 'T0WORLD', userId(manager), wishes);
  if (!saved.ok || saved.value.changed.length !== reps.length) throw new Error(JSON.stringify(saved));
}

describe('the messages of a week', () => {
  test("are Monday's brief, the card and the prompt of a day with 1:1s, and one for the time report", async () => {
    await startMonday();
    const dana = world.person('Dana Whitfield');
    await world.travelTo(at(17, '12:00'));
    expect(cameAt(dana)).toEqual([
      '2026-10-12 09:00',
      '2026-10-15 09:00',
      '2026-10-15 16:30',
      '2026-10-16 09:00',
      '2026-10-16 15:00',
    ]);
    const [brief, thursday, prompt] = dana.dm();
    expect(brief?.texts.join('\n')).toContain(
      'Later this week\nKim Osei, 1:1 on Thu 15 Oct, 16:00\nSam Rivera, 1:1 on Thu 15 Oct, 16:00',
    );
    expect(thursday?.text).toContain('Thu 15 Oct: ');
    expect(prompt?.texts.filter((one) => /^(Kim|Sam)/.test(one))).toHaveLength(2);
    for (const name of ['Sam Rivera', 'Kim Osei']) {
      expect(cameAt(world.person(name))).toEqual(['2026-10-14 09:00']);
    }
  });

  test('join the prompt after a 1:1 and the time report, at the later of the two', async () => {
    await startMonday();
    await meet('Dana Whitfield', ['Sam Rivera', 'Kim Osei'], 5, '15:30');
    const dana = world.person('Dana Whitfield');
    await world.travelTo(at(17, '12:00'));
    expect(since(dana, '2026-10-16')).toEqual(['2026-10-16 09:00', '2026-10-16 16:00']);
    const prompt = dana.dm().at(-1)?.texts.join('\n') ?? '';
    expect(prompt).toContain('Sam Rivera');
    expect(prompt).toContain('Your week');
  });

  test('come when work begins, and neither after it nor on a day off', async () => {
    await startMonday();
    await work('Dana Whitfield', { days: [1, 2, 3, 5], starts: '11:00', ends: '14:00' });
    await world.database.owner
      .updateTable('occurrence')
      .set({ ask_at: new Date(at(12, '11:00')) })
      .where('state', '=', 'planned')
      .execute();
    await world.database.owner.deleteFrom('delivery_occurrence').execute();
    await world.travelTo(at(17, '12:00'));
    // Thursday is off, and Friday's time report is asked for after hours.
    expect(cameAt(world.person('Dana Whitfield'))).toEqual(['2026-10-12 11:00', '2026-10-16 11:00']);
  });
});

describe('after a time without messages', () => {
  test('two days of downtime come to one card', async () => {
    await startMonday();
    const dana = world.person('Dana Whitfield');
    await world.travelTo(at(14, '20:00'));
    // Nothing runs until Friday at eleven: a jump, not a walk.
    world.clock.travelTo(Date.parse(at(16, '15:00')));
    await world.application.delivery.catchUp();
    expect(since(dana, '2026-10-15')).toEqual(['2026-10-16 11:00']);
    const rows = dana
      .dm()
      .at(-1)
      ?.texts.filter((one) => /^(Kim|Sam)/.test(one));
    expect(rows).toHaveLength(2);
  });

  test('a pause and its end bring no burst', async () => {
    await startMonday();
    const dana = world.person('Dana Whitfield');
    await world.travelTo(at(14, '20:00'));
    await pauseWorkspace(world.application.context, 'T0WORLD');
    await world.travelTo(at(16, '14:00'));
    expect(since(dana, '2026-10-15')).toEqual([]);
    await resumeWorkspace(world.application.context, 'T0WORLD');
    await world.application.delivery.catchUp();
    await dana.until(() => since(dana, '2026-10-15')[0]);
    await world.travelTo(at(16, '18:59'));
    expect(since(dana, '2026-10-15')).toHaveLength(1);
  });
});

test('somebody in two roles gets one card a day, with both', async () => {
  await startMonday([
    { name: 'Ada Boss', zone: newYork, role: 'manager' },
    { name: 'Dana Whitfield', zone: newYork, role: 'manager+rep', manager: 'Ada Boss' },
    { name: 'Sam Rivera', zone: newYork, role: 'rep', manager: 'Dana Whitfield' },
  ]);
  await meet('Dana Whitfield', ['Sam Rivera'], 3, '14:00');
  const dana = world.person('Dana Whitfield');
  await world.travelTo(at(14, '17:00'));
  expect(since(dana, '2026-10-14')).toEqual(['2026-10-14 09:00']);
  const card = dana.dm().at(-1)?.texts.join('\n') ?? '';
  expect(card).toContain('Sam Rivera, 1:1 at 14:00');
  expect(card).toContain('Which moment would you like to replay?');
});
