import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { travelClock } from '#domain/clock.ts';
import { startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { importPeople } from '#services/import-people.ts';
import { databaseKinds, openTestDatabase } from '#test/database.ts';
import { Person } from '#test/person.ts';
import { peopleFile, slackApp, userId } from '#test/world.ts';
import { startApplication } from '../../src/application.ts';
import { readConfig } from '../../src/config.ts';
import { person } from '../services/office.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test.each(databaseKinds)(
  'an error that quotes what somebody wrote comes into the log without it (%s)',
  async (kind) => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const users = ['Dana', 'Sam'].map((name) => person(name, { id: userId(name) }));
    const slack = await startLocalSlack({ team: { id: 'T0WORLD', name: 'Test team' }, app: slackApp, users });
    closing.push(() => slack.close());
    const database = await openTestDatabase(kind);
    closing.push(() => database.close());
    const read = readConfig({
      SLACK_BOT_TOKEN: slackApp.botToken,
      SLACK_SIGNING_SECRET: slackApp.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      PORT: '0',
    });
    if (!read.ok) throw new Error(read.problems.join('\n'));
    const clock = travelClock(Date.parse('2026-03-02T14:00:00Z'));
    const application = await startApplication({ config: read.config, clock, database, log });
    closing.push(() => application.stop());
    slack.connect({ mode: 'http', url: `http://127.0.0.1:${application.port}/slack/events` });
    const { context } = application;
    const client = context.slack.client('T0WORLD');
    await importPeople(
      { ...context, client },
      'T0WORLD',
      peopleFile([
        { name: 'Dana', zone: '', role: 'manager' },
        { name: 'Sam', zone: '', role: 'rep', manager: 'Dana' },
      ]),
    );
    // The database itself will refuse the row, and tells with which values.
    await sql`alter table one_on_one_log add check (private_note is null)`.execute(database.owner);

    const dana = new Person(slack, userId('Dana'));
    await dana.run('/coach log @Sam');
    await dana.modal().press('More');
    const modal = await dana.untilModal((one) => one.labels.includes('Private note'));
    await modal.choose('Mostly about', 'A skill');
    await modal.fill('One thing to try', 'When the buyer names a price, say marzipan.');
    await modal.fill('Private note', 'Nobody may read of gingerbread.');
    expect(await modal.submit()).toMatchObject({ status: 'errors' });

    const logged = lines.join('');
    expect(logged).toContain('a submission was not saved');
    expect(logged).toContain('23514');
    expect(logged).not.toMatch(/marzipan|gingerbread/);
    expect(logged).not.toContain(slackApp.botToken);
  },
);
