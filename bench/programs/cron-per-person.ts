/** As most bots do it: a task of node-cron for each person, which does its own writing when its moment comes. */

import cron from 'node-cron';
import pg from 'pg';
import { planOne, readPlain } from '../plan-one.ts';

const [url = '', count = '1', patience = '1'] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 10 });
const rows = await readPlain(pool, Number(count));

// Far enough ahead that all of them are scheduled by then.
const moment = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2_000 + rows.length * 2);
const expression = `${moment.getUTCSeconds()} ${moment.getUTCMinutes()} ${moment.getUTCHours()} * * *`;
let done = 0;
let last = 0;
for (const row of rows) {
  cron.schedule(
    expression,
    async () => {
      await planOne(pool, row);
      done += 1;
      last = Date.now();
    },
    { timezone: 'UTC' },
  );
}
const until = moment.getTime() + Number(patience) * 1000;
while (done < rows.length && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
process.send?.({ result: { done, seconds: (last - moment.getTime()) / 1000 } });
process.on('disconnect', () => process.exit());
