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

  test('a question on its own sees its workspace only, whatever is asked for', () =>
    withTwoWorkspaces(async (database) => {
      const named = (workspaceId: string, name: string) =>
        database.askInWorkspace(workspaceId, (build) =>
          build.selectFrom('member').select(['name', 'user_id', 'updated_at']).where('name', '=', name),
        );
      expect(await named('T1', 'Ann of T1')).toEqual([
        { name: 'Ann of T1', user_id: 'U1', updated_at: expect.any(Date) },
      ]);
      expect(await named('T1', 'Ann of T2')).toEqual([]);
      for (const quoted of ["T2'; set role none; select '", "x' or '1' = '1", '\\', '$1', 'T2"', '']) {
        expect(await named('T1', quoted)).toEqual([]);
        expect(await named(quoted, 'Ann of T1')).toEqual([]);
      }
    }));

  test('a question that fails leaves nothing behind, nor does one that is answered', () =>
    withTwoWorkspaces(async (database) => {
      await expect(
        database.askInWorkspace('T1', (build) =>
          build.selectFrom('member').select('name').where(sql<boolean>`1 / 0 = 1`),
        ),
      ).rejects.toThrow(/division by zero/);
      await database.askInWorkspace('T1', (build) => build.selectFrom('member').select('name'));
      // As many as there are connections: none of them is left inside a transaction, or with a role.
      const settings = await Promise.all(
        Array.from({ length: 10 }, () =>
          sql<{ role: string; ws: string | null }>`
            select current_setting('role') as role, current_setting('sideline.workspace_id', true) as ws`.execute(
            database.owner,
          ),
        ),
      );
      for (const { rows } of settings) {
        expect(rows[0]?.role).toBe('none');
        expect(rows[0]?.ws ?? '').toBe('');
      }
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
