import { afterEach, describe, expect, test } from 'vitest';
import { startWorld, type World } from '#test/world.ts';

const team = [
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
afterEach(() => world.close());

describe.each(['http', 'socket'] as const)('a weekly 1:1 over %s', (mode) => {
  test.each(['embedded', 'postgres'] as const)(
    'is asked about after its slot, logged, and shown as logged (%s)',
    async (database) => {
      // A Monday; the slot is Thursday 16:00 in New York, which is 21:00 UTC.
      world = await startWorld({ mode, database, now: '2026-03-02T14:00:00Z', team });
      const dana = world.person('Dana Whitfield');

      await world.travelTo('2026-03-05T21:29:00Z');
      // Monday's brief names it, and the card of its day.
      expect(dana.dm().map(({ text }) => text)).toEqual([
        'This week: one 1:1.',
        'Thu 5 Mar: your 1:1 with Sam is at 16:00.',
      ]);
      await world.travelTo('2026-03-05T21:30:00Z');
      const prompt = dana.dm()[2];
      expect(prompt?.text).toBe("Sam's 1:1 just ended. Log one thing.");

      await prompt?.press('Log 1:1');
      const modal = await dana.untilModal();
      expect(modal.title).toBe('1:1 with Sam');
      await modal.choose('Mostly about', 'A skill');
      await modal.fill('One thing to try', 'When the buyer names a price, ask what it is compared with.');
      expect(await modal.submit()).toMatchObject({ errors: {}, closed: true });

      // Every message that names it shows it as logged; there is none about that.
      await dana.until(() => dana.dm().every(({ text }) => text.includes('nothing is open')) || undefined);
      expect(dana.dm()).toHaveLength(3);
      const logged = await world.database.inWorkspace('T0WORLD', (trx) =>
        trx.selectFrom('commitment').select(['text', 'by_date']).execute(),
      );
      expect(logged).toEqual([
        { text: 'When the buyer names a price, ask what it is compared with.', by_date: '2026-03-12' },
      ]);
    },
  );
});
