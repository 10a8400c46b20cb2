import { revisionsOf } from '#storage/revisions.ts';
import { findTimeReport } from '#storage/time-reports.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { userId, type World } from '#test/world.ts';

/** A manager's week, reported by hand. */

export const team = [
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/New_York', role: 'rep', manager: 'Dana Whitfield' },
];
export const workspaceId = 'T0WORLD';
export const dana = userId('Dana Whitfield');
export const sam = userId('Sam Rivera');

// The week of Monday, 2 March is 2026-W10; New York is five hours behind.
export const monday = '2026-03-02T14:00:00Z';
export const friday = '2026-03-06T20:00:00Z';

export const fields = [
  'Unsticking deals',
  'Developing people',
  'With customers',
  'Running the team',
  'Everything else',
];

export async function fillIn(modal: SeenModal, ...typed: string[]): Promise<void> {
  for (const [index, text] of typed.entries()) await modal.fill(fields[index] ?? '', text);
}

export async function openTime(person: Person): Promise<SeenModal> {
  await person.run('/coach time');
  return person.untilModal();
}

export const words = (seen: { texts: string[] }): string => seen.texts.join('\n');

export const reportOf = ({ database }: World, week: string) =>
  database.inWorkspace(workspaceId, (trx) => findTimeReport(trx, workspaceId, dana, week));

export async function historyOf(world: World, week: string) {
  const report = await reportOf(world, week);
  return world.database.inWorkspace(workspaceId, (trx) =>
    revisionsOf(trx, workspaceId, { kind: 'time_report', id: report?.id ?? '' }),
  );
}

export const endOf = ({ database }: World, period: string) =>
  database.inWorkspace(workspaceId, async (trx) => {
    const row = await trx
      .selectFrom('occurrence')
      .select('state')
      .where('kind', '=', 'time_report')
      .where('period', '=', period)
      .executeTakeFirst();
    return row?.state;
  });
