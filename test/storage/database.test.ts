import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';

onBothDatabases('isolation of workspaces', (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  async function withTwoWorkspaces(work: (database: TestDatabase) => Promise<void>): Promise<void> {
    await sql`truncate workspace cascade`.execute(database.owner);
    for (const id of ['T1', 'T2']) {
      await sql`insert into workspace (workspace_id, team_id, name, bot_user_id, installed_at)
        values (${id}, ${id}, ${id}, 'UBOT', now())`.execute(database.owner);
      await database.inWorkspace(id, (trx) =>
        sql`insert into member (workspace_id, user_id, name, time_zone, roles, status, updated_at)
          values (${id}, 'U1', ${`Ann of ${id}`}, 'UTC', '{rep}', 'active', now())`.execute(trx),
      );
    }
    await work(database);
  }

  test('a workspace sees its own rows only, even when it asks for others by name', () =>
    withTwoWorkspaces(async (database) => {
      const names = await database.inWorkspace('T1', async (trx) => {
        const rows = await trx.selectFrom('member').select('name').execute();
        return rows.map((row) => row.name);
      });
      expect(names).toEqual(['Ann of T1']);
    }));

  test('a row of another workspace can be neither written nor changed', () =>
    withTwoWorkspaces(async (database) => {
      await expect(
        database.inWorkspace('T1', (trx) =>
          trx
            .insertInto('seen_event')
            .values({ workspace_id: 'T2', event_id: 'E1', seen_at: new Date() })
            .execute(),
        ),
      ).rejects.toThrow(/row-level security/);
      const changed = await database.inWorkspace('T1', (trx) =>
        trx.updateTable('member').set({ name: 'x' }).where('workspace_id', '=', 'T2').executeTakeFirst(),
      );
      expect(changed.numUpdatedRows).toBe(0n);
    }));

  test('the planner reads cadences of every workspace and cannot read what people wrote', () =>
    withTwoWorkspaces(async (database) => {
      await expect(
        database.inPlanner((trx) => trx.selectFrom('cadence').selectAll().execute()),
      ).resolves.toEqual([]);
      await expect(
        database.inPlanner((trx) => trx.selectFrom('one_on_one_log').selectAll().execute()),
      ).rejects.toThrow(/permission denied/);
    }));

  test('role and workspace end with the transaction', () =>
    withTwoWorkspaces(async (database) => {
      await database.inWorkspace('T1', async () => {});
      const after = await sql<{ role: string; ws: string | null }>`
        select current_setting('role') as role, current_setting('sideline.workspace_id', true) as ws`.execute(
        database.owner,
      );
      expect(after.rows[0]?.role).toBe('none');
      expect(after.rows[0]?.ws ?? '').toBe('');
    }));
});
