import { randomUUID } from 'node:crypto';
import { dropAccessRecords } from '#storage/access-records.ts';
import { noteInAudit } from '#storage/audit.ts';
import { dropTexts } from '#storage/personal-texts.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';

/** So long one can read who opened one's record. */
const accessesKeptMonths = 24;

/**
 * Removes what people wrote where it is older than the workspace keeps it, and leaves what is counted. Once it is
 * done, doing it again finds nothing. Answers how many records had words.
 */
export async function sweepRetention(
  context: Pick<ServiceContext, 'clock' | 'database'>,
  workspaceId: string,
): Promise<number> {
  const now = new Date(context.clock.now());
  return context.database.inWorkspace(workspaceId, async (trx) => {
    await dropAccessRecords(trx, { before: monthsBefore(now, accessesKeptMonths), now });
    const { textsKeptMonths: months } = await currentSettings(trx, workspaceId);
    if (months === 0) return 0;
    const dropped = await dropTexts(trx, workspaceId, { before: monthsBefore(now, months) }, randomUUID());
    const rows = Object.values(dropped).reduce((sum, one) => sum + one, 0);
    if (rows > 0) {
      const detail = { months, rows };
      await noteInAudit(trx, workspaceId, { actorId: 'sideline', what: 'texts_expired', detail, at: now });
    }
    return rows;
  });
}

/** The last day of a shorter month where there is none of that number. */
function monthsBefore(now: Date, months: number): Date {
  const before = new Date(now);
  before.setUTCDate(1);
  before.setUTCMonth(before.getUTCMonth() - months);
  const days = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth() + 1, 0)).getUTCDate();
  before.setUTCDate(Math.min(now.getUTCDate(), days));
  return before;
}
