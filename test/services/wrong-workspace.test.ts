import { inspect } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { travelClock } from '#domain/clock.ts';
import { readKeptPast } from '#sandbox/kept-past/kept-past.ts';
import { type LocalSlack, startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { endWorkspace } from '#services/end-workspace.ts';
import type { Trx } from '#storage/database.ts';
import { deleteEverything, everyTable } from '#storage/every-table.ts';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';
import { slackApp } from '#test/world.ts';
import { createLog } from '../../src/log.ts';
import { singleWorkspaceApi } from '../../src/web-api.ts';
import { everyService, type Parameter, type Service } from './every-service.ts';
import { recordOf, type TheirRecord } from './their-record.ts';

/**
 * Every service that takes a workspace, with one workspace set and the ids of another: same people, the record of four
 * months of the other one. Each call is undone, so that none is refused for what one before it did.
 */
const theirs = 'T0SANDBOX';
const ours = 'T0OURS';
const third = 'T0THIRD';
const marker = 'Xylophone';
const past = readKeptPast();

/** They take a workspace, and are not walked. */
const notWalked: Record<string, string> = {
  endWorkspace: 'as the owner, which nothing undoes: a test of its own, below',
  sealTokens: 'only computes: the workspace is sealed into the token',
  openTokens: 'only computes: a token of another workspace does not open',

  whenThereIsRoom: 'counts calls by takeCall and holdCalls, which are walked, and calls what it is given',
  readProfiles: 'asks Slack with the client it is given, and counts',
  eachPageOfUsers: 'asks Slack with the client it is given, and counts',
};
const walked = everyService().filter(
  ({ name, parameters }) => !(name in notWalked) && parameters.some(takesWorkspace),
);

function takesWorkspace({ name, type }: Parameter): boolean {
  return name === 'workspaceId' || /\b(Asking|ExportOptions)\b/.test(type);
}

/** What a service without a workspace is left to: its own tests, or it asks nobody. */
const withoutWorkspace = new Set(
  (
    'replacedBy botTokens judgedWith compareTimeZones differencesToNode noteTimeZones contentHashOf decidedDelivery ' +
    'deleteEnded workspacesToDeleteIn denied noteDenial datesAhead personNamed followUpPractice ' +
    'followZoneData identifyPeople inTurns installWorkspace knownWorkspaces homesOf isNothingYet ' +
    'notingDenials nextPlanned slotsSubject readPeopleFile rowProblem withTeams takingPart planDigests planPeople changesBetween ' +
    'digestOf firstInstantBack receiverOf registerWorkspace identify progressIn calendarFor chosenReps circlesIn ' +
    'resolveManagers problemsWithLines rotateKeys slackErrorOf retryAfterOf slackTroubleOf grantFor renewedGrant ' +
    'asSlackPerson admitted lookUpPeople pageOfUsers scheduleSweeps claimDueSweep sweepPeople'
  ).split(' '),
);

test('every service takes a workspace, or is listed for taking none', () => {
  const others = everyService().filter(({ parameters }) => !parameters.some(takesWorkspace));
  expect(others.map(({ name }) => name).toSorted()).toEqual([...withoutWorkspace].toSorted());
  const names = everyService().map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(notWalked)));
  expect(walked.length).toBeGreaterThan(200);
});

describe('with the ids of another workspace', () => {
  let database: TestDatabase;
  let slack: LocalSlack;
  let record: TheirRecord;
  beforeAll(async () => {
    database = await openTestDatabase('embedded');
    const users = [{ id: 'U0SAM', name: 'sam', realName: 'Sam', email: 'sam@northwind.example', tz: 'UTC' }];
    slack = await startLocalSlack({ team: { id: ours, name: 'Ours' }, app: slackApp, users });
    await loadTheirs(database);
    const now = past.state.businessNow;
    record = await recordOf(database.owner, theirs, now);
    await guardTheirs(database);
  }, 60_000);
  afterAll(async () => {
    await slack.close();
    await database.close();
  });

  // No time passes, so that answers can be compared.
  const clock = { ...travelClock(past.state.businessNow), machineNow: () => past.state.businessNow };
  const log = createLog('silent');

  async function answersIn(workspaceId: string): Promise<Map<string, string>> {
    const answers = new Map<string, string>();
    for (const service of walked) answers.set(service.name, await outcomeOf(service, workspaceId));
    return answers;
  }

  /** What it answers, or what it dies of; nothing of it stays. */
  async function outcomeOf(service: Service, workspaceId: string): Promise<string> {
    const undone: Pick<TestDatabase, 'inWorkspace'> = {
      inWorkspace: (id, work) => undoing(database, id, work),
    };
    const client = singleWorkspaceApi(slack.apiUrl, slackApp.botToken).client('');
    const context = {
      ...{ clock, log, client, wake() {}, keepDays: 30, limits: {}, slack: { client: () => client } },
      database: { ...database, ...undone },
    };
    const module = (await import(`../../src/services/${service.file.slice(0, -3)}.ts`)) as Record<
      string,
      Callable
    >;
    const call = (trx: Trx | undefined) => {
      const given = service.parameters.map((one) =>
        record.argument(service, one, { context, trx, workspaceId }),
      );
      const called = module[service.name];
      if (called === undefined) throw new Error(`${service.file} has no ${service.name}`);
      return called(...given);
    };
    const asked = service.parameters.some(({ type }) => type === 'Trx')
      ? undoing(database, workspaceId, async (trx) => call(trx))
      : Promise.resolve().then(() => call(undefined));
    const said = await asked.then(
      (answer) => inspect(answer, { depth: 12, maxArrayLength: 500, maxStringLength: 2_000 }),
      (error: Error) => `died: ${error.message}`,
    );
    return record.ids.reduce((text, id) => text.replaceAll(id, 'an id'), said).replaceAll(anyId, 'an id');
  }

  test('a workspace that ends takes nothing of another with it', async () => {
    const before = await everythingOf(database, theirs);
    // In machine time, and the past was lived before now.
    const reason = { reason: 'removed', since: new Date() };
    expect(await endWorkspace({ database, clock, log, keepDays: 0 }, third, reason)).toBe(true);
    expect(await everythingOf(database, theirs)).toEqual(before);
  });

  test('no service changes anything of it, and each answers as if it were not there', async () => {
    const before = await everythingOf(database, theirs);
    const [inOurs, inTheirs] = [await answersIn(ours), await answersIn(theirs)];
    expect([...inOurs].filter(([, said]) => said.includes('was touched') || said.includes(marker))).toEqual(
      [],
    );
    expect(await everythingOf(database, theirs)).toEqual(before);
    // What nobody did in four months, and what is the same in both: people, roles, settings.
    const same = [...inOurs].filter(([name, said]) => said === inTheirs.get(name)).map(([name]) => name);
    expect(same.length, same.join(' ')).toBeLessThan(walked.length / 3);

    await sql`drop function guard_theirs cascade`.execute(database.owner);
    await database.owner.transaction().execute((trx) => deleteEverything(trx, theirs));
    const alone = await answersIn(ours);
    for (const [name, said] of inOurs) expect(said, name).toBe(alone.get(name));
  }, 120_000);
});

