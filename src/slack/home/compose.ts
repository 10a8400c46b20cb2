import type { KnownBlock } from '@slack/web-api';
import { runningStateFor } from '#services/running-state.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member } from '#storage/members.ts';
import { currentSettings } from '#storage/settings.ts';
import type { AppContext } from '../../context.ts';
import { rowMakersOf } from '../card/load-rows.ts';
import type { Feature } from '../feature.ts';
import { whyNothingIsSent } from '../start/running.ts';
import { firstNameOf } from '../text.ts';
import { fitParts } from './budget.ts';
import { dueBlocks } from './due.ts';
import { type HomeRequest, type HomeSections, type Place, places } from './part.ts';
import { readOnly } from './read-only.ts';

/** Slack's limit, of Home as of a modal that shows one. */
export const mostBlocks = 100;

interface Whose {
  workspaceId: string;
  personId: string;
  /** Who looks, where that is somebody else. */
  viewerId?: string;
}

/** What one person's Home shows; undefined for somebody unknown. */
export function composeHome(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  whose: Whose,
  features: readonly Feature[],
): Promise<KnownBlock[] | undefined> {
  return database.inWorkspace(whose.workspaceId, (trx) => homeIn(trx, whose, clock.now(), features));
}

/**
 * Why nothing is sent, where that is so; what is due; then the parts of the features: one's own, the team's, the
 * workspace's. Somebody else sees what is about the person, as far as they may, and nothing to press.
 */
export async function homeIn(
  trx: Trx,
  { workspaceId, personId, viewerId }: Whose,
  now: number,
  features: readonly Feature[],
  most = mostBlocks,
): Promise<KnownBlock[] | undefined> {
  const person = await findMember(trx, workspaceId, personId);
  if (person === undefined) return undefined;
  const settings = await currentSettings(trx, workspaceId);
  const request: HomeRequest = { trx, workspaceId, person, now, settings, viewerId };
  const makers = rowMakersOf(features);
  const top =
    viewerId === undefined
      ? [...(await banner(request)), ...(await dueBlocks(request, makers))]
      : await dueBlocks(request, makers, asSeen(person));
  const parts = await partsOf(request, features);
  const all = viewerId === undefined ? grouped(parts) : parts;
  const room = most - top.length - all.flatMap(({ intro }) => intro).length;
  const fitting = fitParts(
    all.map(({ blocks }) => blocks),
    room,
  );
  const below = all.flatMap(({ intro }, index) => [...intro, ...(fitting[index] ?? [])]);
  return viewerId === undefined ? [...top, ...below] : readOnly([...top, ...below]);
}

/** To others only what is about the person: what a rep who also leads is asked about their own team is not. */
const asSeen = ({ id, name }: Member) => ({
  heading: 'To do',
  nothing: `Nothing is asked of ${firstNameOf(name)} right now.`,
  aboutId: id,
});

async function banner({ trx, workspaceId, person }: HomeRequest): Promise<KnownBlock[]> {
  const why = whyNothingIsSent(await runningStateFor(trx, workspaceId, person));
  return why === undefined ? [] : [{ type: 'section', text: { type: 'mrkdwn', text: why } }];
}

/** What a feature says in one place, and what stands before it. */
interface Part {
  place: Place;
  blocks: KnownBlock[];
  intro: KnownBlock[];
}

async function partsOf(request: HomeRequest, features: readonly Feature[]): Promise<Part[]> {
  const made: HomeSections[] = [];
  for (const { home } of features) if (home !== undefined) made.push(await home(request));
  // What somebody else may see of a person is about that person, not about whom they lead.
  const shown = request.viewerId === undefined ? places : (['own'] as const);
  return shown.flatMap((place) =>
    made
      .map((sections): Part => ({ place, blocks: sections[place] ?? [], intro: [] }))
      .filter(({ blocks }) => blocks.length > 0),
  );
}

const headings: Record<Place, string> = {
  first: 'First of all',
  own: 'For yourself',
  team: 'With your team',
  workspace: 'For everybody here',
};

/** Where there is something in several places, a line keeps them apart. */
function grouped(parts: Part[]): Part[] {
  if (new Set(parts.map(({ place }) => place)).size < 2) return parts;
  return parts.map((part, index) => {
    if (parts[index - 1]?.place === part.place) return part;
    const intro: KnownBlock[] = [
      { type: 'divider' },
      { type: 'context', elements: [{ type: 'plain_text', text: headings[part.place], emoji: false }] },
    ];
    return { ...part, intro };
  });
}
