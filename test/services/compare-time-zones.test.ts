import { pino } from 'pino';
import { expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { compareTimeZones, differencesToNode, noteTimeZones } from '#services/compare-time-zones.ts';
import { databaseOffsets } from '#storage/time-zones.ts';
import { onBothDatabases } from '#test/database.ts';

const hour = 3_600_000;

onBothDatabases('time zones of Node and of the database', (open) => {
  test('are compared, and said once at start', async () => {
    const database = await open();
    const { nodeVersion, zones } = await compareTimeZones({ database, clock: systemClock });
    expect(nodeVersion).toBe(process.versions['tz']);
    expect(zones).toBe(18);
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    await noteTimeZones({ database, clock: systemClock, log });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      node: nodeVersion,
      msg: expect.stringMatching(/^time zones: /),
    });
    await database.close();
  });

  test('agree where nothing has changed for long, and a difference is found where it begins', async () => {
    const database = await open();
    const instants = [0, 1, 2, 3].map((quarter) => new Date(Date.UTC(2025, quarter * 3, 15)));
    // One that no database knows is passed over: it may be newer than the database.
    const zones = ['America/New_York', 'Australia/Lord_Howe', 'Mars/Phobos'];
    const offsets = await database.inPlanner((trx) => databaseOffsets(trx, zones, instants));
    expect(offsets).toHaveLength(8);
    expect(differencesToNode(offsets)).toEqual([]);
    expect(offsets.find(({ zone }) => zone === 'America/New_York')?.offset).toBe(-5 * hour);
    expect(offsets.find(({ zone }) => zone === 'Australia/Lord_Howe')?.offset).toBe(11 * hour);
    const other = offsets.map((one) =>
      one.zone === 'America/New_York' && one.instant >= (instants[2] ?? 0)
        ? { ...one, offset: one.offset - hour }
        : one,
    );
    expect(differencesToNode(other)).toEqual([{ zone: 'America/New_York', from: instants[2] }]);
    await database.close();
  });

  test('that cannot be compared are no reason not to start', async () => {
    const database = await open();
    await database.close();
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    await noteTimeZones({ database, clock: systemClock, log });
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      'time zones: Node and the database could not be compared',
    ]);
  });
});
