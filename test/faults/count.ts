import type { Database } from '#storage/database.ts';
import type { Standing } from './many-slacks.ts';
import type { Ask } from './teams.ts';
import { traceOf } from './trace.ts';

export interface Count {
  /** Asks that nobody got. */
  lost: number;
  /** Messages that say what another has said already, whatever their keys. */
  duplicated: number;
  /** Messages that nobody was to get. */
  unasked: number;
  /** Keys that stand more than once. */
  keysTwice: string[];
}

/** Counted by what stands in Slack, against what was wanted; the ledger is not asked. */
export function countStanding(asks: Ask[], standing: Standing[]): Count {
  const byAsk = Map.groupBy(standing, nameOf);
  const wanted = new Set(asks.map(nameOf));
  const byKey = Map.groupBy(standing, ({ key }) => key ?? 'no key');
  return {
    lost: asks.filter((ask) => !byAsk.has(nameOf(ask))).length,
    duplicated: [...byAsk.values()].reduce((sum, copies) => sum + copies.length - 1, 0),
    unasked: standing.filter((one) => !wanted.has(nameOf(one))).length,
    keysTwice: [...byKey].flatMap(([key, copies]) => (copies.length > 1 ? [key] : [])),
  };
}

const nameOf = ({ workspaceId, receiverId, text }: Ask): string => `${workspaceId} ${receiverId} ${text}`;

/** What the ledger says of the same: what is due and has no end, and what it takes for delivered and does not stand. */
export async function examineLedger({ owner }: Database, standing: Standing[], businessNow: number) {
  const open = await owner
    .selectFrom('delivery')
    .select(['post_key', 'state', 'last_answer'])
    .where('state', 'in', ['pending', 'posting', 'uncertain'])
    .where('due_at', '<=', new Date(businessNow))
    .execute();
  const delivered = await owner
    .selectFrom('delivery as d')
    .leftJoin('message as m', (join) =>
      join.onRef('m.workspace_id', '=', 'd.workspace_id').onRef('m.delivery_id', '=', 'd.delivery_id'),
    )
    .select(['d.workspace_id', 'd.post_key', 'm.channel', 'm.ts'])
    .where('d.state', '=', 'delivered')
    .execute();
  const places = new Set(standing.map((one) => `${one.workspaceId} ${one.channel} ${one.ts} ${one.key}`));
  const notStanding = delivered.filter(
    (row) => !places.has(`${row.workspace_id} ${row.channel} ${row.ts} ${row.post_key}`),
  );
  return { open, delivered: delivered.length, notStanding: notStanding.length };
}

/** The course of what stands twice, for whoever has to find out why. */
export async function explain(database: Database, standing: Standing[], keys: string[]): Promise<string[]> {
  const posted = standing.flatMap(({ key, ts }) =>
    key !== undefined && keys.includes(key)
      ? [`${key} ${new Date(Number(ts) * 1000).toISOString()} stands in Slack`]
      : [],
  );
  return [...posted, ...(await traceOf(database, keys))].toSorted();
}
