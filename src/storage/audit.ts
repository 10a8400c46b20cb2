import type { AuditEntry } from '#domain/audit.ts';
import type { Trx } from './database.ts';

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
