import { isDeepStrictEqual } from 'node:util';
import { observedCallRule, oneOnOneRule, timeReportRule } from '#domain/default-rules.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Rule } from '#domain/recurrence.ts';
import type { SettingKey, Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { changeRules, type RuledCadence, ruledCadences } from '#storage/cadence-rules.ts';
import type { Trx } from '#storage/database.ts';
import { nextPlanned } from './next-planned.ts';

/** The settings a rule is made of, where no pair has chosen for itself. */
const madeOf: Partial<Record<DutyKind, readonly SettingKey[]>> = {
  one_on_one: ['oneOnOneWeekday', 'oneOnOneTime'],
  observed_call: ['observedCallDay', 'cardTime'],
  time_report: ['timeReportWeekday', 'timeReportTime'],
};

/**
 * Brings the workspace's rules to its settings. What is planned already stays where it is; the new rule holds
 * from the next time on. Slots that somebody chose stay theirs.
 */
export async function alignRules(
  trx: Trx,
  workspaceId: string,
  { settings, changed }: { settings: Settings; changed: ReadonlySet<SettingKey> },
  now: number,
): Promise<void> {
  const kinds = (Object.keys(madeOf) as DutyKind[]).filter((kind) =>
    madeOf[kind]?.some((key) => changed.has(key)),
  );
  if (kinds.length === 0) return;
  const cadences = await ruledCadences(trx, workspaceId, kinds);
  const changes = cadences.flatMap((cadence) => {
    const rule = wantedRule(cadence, settings, now);
    if (isDeepStrictEqual(rule, cadence.rule)) return [];
    // What waits for its start, or is paused, goes on waiting.
    const next =
      cadence.nextDueAt === null
        ? undefined
        : nextPlanned({ ...cadence, rule }, Math.max(now, cadence.plannedUntil?.getTime() ?? now));
    return [{ id: cadence.id, rule, next }];
  });
  await changeRules(trx, workspaceId, changes);
}

function wantedRule({ kind, rule, timeZone }: RuledCadence, settings: Settings, now: number): Rule {
  // Its weeks go on being counted from where they were.
  const anchor = rule.kind === 'weekly' ? rule.anchor : toLocal(now, timeZone).date;
  if (kind === 'observed_call') return observedCallRule(settings);
  return kind === 'time_report' ? timeReportRule(settings, anchor) : oneOnOneRule(settings, anchor);
}
