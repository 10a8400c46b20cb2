import { sql } from 'kysely';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';

/** Who logs a 1:1, with whom, and whose it is; each as far as there is somebody. */
export interface PairPeople {
  writer: { zone: string; days: number[] } | undefined;
  repName: string | undefined;
  /** Whom the rep reports to. */
  manager: { id: string; zone: string } | undefined;
}

export async function pairPeople(
  trx: Trx,
  workspaceId: string,
  writerId: string,
  repId: string,
): Promise<PairPeople> {
  const query = sql<{
    writer_zone: string | null;
    writer_days: number[] | null;
    rep_name: string | null;
    manager_id: string | null;
    manager_zone: string | null;
  }>`
    select writer.time_zone as writer_zone, writer.working_days as writer_days, rep.name as rep_name,
           line.manager_id, manager.time_zone as manager_zone
    from (values (${workspaceId}::text)) as here(workspace_id)
    left join member writer on writer.workspace_id = here.workspace_id and writer.user_id = ${writerId}
    left join member rep on rep.workspace_id = here.workspace_id and rep.user_id = ${repId}
    left join reporting line on line.workspace_id = here.workspace_id and line.rep_id = ${repId}
      and line.until is null
    left join member manager on manager.workspace_id = here.workspace_id and manager.user_id = line.manager_id`;
  const [row] = await askTogether(trx, query, {});
  const {
    writer_zone = null,
    writer_days = null,
    rep_name = null,
    manager_id = null,
    manager_zone = null,
  } = row ?? {};
  return {
    writer:
      writer_zone === null || writer_days === null ? undefined : { zone: writer_zone, days: writer_days },
    repName: rep_name ?? undefined,
    manager:
      manager_id === null || manager_zone === null ? undefined : { id: manager_id, zone: manager_zone },
  };
}

/**
 * Locks the slot of a rep's 1:1s with whom they report to: whoever logs a 1:1 of the pair, or changes its slot, takes
 * turns. What depends on the lock is to be read after it, by another statement.
 */
export async function lockSlotOfRep(trx: Trx, workspaceId: string, repId: string): Promise<void> {
  const query = sql<{ cadence_id: string }>`
    select cadence_id from cadence
    where workspace_id = ${workspaceId} and kind = 'one_on_one' and about_id = ${repId} and ended_at is null
      and asked_id = (
        select manager_id from reporting
        where workspace_id = ${workspaceId} and rep_id = ${repId} and until is null
      )
    for update`;
  await askTogether(trx, query, {});
}
