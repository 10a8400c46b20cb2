import { changeRules } from '#storage/cadence-rules.ts';
import type { Trx } from '#storage/database.ts';
import { type RuleTimes, ruleTimes } from '#storage/rule-times.ts';
import { moveOccurrence } from '#storage/told-occurrences.ts';
import { exchangeZoneData, listWorkspaceIds } from '#storage/workspaces.ts';
import type { AppContext } from '../context.ts';
import { nextPlanned } from './next-planned.ts';

/** No country has changed its clocks by more at once; what lies further off was moved by people. */
const mostShifted = 3 * 60 * 60_000;

type ZoneContext = Pick<AppContext, 'database' | 'clock' | 'log' | 'wake'>;

/**
 * What is planned was calculated by the time-zone data of its day. Where this process has other data, a country may have
 * changed its clocks since: what lies ahead comes at the wall time of its rule again.
 */
export async function followZoneData(
  { database, clock, log, wake }: ZoneContext,
  zoneData = process.versions['tz'] ?? 'unknown',
): Promise<void> {
  for (const workspaceId of await listWorkspaceIds(database.owner)) {
    const moved = await database.inWorkspace(workspaceId, async (trx) => {
      const before = await exchangeZoneData(trx, workspaceId, zoneData);
      if (before === null || before === zoneData) return 0;
      return moveToRules(trx, workspaceId, clock.now());
    });
    if (moved === 0) continue;
    log.info({ workspaceId, moved, zoneData }, 'time zones: what is planned moved');
    wake(workspaceId);
  }
}

async function moveToRules(trx: Trx, workspaceId: string, now: number): Promise<number> {
  const rules = await ruleTimes(trx, workspaceId, new Date(now));
  const changes = rules.flatMap((one) => {
    const next = asOfNow(one, one.next);
    return next === undefined ? [] : [{ id: one.id, rule: one.rule, next }];
  });
  await changeRules(trx, workspaceId, changes);
  let moved = 0;
  for (const one of rules) {
    for (const planned of one.ahead) {
      const dueAt = asOfNow(one, planned)?.dueAt;
      if (dueAt === undefined || dueAt.getTime() <= now) continue;
      const shift = dueAt.getTime() - planned.dueAt.getTime();
      const closesAt = new Date(planned.closesAt.getTime() + shift);
      await moveOccurrence(trx, workspaceId, planned.id, { dueAt, closesAt });
      moved += 1;
    }
  }
  return moved;
}

/** When the rule has this period now; undefined where nothing has changed, or somebody has moved it. */
function asOfNow(rule: RuleTimes, { period, dueAt }: { period: string; dueAt: Date }) {
  const next = nextPlanned(rule, dueAt.getTime() - mostShifted - 1);
  const shift = Math.abs(next.dueAt.getTime() - dueAt.getTime());
  return next.period === period && shift > 0 && shift <= mostShifted ? next : undefined;
}
