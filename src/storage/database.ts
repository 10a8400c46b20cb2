import { type Kysely, sql, type Transaction } from 'kysely';
import type { ConstructorOptions } from 'pg-boss';
import type { Tables } from './schema/index.ts';

/** A transaction that runs as one of the two statement roles; every query of the product needs one. */
export type Trx = Transaction<Tables>;

/**
 * The database as the rest of the product sees it. `owner` is for what no workspace can be set for:
 * migrations and the lookup of an installation.
 */
export interface Database {
  kind: 'embedded' | 'postgres';
  inWorkspace<T>(workspaceId: string, work: (trx: Trx) => Promise<T>): Promise<T>;
  inPlanner<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
  owner: Kysely<Tables>;
  /** How pg-boss, which keeps a schema of its own, reaches the same database. */
  boss: Pick<ConstructorOptions, 'db' | 'backend' | 'connectionString' | 'max'>;
  close(): Promise<void>;
}

/**
 * Both settings in one statement: they end with the transaction, so a pooled connection never carries the
 * role or the workspace of the one before.
 */
export function scoped(owner: Kysely<Tables>): Pick<Database, 'inWorkspace' | 'inPlanner' | 'owner'> {
  return {
    owner,
    inWorkspace: (workspaceId, work) =>
      unlessDeadlocked(() =>
        owner.transaction().execute(async (trx) => {
          await sql`select set_config('role', 'sideline_app', true),
                           set_config('sideline.workspace_id', ${workspaceId}, true)`.execute(trx);
          return work(trx);
        }),
      ),
    inPlanner: (work) =>
      owner.transaction().execute(async (trx) => {
        await sql`select set_config('role', 'sideline_planner', true)`.execute(trx);
        return work(trx);
      }),
  };
}

const mostTries = 4;

/**
 * Locks are taken in one order where that can be foreseen. Where two transactions come to wait for each other all the
 * same, PostgreSQL undoes one of them: nothing of it has happened, so it begins anew instead of failing a person.
 */
async function unlessDeadlocked<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (tries === mostTries || !isDeadlock(error)) throw error;
    }
  }
}

const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '40P01';
