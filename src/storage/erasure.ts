import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as turnIsOver } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Trx } from './database.ts';
import { wantMessagesDeleted } from './messages-to-delete.ts';
import { dropPrivateNotesBy, dropTexts } from './personal-texts.ts';

/** The person of that id becomes a row without a name; what was counted of them is counted still. */
export async function erasePerson(
  trx: Trx,
  workspaceId: string,
  personId: string,
  at: Date,
): Promise<{ rows: Record<string, number>; nobodyId: string }> {
  await wantMessagesDeleted(trx, workspaceId, personId, at);
  await takeBackMessages(trx, workspaceId, personId, at);
  const rows = await dropTexts(trx, workspaceId, { personId }, randomUUID());
  await dropPrivateNotesBy(trx, workspaceId, personId);
  await sql`delete from newcomer where workspace_id = ${workspaceId} and user_id = ${personId}`.execute(trx);
  // A file that is still to be applied would bring them back, and one that was applied need not be read again.
  await sql`
    delete from people_import
    where workspace_id = ${workspaceId} and (wanted::text ~ ${`\\m${personId}\\M`} or result::text ~ ${`\\m${personId}\\M`})`.execute(
    trx,
  );
  const salt = randomUUID();
  await trx
    .insertInto('erased_person')
    .values({ workspace_id: workspaceId, salt, id_hash: hashOf(salt, personId), erased_at: at })
    .execute();
  await trx
    .updateTable('erasure_request')
    .set({ erased_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('called_off_at', 'is', null)
    .where('erased_at', 'is', null)
    .execute();
  await trx
    .updateTable('copy_request')
    .set({ state: 'called_off', leased_until: null, settled_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('state', 'in', ['making', 'waiting'])
    .execute();
  // At random: nothing leads from it to the person, and no list says whose it was.
  const nobodyId = `GONE${randomUUID().replaceAll('-', '').toUpperCase()}`;
  await sql`select rename_person(${personId}, ${nobodyId})`.execute(trx);
  await trx
    .updateTable('member')
    .set({
      name: 'Somebody erased',
      email: null,
      start_date: null,
      country: null,
      dm_channel: null,
      status: 'deactivated',
      updated_at: at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', nobodyId)
    .execute();
  return { rows, nobodyId };
}

/** Nothing more is sent to them, and the place of what was sent is forgotten: a conversation tells who it is with. */
async function takeBackMessages(trx: Trx, workspaceId: string, personId: string, at: Date): Promise<void> {
  const theirs = sql`workspace_id = ${workspaceId} and receiver_id = ${personId}`;
  const messages = sql`(select message_id from message m where m.workspace_id = ${workspaceId}
    and m.delivery_id in (select delivery_id from delivery where ${theirs}))`;
  await sql`delete from edit where workspace_id = ${workspaceId} and message_id in ${messages}`.execute(trx);
  const place = `erased ${randomUUID()}`;
  await sql`
    update message set channel = ${place}, content_hash = ''
    where workspace_id = ${workspaceId} and message_id in ${messages}`.execute(trx);
  // The fence: whoever is posting at this moment does not write down where.
  await sql`
    update delivery set state = 'dropped', reason = 'erased', settled_at = ${at}, fence = fence + 1
    where ${theirs} and state in ('pending', 'posting', 'uncertain')`.execute(trx);
  await sql`update delivery set channel = ${place} where ${theirs} and channel is not null`.execute(trx);
}

const hashOf = (salt: string, id: string): string =>
  createHash('sha256').update(`${salt} ${id}`).digest('hex');

/** Of these Slack ids, those of people who were erased, and when: they come back only where somebody says so. */
export async function erasedAmong(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const erased = await trx
    .selectFrom('erased_person')
    .select(['salt', 'id_hash', 'erased_at'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const found = new Map<string, Date>();
  // Each has a salt of its own, so each id is tried with each: not all in one turn.
  for (const { salt, id_hash, erased_at } of erased) {
    const id = ids.find((one) => hashOf(salt, one) === id_hash);
    if (id !== undefined) found.set(id, erased_at);
    await turnIsOver();
  }
  return found;
}
