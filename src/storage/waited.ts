import { type RawBuilder, sql } from 'kysely';

/** Whether a row has waited until its `retry_at`, in machine time; one that has none never had to. */
export function hasWaited(column: string, machineNow: Date): RawBuilder<boolean> {
  const retryAt = sql.ref(column);
  return sql<boolean>`(${retryAt} is null or ${retryAt} <= ${machineNow})`;
}
