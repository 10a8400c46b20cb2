import { afterEach, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import { startWorld, type TeamMember, type World } from '#test/world.ts';

const team: TeamMember[] = [
  { name: 'Priya Raman', zone: 'Europe/London', role: 'enablement', country: 'GB' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager', country: 'US' },
  { name: 'Lee Grant', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone: 'America/Chicago', role: 'rep', manager: 'Lee Grant' },
];

let world: World;
afterEach(() => world.close());

describe.each(oneDatabase)('the week of Thanksgiving (%s)', (database) => {
  test('leaves its day free for whoever lives in the US, says so before and after, and asks on Friday', async () => {
    // The Sunday before; the 1:1s are on Thursday, the holiday, at 16:00.
    world = await startWorld({ now: '2026-11-22T22:00:00Z', team, start: false, database });
    const priya = world.person('Priya Raman');
    const dana = world.person('Dana Whitfield');
    await priya.run('/coach start');
    const modal = await priya.untilModal((one) => one.title === 'Before it starts');
    await modal.choose("See one person's week", 'Dana Whitfield');
    const week = await priya.untilModal((one) => one.title === "Dana's first week");
    expect(week.texts.join('\n')).toContain(
      'Thu 26 Nov is a public holiday in the US (Thanksgiving Day): nothing is sent.',
    );
    await week.close();
    await modal.submit();
    await priya.untilModal((one) => one.title === 'Started');

    await world.travelTo('2026-11-27T22:30:00Z');
    expect(await daysOf('Dana Whitfield')).toEqual(['2026-11-23', '2026-11-27']);
    // The day after is none in the US, and Lee has no country.
    expect(await daysOf('Lee Grant')).toContain('2026-11-26');
    await dana.run('/coach why');
    const why = await dana.untilModal((one) => one.title === 'Why this message?');
    expect(why.texts.join('\n')).toContain(
      'Thu 26 Nov, 16:00 — 1:1 with Sam of Thu 26 Nov, 16:00 is asked on Fri 27 Nov: Thu 26 Nov is a public holiday in the US (Thanksgiving Day).',
    );
  });
});

/** The local days on which something was sent to somebody. */
async function daysOf(name: string): Promise<string[]> {
  const rows = await world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('delivery as d')
      .innerJoin('member as m', 'm.user_id', 'd.receiver_id')
      .select('d.sent_on')
      .where('d.state', '=', 'delivered')
      .where('m.name', '=', name)
      .orderBy('d.sent_on')
      .execute(),
  );
  return [...new Set(rows.map((row) => String(row.sent_on)))];
}
