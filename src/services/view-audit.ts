import { done, type Result } from '#domain/result.ts';
import { type AuditSeen, auditBefore } from '#storage/audit.ts';
import type { ServiceContext } from '../context.ts';
import { type NotYourSettings, setterOf } from './view-settings.ts';

export interface AuditTrail {
  timeZone: string;
  /** The newest first. */
  entries: AuditSeen[];
  /** There are earlier ones. */
  earlier: boolean;
}

const pageLength = 30;

/** What was done to settings, people and data, and by whom; for enablement and admins. */
export function viewAudit(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  userId: string,
  before?: string,
): Promise<Result<AuditTrail, NotYourSettings>> {
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<AuditTrail, NotYourSettings>> => {
      const asker = await setterOf(trx, workspaceId, userId, 'see_audit');
      if (!asker.ok) return asker;
      const found = await auditBefore(trx, workspaceId, { before, most: pageLength + 1 });
      return done({
        timeZone: asker.value.timeZone,
        entries: found.slice(0, pageLength),
        earlier: found.length > pageLength,
      });
    },
  );
}
