import { afterEach, expect, test } from 'vitest';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Settings } from '#domain/settings.ts';
import { changeSettings } from '#services/change-settings.ts';
import { setSlots } from '#services/set-slot.ts';
import { databaseKinds } from '#test/database.ts';
import { startWorld, userId, type World } from '#test/world.ts';

const team = [
  { name: 'Mara', zone: 'Europe/Berlin', role: 'enablement' },
  { name: 'Dana', zone: 'Europe/Berlin', role: 'manager' },
  { name: 'Sam', zone: 'Europe/Berlin', role: 'rep', manager: 'Dana' },
  { name: 'Kim', zone: 'Europe/Berlin', role: 'rep', manager: 'Dana' },
];

let world: World;
afterEach(() => world.close());

async function change(wanted: Partial<Settings>): Promise<void> {
  const { context, workspaceId } = world.application;
  const given = { userId: userId('Mara'), viewId: crypto.randomUUID(), wanted };
  expect(await changeSettings(context, workspaceId, given)).toMatchObject({ ok: true });
}

/** When a duty falls due, in UTC, of one rep where that is said. */
async function dueOf(kind: DutyKind, about?: string): Promise<string[]> {
  const rows = await world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence')
      .select('due_at')
      .where('kind', '=', kind)
      .$if(about !== undefined, (query) => query.where('about_id', '=', userId(about ?? '')))
      .orderBy('due_at')
      .execute(),
  );
  return rows.map(({ due_at }) => due_at.toISOString().slice(0, 16));
}

test.each(databaseKinds)(
  'a changed setting moves what comes after what is planned, and no slot that was chosen (%s)',
  async (database) => {
    world = await startWorld({ database, now: '2026-03-02T10:00:00Z', team });
    const { context, workspaceId } = world.application;
    const chosen = { slot: { weekday: 2, time: '11:00', rhythm: '1' as const }, pause: null };
    await setSlots(context, workspaceId, userId('Dana'), [{ repId: userId('Kim'), change: chosen }]);
    await world.travelTo('2026-03-02T11:00:00Z');
    expect(await dueOf('time_report')).toEqual(['2026-03-06T14:00']);

    await change({ timeReportWeekday: 4, timeReportTime: '14:00', oneOnOneWeekday: 3 });
    await world.travelTo('2026-03-20T12:00:00Z');
    expect(await dueOf('time_report')).toEqual([
      '2026-03-06T14:00',
      '2026-03-12T13:00',
      '2026-03-19T13:00',
      '2026-03-26T13:00',
    ]);
    expect(await dueOf('one_on_one', 'Sam')).toEqual([
      '2026-03-05T15:00',
      '2026-03-11T15:00',
      '2026-03-18T15:00',
      '2026-03-25T15:00',
    ]);
    expect((await dueOf('one_on_one', 'Kim')).slice(0, 2)).toEqual(['2026-03-03T10:00', '2026-03-10T10:00']);
  },
);

test('before the start a changed rule only waits with the others', async () => {
  world = await startWorld({ now: '2026-03-02T10:00:00Z', team, start: false });
  await change({ timeReportWeekday: 3 });
  await world.travelTo('2026-03-12T12:00:00Z');
  expect(await dueOf('time_report')).toEqual([]);
});
