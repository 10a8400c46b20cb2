import type pg from 'pg';
import { now } from './load.ts';

/** A card for each rep, due now, which speaks of tomorrow's 1:1. */
export async function loadDueCards(client: pg.Client): Promise<void> {
  const at = new Date(now);
  await client.query(
    `insert into occurrence
       (workspace_id, occurrence_id, cadence_id, period, kind, asked_id, about_id, due_at, closes_at, state)
     select workspace_id, cadence_id, cadence_id, '2026-W10', kind, asked_id, about_id,
            $1::timestamptz + interval '1 day', $1::timestamptz + interval '8 days', 'planned'
     from cadence`,
    [at],
  );
  await client.query(
    `insert into delivery (workspace_id, delivery_id, post_key, kind, key, receiver_id, due_at, state)
     select workspace_id, occurrence_id, occurrence_id, 'card', 'card/' || about_id, about_id, $1, 'pending'
     from occurrence`,
    [at],
  );
  await client.query(
    `insert into delivery_occurrence (workspace_id, delivery_id, occurrence_id)
     select workspace_id, occurrence_id, occurrence_id from occurrence`,
  );
  await client.query('analyze');
}

/** Until all of them have gone out: when the last of each workspace had, in order of the workspaces. */
export async function untilDelivered(client: pg.Client, workspaces: number): Promise<number[]> {
  const doneAt = new Map<string, number>();
  for (;;) {
    const { rows } = await client.query<{ workspace_id: string; open: number; lost: string | null }>(
      `select workspace_id, count(*) filter (where state in ('pending', 'posting', 'uncertain'))::int as open,
              min(reason) filter (where state in ('dropped', 'folded')) as lost
       from delivery group by 1`,
    );
    for (const { workspace_id, open, lost } of rows) {
      if (lost !== null) throw new Error(`a card was not sent: ${lost}`);
      if (open === 0 && !doneAt.has(workspace_id)) doneAt.set(workspace_id, performance.now());
    }
    if (doneAt.size === workspaces) {
      return Array.from({ length: workspaces }, (_, number) => doneAt.get(`T${number}`) ?? Number.NaN);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
