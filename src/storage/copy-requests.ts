import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Trx } from './database.ts';
import type { CopyState } from './schema/copy-request.ts';

/** What was asked for last, of one person. */
export interface CopyAsked {
  id: string;
  state: CopyState;
  askedAt: Date;
  leasedUntil: Date | null;
  settledAt: Date | null;
}

/** What came to nothing is left out. Locked: two presses at once are one after the other. */
export async function lastCopy(
  trx: Trx,
  workspaceId: string,
  personId: string,
): Promise<CopyAsked | undefined> {
  const row = await trx
    .selectFrom('copy_request')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('state', 'not in', ['not_sent', 'called_off'])
    .orderBy('asked_at', 'desc')
    // Asked at one moment of a clock that stands still: what is open is the last.
    .orderBy('settled_at', (order) => order.desc().nullsFirst())
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      id: row.request_id,
      state: row.state,
      askedAt: row.asked_at,
      leasedUntil: row.leased_until,
      settledAt: row.settled_at,
    }
  );
}

/** Undefined where another press was quicker. */
export async function addCopy(
  trx: Trx,
  workspaceId: string,
  personId: string,
  of: { state: 'making' | 'waiting'; askedAt: Date; leasedUntil: Date | null },
): Promise<string | undefined> {
  const row = await trx
    .insertInto('copy_request')
    .values({
      workspace_id: workspaceId,
      request_id: randomUUID(),
      person_id: personId,
      asked_at: of.askedAt,
      state: of.state,
      leased_until: of.leasedUntil,
      settled_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('request_id')
    .executeTakeFirst();
  return row?.request_id;
}

/** Says whether it was in that state. */
export async function moveCopy(
  trx: Trx,
  workspaceId: string,
  id: string,
  from: 'making' | 'waiting',
  to: { state: CopyState; leasedUntil?: Date; settledAt?: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('copy_request')
    .set({ state: to.state, leased_until: to.leasedUntil ?? null, settled_at: to.settledAt ?? null })
    .where('workspace_id', '=', workspaceId)
    .where('request_id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Somebody who waits for a copy that whoever runs Sideline makes. */
export interface WaitingForCopy {
  personId: string;
  personName: string;
  askedAt: Date;
}

/** The oldest first. */
export async function waitingForCopies(
  trx: Trx,
  workspaceId: string,
  limit: number,
): Promise<WaitingForCopy[]> {
  const { rows } = await sql<{ person_id: string; name: string; asked_at: Date }>`
    select c.person_id, m.name, c.asked_at from copy_request c
    join member m on m.workspace_id = c.workspace_id and m.user_id = c.person_id
    where c.workspace_id = ${workspaceId} and c.state = 'waiting'
    order by c.asked_at, c.request_id limit ${limit}`.execute(trx);
  return rows.map((row) => ({ personId: row.person_id, personName: row.name, askedAt: row.asked_at }));
}
