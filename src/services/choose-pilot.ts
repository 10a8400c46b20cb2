import { mayBeMessaged } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Trx } from '#storage/database.ts';
import { listMembers } from '#storage/members.ts';
import { currentLines } from '#storage/reporting.ts';

/** Why somebody named cannot lead a part of the pilot group. */
export interface NotForPilot {
  named: string;
  kind: 'unknown' | 'not_active' | 'coaches_nobody';
}

/** The managers meant by Slack ids or e-mail addresses; all of them, or what is wrong with each that is not. */
export async function choosePilot(
  trx: Trx,
  workspaceId: string,
  named: readonly string[],
): Promise<Result<string[], NotForPilot[]>> {
  const members = await listMembers(trx, workspaceId);
  const managing = new Set((await currentLines(trx, workspaceId)).map(({ managerId }) => managerId));
  const chosen = new Set<string>();
  const problems: NotForPilot[] = [];
  for (const one of named) {
    const meant = members.find(({ id, email }) => id === one || email?.toLowerCase() === one.toLowerCase());
    if (meant === undefined) problems.push({ named: one, kind: 'unknown' });
    else if (!mayBeMessaged(meant.status)) problems.push({ named: one, kind: 'not_active' });
    else if (!managing.has(meant.id)) problems.push({ named: one, kind: 'coaches_nobody' });
    else chosen.add(meant.id);
  }
  return problems.length > 0 ? refused(problems) : done([...chosen]);
}
