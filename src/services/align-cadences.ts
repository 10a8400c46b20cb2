import { randomUUID } from 'node:crypto';
import { observedCallRule, oneOnOneRule, timeReportRule } from '#domain/default-rules.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Rule } from '#domain/recurrence.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { type Cadence, currentCadences, endCadences, insertCadences } from '#storage/cadences.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import { excuseOpenOf } from '#storage/occurrences.ts';
import { currentLines } from '#storage/reporting.ts';
import { currentSettings } from '#storage/settings.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import { handOverCommitments } from './hand-over-commitments.ts';
import { inTurns } from './in-turns.ts';
import { nextPlanned } from './next-planned.ts';
import { offerSlots } from './offer-slots.ts';

/** A duty that goes with reporting lines, and the rule it begins with. */
interface Wanted {
  kind: DutyKind;
  asked: Member;
  aboutId: string;
  rule(settings: Settings, anchor: string): Rule;
}

/**
 * Gives every manager–rep pair its weekly 1:1 and its monthly observed call, and every manager the weekly time
 * report; ends those that nobody is there for any more. What a former pair has logged stays theirs; what is
 * still open between them is excused, since nobody can answer for it; what the rep set out to try goes along.
 *
 * `touching`: whose reporting lines or roles have changed, their managers before and after included; nobody else's
 * cadences are looked at then. Of them, and of whom they manage or report to, `people` has to know.
 */
export async function alignCadences(
  trx: Trx,
  workspaceId: string,
  people: ReadonlyMap<string, Member>,
  now: Date,
  touching?: ReadonlySet<string>,
): Promise<void> {
  const wanted = await wantedCadences(trx, workspaceId, people, touching);
  const over: string[] = [];
  for await (const some of inTurns(await currentCadences(trx, workspaceId, touching))) {
    for (const cadence of some) {
      if (cadence.rule !== null && !wanted.delete(keyOf(cadence))) over.push(cadence.id);
    }
  }
  await endCadences(trx, workspaceId, over, now);
  if (over.length > 0) await excuseOpenOf(trx, workspaceId, over, 'manager_changed', now);
  await handOverCommitments(trx, workspaceId, now);
  if (wanted.size === 0) return;
  const settings = await currentSettings(trx, workspaceId);
  const workspace = await findWorkspace(trx, workspaceId);
  const asMade = ({ kind, asked, aboutId, rule: ruleOf }: Wanted) => {
    const rule = ruleOf(settings, toLocal(now.getTime(), asked.timeZone).date);
    // Nothing is planned for people who do not take part yet.
    const takesPart = workspace?.startedAt != null && (!workspace.pilot || asked.inPilot);
    const next = takesPart ? nextPlanned({ ...asked, rule }, now.getTime()) : undefined;
    return { cadence: { workspaceId, id: randomUUID(), kind, askedId: asked.id, aboutId, rule }, next };
  };
  for await (const some of inTurns([...wanted.values()])) {
    await insertCadences(trx, workspaceId, some.map(asMade));
  }
  if (workspace?.startedAt != null) await offerSlots(trx, workspaceId, now.getTime());
}

async function wantedCadences(
  trx: Trx,
  workspaceId: string,
  people: ReadonlyMap<string, Member>,
  touching: ReadonlySet<string> | undefined,
): Promise<Map<string, Wanted>> {
  const wanted = new Map<string, Wanted>();
  const want = (one: Wanted): void => {
    wanted.set(keyOf({ ...one, askedId: one.asked.id }), one);
  };
  const lines = await currentLines(trx, workspaceId, touching);
  for await (const some of inTurns(lines)) {
    for (const { repId, managerId } of some) {
      const manager = people.get(managerId);
      if (manager === undefined || people.get(repId)?.roles.includes('rep') !== true) continue;
      want({ kind: 'one_on_one', asked: manager, aboutId: repId, rule: oneOnOneRule });
      want({ kind: 'observed_call', asked: manager, aboutId: repId, rule: observedCallRule });
      // Whether somebody still has a team is known where all of it is looked at.
      if (touching === undefined || touching.has(managerId)) {
        want({ kind: 'time_report', asked: manager, aboutId: managerId, rule: timeReportRule });
      }
    }
  }
  return wanted;
}

const keyOf = ({ kind, askedId, aboutId }: Pick<Cadence, 'kind' | 'askedId' | 'aboutId'>): string =>
  `${kind} ${askedId} ${aboutId}`;
