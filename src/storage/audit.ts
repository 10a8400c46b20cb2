import { type Selectable, sql } from 'kysely';
import type { AuditEntry } from '#domain/audit.ts';
import type { Trx } from './database.ts';
import type { AuditEntryTable } from './schema/audit-entry.ts';

/** In the transaction that does what is noted: neither is there without the other. */
export async function noteInAudit(trx: Trx, workspaceId: string, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ actorId, what, aboutId, detail, at }) => ({
    workspace_id: workspaceId,
    actor_id: actorId,
    what,
    about_id: aboutId ?? null,
    detail: JSON.stringify(detail ?? {}),
    at,
  }));
  await trx.insertInto('audit_entry').values(rows).execute();
}

/** An entry with the names of today; none of whom is erased, or was never a member. */
export interface AuditSeen {
  id: string;
  actorId: string;
  actorName: string | undefined;
  aboutName: string | undefined;
  aboutId: string | undefined;
  what: string;
  detail: Record<string, unknown>;
  at: Date;
}

/** The newest first; `before` one that was shown already. */
export async function auditBefore(
  trx: Trx,
  workspaceId: string,
  page: { before: string | undefined; most: number },
): Promise<AuditSeen[]> {
  const { rows } = await sql<Selectable<AuditEntryTable> & { actor: string | null; about: string | null }>`
    select e.*, actor.name as actor, about.name as about from audit_entry e
    left join member actor on actor.workspace_id = e.workspace_id and actor.user_id = e.actor_id
    left join member about on about.workspace_id = e.workspace_id and about.user_id = e.about_id
    where e.workspace_id = ${workspaceId}
      and (${page.before ?? null}::bigint is null or e.entry_id < ${page.before ?? null}::bigint)
    order by e.entry_id desc
    limit ${page.most}`.execute(trx);
  return rows.map((row) => ({
    id: String(row.entry_id),
    actorId: row.actor_id,
    actorName: row.actor ?? undefined,
    aboutName: row.about ?? undefined,
    aboutId: row.about_id ?? undefined,
    what: row.what,
    detail: row.detail,
    at: row.at,
  }));
}

/** What somebody was not let do. */
export interface Refusal {
  actorId: string;
  aboutId: string | undefined;
  /** The id of the button, the form or the command. */
  action: string;
  at: Date;
}

/** The same one once an hour, however often it is tried: the trail is not for whoever presses to fill. */
export async function noteRefusals(
  trx: Trx,
  workspaceId: string,
  refusals: readonly Refusal[],
): Promise<void> {
  for (const { actorId, aboutId = null, action, at } of refusals) {
    const since = new Date(at.getTime() - 3_600_000);
    await sql`
      insert into audit_entry (workspace_id, actor_id, what, about_id, detail, at)
      select ${workspaceId}, ${actorId}, 'refused', ${aboutId}::text, ${JSON.stringify({ action })}::jsonb,
        ${at}::timestamptz
      where not exists (
        select from (
          select * from audit_entry where workspace_id = ${workspaceId} order by entry_id desc limit 100
        ) lately
        where actor_id = ${actorId} and what = 'refused' and about_id is not distinct from ${aboutId}::text
          and detail ->> 'action' = ${action} and at > ${since}
      )`.execute(trx);
  }
}
