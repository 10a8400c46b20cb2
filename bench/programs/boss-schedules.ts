/** The same with a schedule of pg-boss for each person, and a worker that does the writing. */

import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { planOne, readPlain } from '../plan-one.ts';

const [url = '', count = '1', patience = '1'] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 10 });
const rows = await readPlain(pool, Number(count));
const byKey = new Map(rows.map((row) => [row.occurrence_id, row]));

const boss = new PgBoss({
  connectionString: url,
  cronMonitorIntervalSeconds: 1,
  cronWorkerIntervalSeconds: 1,
});
boss.on('error', (error) => console.error(error));
await boss.start();
await boss.createQueue('person');

const lead = 10_000 + rows.length * 5;
const moment = new Date(Math.ceil((Date.now() + lead) / 60_000) * 60_000);
const expression = `${moment.getUTCMinutes()} ${moment.getUTCHours()} * * *`;
const keys = [...byKey.keys()];
const lane = async (): Promise<void> => {
  for (let key = keys.pop(); key !== undefined; key = keys.pop()) {
    await boss.schedule('person', expression, { key }, { tz: 'UTC', key });
  }
};
await Promise.all(Array.from({ length: 8 }, lane));

let done = 0;
let last = 0;
await boss.work<{ key: string }>('person', { batchSize: 500, pollingIntervalSeconds: 0.5 }, async (jobs) => {
  for (const { data } of jobs) {
    const row = byKey.get(data.key);
    if (row === undefined) continue;
    await planOne(pool, row);
    done += 1;
    last = Date.now();
  }
});
const until = moment.getTime() + Number(patience) * 1000;
while (done < rows.length && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
process.send?.({ result: { done, seconds: (last - moment.getTime()) / 1000 } });
process.on('disconnect', () => process.exit());