/** Made while it ran, or counted up by what is undone. */
const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=_id: )\d+/g;

type Callable = (...given: unknown[]) => unknown;

class Undone extends Error {}

async function undoing<T>(
  database: TestDatabase,
  workspaceId: string,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  let answer: { value: T } | undefined;
  try {
    await database.inWorkspace(workspaceId, async (trx) => {
      answer = { value: await work(trx) };
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  if (answer === undefined) throw new Error('was never begun');
  return answer.value;
}

/** Their rows as they were lived, and people of the same ids in ours. */
async function loadTheirs({ owner }: TestDatabase): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    for (const [name, rows] of Object.entries(past.rows)) {
      const table = sql.table(name);
      // What has come since has its default.
      const columns = sql.join(Object.keys(rows[0] ?? {}).map((one) => sql.ref(one)));
      await sql`insert into ${table} (${columns}) overriding system value
        select ${columns} from json_populate_recordset(null::${table}, ${JSON.stringify(rows)}::text::json)`.execute(
        trx,
      );
    }
    for (const copy of [ours, third]) {
      for (const name of ['workspace', 'member', 'reporting']) {
        await sql`insert into ${sql.table(name)}
        select (jsonb_populate_record(t, jsonb_build_object('workspace_id', ${copy}::text, 'team_id', ${copy}::text))).*
        from ${sql.table(name)} t where workspace_id = ${theirs}`.execute(trx);
      }
    }
    await sql`insert into call_plan (workspace_id, plan_id, rep_id, watcher_id, asked_by_rep, account, account_key, call_on, state, made_at)
      values (${theirs}, gen_random_uuid(), 'U0SAM', 'U0DANA', true, ${marker}, ${marker}, ${new Date(past.state.businessNow)}, 'asked',
        ${new Date(past.state.businessNow)})`.execute(trx);
    await sql`update member set dm_channel = null where workspace_id = ${ours}`.execute(trx);
    for (const [table, columns] of Object.entries(texts)) {
      for (const column of columns.split(' ')) {
        await sql`update ${sql.table(table)} set ${sql.ref(column)} = concat_ws(' ', ${sql.ref(column)}, ${marker}::text)
          where workspace_id = ${theirs}`.execute(trx);
      }
    }
  });
}

const texts: Record<string, string> = {
  workspace: 'name',
  member: 'name',
  one_on_one_log: 'private_note blockers',
  commitment: 'text',
  debrief: 'account worked moment',
  practice_assignment: 'title situation task',
  practice_review: 'sentence account',
  preparation: 'answer',
  programme: 'name',
  certification_rating: 'known_by',
  check_in: 'example',
};

/** Whatever would change a row of theirs, or add one, says so instead. */
async function guardTheirs({ owner }: TestDatabase): Promise<void> {
  await sql`create function guard_theirs() returns trigger language plpgsql as $$
    begin
      if coalesce(new.workspace_id, old.workspace_id) = '${sql.raw(theirs)}' then
        raise exception '% was touched', tg_table_name;
      end if;
      return coalesce(new, old);
    end $$`.execute(owner);
  for (const table of await everyTable(owner)) {
    await sql`create trigger guard_theirs before insert or update or delete on ${sql.table(table)}
      for each row execute function guard_theirs()`.execute(owner);
  }
}

async function everythingOf({ owner }: TestDatabase, workspaceId: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of await everyTable(owner)) {
    const { rows } = await sql<{ hash: string | null }>`
      select md5(string_agg(t::text, '|' order by t::text)) as hash from ${sql.table(table)} t
      where workspace_id = ${workspaceId}`.execute(owner);
    if (rows[0]?.hash) found[table] = rows[0].hash;
  }
  return found;
}
