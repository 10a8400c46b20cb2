import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { carryOver } from '#storage/carry.ts';
import { excuseOccurrence } from '#storage/told-occurrences.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { type AskedTeam, askedTeam, local, now, today, workspaceId } from './asked-team.ts';

onBothDatabases('a public holiday is named', (open) => {
  let database: TestDatabase;
  let team: AskedTeam;
  beforeAll(async () => {
    database = await open();
    team = askedTeam(database);
  });
  beforeEach(() => team.settle());
  afterAll(() => database.close());

  // Today is Thursday, 12 March.
  const livesIn = (country: string | null) =>
    team.inside((trx) =>
      trx.updateTable('member').set({ country }).where('user_id', '=', 'U0DANA').execute(),
    );
  const holiday = 'Thu 12 Mar is a public holiday in Mauritius (National Day)';

  test('where it is why nothing comes today', async () => {
    await livesIn('MU');
    expect((await team.outlook())[0]).toBe(
      `${holiday}. What comes up now is left to the card of Fri 13 Mar, 09:00.`,
    );
    await livesIn(null);
    expect(await team.outlook()).toEqual(['Nothing is planned for the days ahead.']);
  });

  test('where one is ahead', async () => {
    await livesIn('US');
    expect(await team.outlook()).toEqual(['Nothing is planned for the days ahead.']);
    // Eid begins on Friday, 20 March, more than a week ahead.
    await livesIn('AE');
    expect(await team.outlook()).toEqual(['Nothing is planned for the days ahead.']);
    await livesIn('IE');
    expect((await team.outlook())[0]).toBe(
      'Tue 17 Mar is a public holiday in Ireland (St. Patrick’s Day), so nothing is sent to you then.',
    );
  });

  test('where a message was left to a card for it', async () => {
    await livesIn('MU');
    const deliveryId = await team.prompt();
    const at = local('2026-03-13', '09:00');
    const key = 'card/U0DANA/2026-03-13';
    const because = 'outside_working_time';
    await team.inside((trx) =>
      carryOver(trx, workspaceId, [{ deliveryId, receiverId: 'U0DANA', key, at, because }], now),
    );
    expect(await team.decided()).toContain(
      `Thu 12 Mar, 16:30 — your prompt after the last 1:1 of the day (1:1 with Sam): ${holiday}, so the card of Fri 13 Mar takes it.`,
    );
  });

  test('where a duty falls on it', async () => {
    await livesIn('MU');
    await team.oneOnOne();
    expect(await team.decided()).toEqual([
      `Thu 12 Mar, 16:00 — 1:1 with Sam of Thu 12 Mar, 16:00 is asked on Fri 13 Mar: ${holiday}.`,
    ]);
    // Away besides, the absence is what decides.
    await team.away('U0DANA', today, '2026-03-16');
    expect((await team.decided())[0]).toContain('waits for Tue 17 Mar: you are away until then');
  });

  test('where a duty was over before the next working day', async () => {
    await livesIn('MU');
    const id = await team.oneOnOne(today, local(today, '23:00'));
    await team.inside((trx) => excuseOccurrence(trx, workspaceId, id, 'not_asked_in_time', now));
    expect((await team.decided())[0]).toContain(
      `is excused: ${holiday}, and its time was over before the next working day.`,
    );
    // With a day left, it was not the holiday.
    await livesIn(null);
    expect((await team.decided())[0]).toContain('Sideline did not ask in time, so it does not count.');
  });
});
