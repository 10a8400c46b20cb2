import type pg from 'pg';

/** What the product wrote for one cadence: its occurrence, and when the next one comes. */
export interface PlainRow {
  workspace_id: string;
  occurrence_id: string;
  cadence_id: string;
  [column: string]: unknown;
}

export async function readPlain(pool: pg.Pool, count: number): Promise<PlainRow[]> {
  const { rows } = await pool.query<PlainRow>(
    `select o.*, s.next_period, s.next_due_at, s.plan_at
     from plain_occurrence o join plain_step s using (workspace_id, cadence_id) limit $1`,
    [count],
  );
  return rows;
}

/** The same two writes, for one person alone. */
export async function planOne(pool: pg.Pool, row: PlainRow): Promise<void> {
  const columns = [
    'occurrence_id',
    'period',
    'kind',
    'asked_id',
    'about_id',
    'due_at',
    'closes_at',
    'ask_at',
    'state',
  ];
  await pool.query(
    `insert into occurrence (workspace_id, cadence_id, ${columns.join(', ')})
     values ($1, $2, ${columns.map((_, index) => `$${index + 3}`).join(', ')})
     on conflict (workspace_id, cadence_id, period) do nothing`,
    [row.workspace_id, row.cadence_id, ...columns.map((column) => row[column])],
  );
  await pool.query(
    `update cadence set next_period = $3, next_due_at = $4, plan_at = $5 where workspace_id = $1 and cadence_id = $2`,
    [row.workspace_id, row.cadence_id, row['next_period'], row['next_due_at'], row['plan_at']],
  );
}
