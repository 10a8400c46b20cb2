import { afterEach, expect, test } from 'vitest';
import { repsOnPage } from '#slack/check-in/team-view.ts';
import { oneDatabase } from '#test/database.ts';
import type { SeenModal } from '#test/person-views.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { fillProgramme, linesOf, openNew, pressOnCard } from './training.ts';

const count = 60;
const names = Array.from({ length: count }, (_, index) => `Rep <!here> *${String(index).padStart(2, '0')}*`);
const team = [
  { name: 'Ellen Park', zone: 'Europe/Berlin', role: 'enablement' },
  { name: 'Dana Whitfield', zone: 'Europe/Berlin', role: 'manager' },
  ...names.map((name) => ({ name, zone: 'Europe/Berlin', role: 'rep', manager: 'Dana Whitfield' })),
];

/** Many people, on a machine that may be busy. */
const long = 180_000;

/** Where a busy machine takes longer than Slack waits, the same form is sent again, as people do. */
async function sent(modal: SeenModal): Promise<string> {
  for (let tries = 0; tries < 4; tries += 1) {
    const { status } = await modal.submit();
    if (status !== 'failed' && status !== 'errors') return status;
  }
  return 'never saved';
}

let world: World;
afterEach(() => world.close());

test.each(oneDatabase)(
  'sixty reps are enrolled in one go, make one row on a card, and are answered page by page (%s)',
  async (database) => {
    world = await startWorld({ database, now: '2026-03-16T09:00:00Z', team });
    const ellen = world.person('Ellen Park');
    const dana = world.person('Dana Whitfield');
    const modal = await openNew(ellen);
    await fillProgramme(modal, { sessionOn: '2026-03-10' });
    await modal.fill('Or paste a list', names.map(userId).join('\n'));
    expect(await sent(modal)).toBe('updated');
    expect(await sent(modal)).toBe('closed');
    await ellen.modal().close({ all: true });

    // Day 7 is a Tuesday; the manager is asked on Wednesday.
    await world.travelTo('2026-03-18T08:30:00Z');
    expect(linesOf(dana)).toContain('Day 7 of Winning Teach: 60 reps');
    const pages = Math.ceil(count / repsOnPage);
    const page = await pressOnCard(dana, 'Look back');
    for (let left = pages; left > 0; left -= 1) {
      expect(page.submitLabel).toBe(left > 1 ? 'Save and go on' : 'Save');
      expect(await sent(page)).toBe(left > 1 ? 'updated' : 'closed');
    }
    const rows = await world.database.inWorkspace('T0WORLD', (trx) =>
      trx.selectFrom('check_in').select('day').where('side', '=', 'manager').execute(),
    );
    expect(rows).toHaveLength(count);
    for (const person of [dana, ellen]) {
      person.openHome();
      await person.untilHome((one) => one.texts.join('\n').includes('0 of 60 reps have answered'));
    }
  },
  long,
);
