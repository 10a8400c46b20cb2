import type { AppContext } from '../context.ts';

/** Whether an event of Slack's is new. Slack sends again what it thinks was lost. */
export async function firstTimeSeen(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  workspaceId: string,
  eventId: string,
): Promise<boolean> {
  return database.inWorkspace(workspaceId, async (trx) => {
    const inserted = await trx
      .insertInto('seen_event')
      .values({ workspace_id: workspaceId, event_id: eventId, seen_at: new Date(clock.machineNow()) })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'event_id']).doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  });
}
