import { mayBeMessaged } from '#domain/people.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import { addToPilot, askAgainOf } from '#storage/pilot.ts';
import { currentLines, type ReportingLine } from '#storage/reporting.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import { planWaiting } from './plan-waiting.ts';

/** Those named, and whoever reports to them, through others too: who is asked about a team takes part with it. */
export function withTeams(named: readonly string[], lines: readonly ReportingLine[]): Set<string> {
  const group = new Set(named);
  for (let size = -1; size !== group.size; ) {
    size = group.size;
    for (const { repId, managerId } of lines) if (group.has(managerId)) group.add(repId);
  }
  return group;
}

/** Who takes part: a pilot group of managers with their teams, or everybody. */
export function takingPart(
  members: readonly Member[],
  lines: readonly ReportingLine[],
  pilot: readonly string[] | undefined,
): Member[] {
  const group = pilot === undefined ? undefined : withTeams(pilot, lines);
  return members.filter(({ id, status }) => mayBeMessaged(status) && (group?.has(id) ?? true));
}

/**
 * Somebody who came to report to a manager of the pilot group takes part like the rest of the team. `members`: those
 * whose reporting lines have changed, and whom they report to. Says who has come.
 */
export async function followIntoPilot(
  trx: Trx,
  workspaceId: string,
  members: Map<string, Member>,
): Promise<string[]> {
  const workspace = await findWorkspace(trx, workspaceId);
  if (workspace?.pilot !== true) return [];
  const inPilot = [...members.values()].filter((one) => one.inPilot).map(({ id }) => id);
  const group = withTeams(inPilot, await currentLines(trx, workspaceId));
  const unsure = [...group].filter((id) => members.get(id)?.inPilot !== true);
  const newcomers = await addToPilot(trx, workspaceId, unsure);
  for (const id of newcomers) {
    const one = members.get(id);
    if (one !== undefined) members.set(id, { ...one, inPilot: true });
  }
  return newcomers;
}

/** What they had before they came begins, and what is open of it is asked. */
export async function beginWith(
  trx: Trx,
  workspaceId: string,
  newcomers: readonly string[],
  now: Date,
): Promise<void> {
  const workspace = await findWorkspace(trx, workspaceId);
  if (newcomers.length === 0 || workspace?.startedAt == null) return;
  await askAgainOf(trx, workspaceId, newcomers, now);
  // Resuming does it for everybody.
  if (workspace.pausedAt === null) await planWaiting(trx, workspaceId, workspace.pilot, now.getTime());
}
