import { type Compilable, type Kysely, sql, type Transaction } from 'kysely';
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
  /** One question on its own. What every command asks first takes one trip to the server instead of three. */
  askInWorkspace<Row>(workspaceId: string, question: Question<Row>): Promise<Row[]>;
  owner: Kysely<Tables>;
  /** How pg-boss, which keeps a schema of its own, reaches the same database. */
  boss: Pick<ConstructorOptions, 'db' | 'backend' | 'connectionString' | 'max'>;
  close(): Promise<void>;
}

/** Builds a query; asked is it elsewhere. */
export type Question<Row> = (build: Pick<Kysely<Tables>, 'selectFrom'>) => Compilable<Row>;

/** What holds for one transaction: the role, and the workspace that alone can be seen. */
export type Scope = { role: 'sideline_app'; workspaceId: string } | { role: 'sideline_planner' };

/** Does work in a transaction of that scope. */
export type Transact = <T>(scope: Scope, work: (trx: Trx) => Promise<T>) => Promise<T>;

/** The settings of a scope end with its transaction: a pooled connection never carries those of the one before. */
export const settingsOf = (scope: Scope): [name: string, value: string][] =>
  scope.role === 'sideline_planner'
    ? [['role', scope.role]]
    : [
        ['role', scope.role],
        ['sideline.workspace_id', scope.workspaceId],
      ];

/** Any database: begun, set, and only then asked. */
export const transactOn =
  (owner: Kysely<Tables>): Transact =>
  (scope, work) =>
    owner.transaction().execute(async (trx) => {
      const settings = settingsOf(scope).map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
      await sql`select ${sql.join(settings)}`.execute(trx);
      return work(trx);
    });

export function scoped(
  owner: Kysely<Tables>,
  transact: Transact = transactOn(owner),
): Pick<Database, 'inWorkspace' | 'inPlanner' | 'askInWorkspace' | 'owner'> {
  const inWorkspace: Database['inWorkspace'] = (workspaceId, work) =>
    unlessDeadlocked(() => transact({ role: 'sideline_app', workspaceId }, work));
  return {
    owner,
    inWorkspace,
    inPlanner: (work) => transact({ role: 'sideline_planner' }, work),
    askInWorkspace: (workspaceId, question) =>
      inWorkspace(workspaceId, async (trx) => {
        const { rows } = await trx.executeQuery(question(trx).compile());
        return rows;
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
