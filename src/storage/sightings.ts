import type { Followed, Seen } from '#domain/observed-call.ts';
import { type Pillar, pillars } from '#domain/pillar.ts';
import type { Trx } from './database.ts';

/** What was seen of one pillar on one call. */
export interface Sighting {
  debriefId: string;
  repId: string;
  observerId: string;
  pillar: Pillar;
  seen: Seen;
  account: string;
  date: string;
  followed: Followed;
}

/** Puts what a debrief says about each pillar in the place of what it said before. */
export async function replaceSightings(
  trx: Trx,
  workspaceId: string,
  debriefId: string,
  call: {
    repId: string;
    observerId: string;
    account: string;
    date: string;
    followed: Followed;
    seen: Record<Pillar, Seen>;
  },
): Promise<void> {
  await removeSightings(trx, workspaceId, debriefId);
  await trx
    .insertInto('sighting')
    .values(
      pillars.map((pillar) => ({
        workspace_id: workspaceId,
        source: 'debrief' as const,
        source_id: debriefId,
        pillar,
        rep_id: call.repId,
        observer_id: call.observerId,
        seen: call.seen[pillar],
        account: call.account,
        held_on: call.date,
        live: call.followed === 'live',
      })),
    )
    .execute();
}

/** A debrief that is withdrawn is evidence of nothing. */
export async function removeSightings(trx: Trx, workspaceId: string, debriefId: string): Promise<void> {
  await trx
    .deleteFrom('sighting')
    .where('workspace_id', '=', workspaceId)
    .where('source', '=', 'debrief')
    .where('source_id', '=', debriefId)
    .execute();
}

/** What was seen of these people on calls of a period, the oldest call first; both days included. */
export async function sightingsOf(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
  between: { from: string; to: string },
): Promise<Sighting[]> {
  if (repIds.length === 0) return [];
  const rows = await trx
    .selectFrom('sighting')
    .innerJoin('debrief', (join) =>
      join
        .onRef('debrief.workspace_id', '=', 'sighting.workspace_id')
        .onRef('debrief.debrief_id', '=', 'sighting.source_id'),
    )
    .selectAll('sighting')
    .where('sighting.workspace_id', '=', workspaceId)
    .where('sighting.rep_id', 'in', [...repIds])
    .where('sighting.held_on', '>=', between.from)
    .where('sighting.held_on', '<=', between.to)
    .orderBy('sighting.held_on')
    .orderBy('debrief.logged_at')
    .orderBy('sighting.source_id')
    .orderBy('sighting.pillar')
    .execute();
  return rows.map((row) => ({
    debriefId: row.source_id,
    repId: row.rep_id,
    observerId: row.observer_id,
    pillar: row.pillar,
    seen: row.seen,
    account: row.account,
    date: row.held_on,
    followed: row.live ? 'live' : 'recording',
  }));
}
