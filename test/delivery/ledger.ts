import type { Stage } from './engine.ts';
import type { TestSlack } from './slacks.ts';

interface Where {
  database: Stage['database'];
  slack: Pick<TestSlack, 'workspaceId'>;
}

/** The messages to managers as the ledger knows them, in the order they are due. */
export function deliveries({ database, slack }: Where) {
  return database.inWorkspace(slack.workspaceId, (trx) =>
    trx
      .selectFrom('delivery')
      .select([
        'delivery_id',
        'post_key',
        'state',
        'reason',
        'last_answer',
        'attempts',
        'due_at',
        'retry_at',
        'fence',
      ])
      .where('kind', '=', 'prompt')
      .orderBy('due_at')
      .orderBy('delivery_id')
      .execute(),
  );
}

/** What has gone out, of whatever kind. */
export function delivered({ database, slack }: Where) {
  return database.inWorkspace(slack.workspaceId, (trx) =>
    trx
      .selectFrom('delivery')
      .select(['delivery_id', 'kind', 'key'])
      .where('state', '=', 'delivered')
      .orderBy('due_at')
      .execute(),
  );
}

/** What has come due so far: the next week is planned as well. */
export async function due(where: Where & Pick<Stage, 'clock'>) {
  const all = await deliveries(where);
  return all.filter((one) => one.due_at.getTime() <= where.clock.now());
}

export async function onlyDue(where: Where & Pick<Stage, 'clock'>) {
  const [first, ...others] = await due(where);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + (first ? 1 : 0)} are due`);
  return first;
}

export function occurrences({ database, slack }: Where) {
  return database.inWorkspace(slack.workspaceId, (trx) =>
    trx
      .selectFrom('occurrence')
      .innerJoin('member', (join) =>
        join
          .onRef('member.workspace_id', '=', 'occurrence.workspace_id')
          .onRef('member.user_id', '=', 'occurrence.about_id'),
      )
      .select([
        'occurrence_id',
        'member.name as about',
        'period',
        'state',
        'reason',
        'due_at',
        'closes_at',
        'asked_at',
      ])
      .orderBy('due_at')
      .orderBy('member.name')
      .execute(),
  );
}

export function edits({ database, slack }: Where) {
  return database.inWorkspace(slack.workspaceId, (trx) =>
    trx.selectFrom('edit').select(['state', 'version', 'attempts', 'last_answer', 'response_url']).execute(),
  );
}
