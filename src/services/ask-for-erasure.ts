import { mayDo } from '#domain/action.ts';
import { relationsByRole } from '#domain/relation.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { addErasureRequest, callOffErasureRequest, openErasureRequests } from '#storage/erasure-requests.ts';
import { type KeptCount, keptCounts } from '#storage/kept-counts.ts';
import { findMember, listMembers } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';
import { setterOf } from './view-settings.ts';

type Unknown = { kind: 'you_are_unknown' };

/** Somebody asks to be erased, or calls it off. Says whose Home tells of it. */
export function askForErasure(
  context: Pick<ServiceContext, 'clock' | 'database'>,
  workspaceId: string,
  personId: string,
  wish: 'ask' | 'call_off',
): Promise<Result<{ told: string[] }, Unknown>> {
  const at = new Date(context.clock.now());
  return context.database.inWorkspace(workspaceId, async (trx) => {
    if ((await findMember(trx, workspaceId, personId)) === undefined) {
      return refused({ kind: 'you_are_unknown' });
    }
    const change = wish === 'ask' ? addErasureRequest : callOffErasureRequest;
    if (await change(trx, workspaceId, personId, at)) {
      const what = wish === 'ask' ? 'erasure_asked' : 'erasure_called_off';
      await noteInAudit(trx, workspaceId, { actorId: personId, what, aboutId: personId, at });
    }
    return done({ told: await keepersOf(trx, workspaceId) });
  });
}

/** Who sees on their Home what people ask about their data. */
export const keepersOf = async (trx: Trx, workspaceId: string): Promise<string[]> =>
  (await listMembers(trx, workspaceId))
    .filter(({ status, roles }) => status === 'active' && mayDo(relationsByRole(roles), 'erase_people'))
    .map(({ id }) => id);

export interface ErasureToConfirm {
  personId: string;
  personName: string;
  kept: KeptCount[];
  /** Of whoever looks. */
  timeZone: string;
}

export type NotToConfirm = { kind: 'not_permitted' } | { kind: 'unknown' };

/** What it means, for whoever confirms it: how much, and nothing of what it says. */
export function openErasure(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  viewerId: string,
  personId: string,
): Promise<Result<ErasureToConfirm, NotToConfirm>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const viewer = await setterOf(trx, workspaceId, viewerId, 'erase_people');
    if (!viewer.ok) return refused({ kind: 'not_permitted' });
    const person = await findMember(trx, workspaceId, personId);
    const asked = await openErasureRequests(trx, workspaceId, personId);
    if (person === undefined || asked.length === 0) return refused({ kind: 'unknown' });
    const kept = await keptCounts(trx, workspaceId, personId);
    return done({ personId, personName: person.name, kept, timeZone: viewer.value.timeZone });
  });
}
