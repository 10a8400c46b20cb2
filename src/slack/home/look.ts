import type { KnownBlock } from '@slack/web-api';
import type { Resource } from '#domain/access.ts';
import { accessTo } from '#services/may.ts';
import { noteAccess } from '#storage/access-records.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member } from '#storage/members.ts';
import { currentManagerOf } from '#storage/reporting.ts';
import { currentSettings } from '#storage/settings.ts';
import { rowMakersOf } from '../card/load-rows.ts';
import type { Feature, Request } from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import type { ModalContent } from '../modal.ts';
import { plain } from '../rich-text.ts';
import { firstNameOf, inMarkup, nameOf } from '../text.ts';
import { homeIn, mostBlocks } from './compose.ts';
import { dueBlocks } from './due.ts';
import { readOnly } from './read-only.ts';
import { lookModal } from './view.ts';

/** What one of their reps sees on Home, for the manager: nothing can be pressed in it. */
export async function asRep(
  request: Request,
  repId: string,
  features: readonly Feature[],
): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const found = await context.database.inWorkspace(workspaceId, async (trx) => {
    const viewer = await findMember(trx, workspaceId, userId);
    const rep = await findMember(trx, workspaceId, repId);
    if (viewer === undefined || rep === undefined) return { viewer, rep };
    const sees = await seesAll(trx, workspaceId, userId, repId);
    const whose = { workspaceId, personId: repId, viewerId: userId };
    const now = context.clock.now();
    const opened = { viewerId: userId, personIds: [repId], resource: 'home', how: 'look', now } as const;
    if (sees) await noteAccess(trx, workspaceId, opened);
    const blocks = sees ? await homeIn(trx, whose, now, features, mostBlocks - 1) : undefined;
    return { viewer, rep, blocks };
  });
  if (found.viewer === undefined) return { instead: await answerToUnknown(request) };
  if (found.rep === undefined) return { instead: { text: `Sideline does not know <@${repId}>.` } };
  const { rep, blocks } = found;
  if (repId === userId) return { instead: { text: 'That is you: your Home shows what you see.' } };
  if (blocks === undefined) return { instead: notYours(rep) };
  const first = firstNameOf(rep.name);
  return {
    view: lookModal(
      rep.name,
      blocks,
      `This is ${first}'s own Home, without its buttons and without what ${first} alone may see. Only you see it here.`,
    ),
  };
}

const notYours = ({ name }: Member): { text: string } => ({
  text:
    `${inMarkup(nameOf(name))} does not report to you in Sideline, so what they see is not yours to look at. ` +
    'If that is wrong, an admin or your enablement lead can change the manager.',
});

/** Whoever coaches the rep now; others see only a part, and nothing of it here. */
async function seesAll(trx: Trx, workspaceId: string, viewerId: string, subjectId: string): Promise<boolean> {
  const asking = { workspaceId, viewerId, subjectId };
  const record = await accessTo(trx, asking, 'rep_record');
  return record === 'full' && (await accessTo(trx, asking, 'conversation')) === 'full';
}

/** What the manager of whoever asks sees of them. */
export async function asManager(request: Request, features: readonly Feature[]): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const found = await context.database.inWorkspace(workspaceId, async (trx) => {
    const rep = await findMember(trx, workspaceId, userId);
    if (rep === undefined) return undefined;
    const managerId = await currentManagerOf(trx, workspaceId, userId);
    const manager = managerId === undefined ? undefined : await findMember(trx, workspaceId, managerId);
    if (manager === undefined) return { manager };
    return {
      manager,
      blocks: await seenOf(trx, workspaceId, { rep, manager }, context.clock.now(), features),
    };
  });
  if (found === undefined) return { instead: await answerToUnknown(request) };
  if (found.manager === undefined) {
    return {
      instead: {
        text: 'Nobody is your manager in Sideline, so nobody sees you as one. An admin or your enablement lead can change that.',
      },
    };
  }
  const { manager, blocks } = found;
  const first = firstNameOf(manager.name);
  return {
    view: lookModal(
      manager.name,
      blocks,
      `${first} sees this of you; other reps see none of it. Nothing changes here.`,
    ),
  };
}

async function seenOf(
  trx: Trx,
  workspaceId: string,
  { rep, manager }: { rep: Member; manager: Member },
  now: number,
  features: readonly Feature[],
): Promise<KnownBlock[]> {
  const settings = await currentSettings(trx, workspaceId);
  const words = await whatIsSeen(trx, workspaceId, { rep, manager });
  const asked = await dueBlocks(
    { trx, workspaceId, person: manager, now, settings, viewerId: rep.id },
    rowMakersOf(features),
    {
      heading: `Asked of ${firstNameOf(manager.name)} about you`,
      nothing: 'Nothing right now.',
      aboutId: rep.id,
    },
  );
  const before = [words, ...readOnly(asked)];
  const whose = { workspaceId, personId: rep.id, viewerId: manager.id };
  const own = await homeIn(trx, whose, now, features, mostBlocks - before.length - 2);
  return [...before, { type: 'header', text: plain('Of your own Home') }, ...(own ?? [])];
}

const resources: readonly (readonly [Resource, string])[] = [
  ['rep_record', 'your practice, check-ins and certification'],
  ['conversation', 'what you wrote before a 1:1, what you agreed there, and debriefs of your calls'],
  ['other_habits', 'what else comes naturally to you, from the questions before a training'],
];

/** Said from the same table that decides it. */
async function whatIsSeen(
  trx: Trx,
  workspaceId: string,
  { rep, manager }: { rep: Member; manager: Member },
): Promise<KnownBlock> {
  const asking = { workspaceId, viewerId: manager.id, subjectId: rep.id };
  const seen: string[] = [];
  const kept: string[] = [];
  for (const [resource, words] of resources) {
    const access = await accessTo(trx, asking, resource);
    (access === 'full' ? seen : kept).push(`• ${words}`);
  }
  const first = inMarkup(firstNameOf(manager.name));
  const lines = [
    `*${first} sees of you*`,
    ...seen,
    ...(kept.length === 0 ? [] : [`*${first} does not see*`, ...kept]),
    `${first}'s private notes are ${first}'s alone.`,
  ];
  return { type: 'section', text: { type: 'mrkdwn', text: lines.join('\n') } };
}
