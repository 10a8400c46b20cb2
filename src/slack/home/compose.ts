import type { KnownBlock } from '@slack/web-api';
import { findMember } from '#storage/members.ts';
import { currentSettings } from '#storage/settings.ts';
import type { AppContext } from '../../context.ts';
import { rowMakersOf } from '../card/load-rows.ts';
import type { Feature } from '../feature.ts';
import { dueBlocks } from './due.ts';
import { type HomeRequest, type HomeSections, places } from './part.ts';

/** What one person's Home shows: what is due, then each feature's part; undefined for somebody unknown. */
export async function composeHome(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  who: { workspaceId: string; personId: string; viewerId?: string },
  features: readonly Feature[],
): Promise<KnownBlock[] | undefined> {
  const { workspaceId, personId, viewerId } = who;
  return database.inWorkspace(workspaceId, async (trx) => {
    const person = await findMember(trx, workspaceId, personId);
    if (person === undefined) return undefined;
    const settings = await currentSettings(trx, workspaceId);
    const request: HomeRequest = { trx, workspaceId, person, now: clock.now(), settings, viewerId };
    const due = await dueBlocks(request, rowMakersOf(features));
    const parts: HomeSections[] = [];
    for (const { home } of features) if (home !== undefined) parts.push(await home(request));
    return [...due, ...places.flatMap((place) => parts.flatMap((part) => part[place] ?? []))];
  });
}
