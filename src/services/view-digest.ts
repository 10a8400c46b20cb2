import { mayDo } from '#domain/action.ts';
import { relationsByRole } from '#domain/relation.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import type { Trx } from '#storage/database.ts';
import { type DigestChoice, type DigestPost, findDigest, latestDigestPost } from '#storage/digest.ts';
import { findMember, listMembers, type Member } from '#storage/members.ts';
import { currentSettings } from '#storage/settings.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import type { AppContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';
import { type DigestFigures, measureDigest } from './measure-digest.ts';

export type NotYourDigest =
  | { kind: 'you_are_unknown' }
  /** With the ids of who may. */
  | { kind: 'not_permitted'; keepers: string[] };

/** How the weekly digest stands. */
export interface DigestStanding {
  choice: DigestChoice | undefined;
  /** By name, where they are known. */
  setBy: string | undefined;
  latest: DigestPost | undefined;
  settings: Settings;
  /** In which it is posted: that of whoever chose it, or of whoever looks, as long as nobody has. */
  zone: string;
  /** In which it would be posted if they chose now. */
  askersZone: string;
  /** Nothing is sent before somebody presses start, nor during a pause. */
  runs: boolean;
}

export async function viewDigest(
  { database }: Pick<AppContext, 'database'>,
  workspaceId: string,
  userId: string,
): Promise<Result<DigestStanding, NotYourDigest>> {
  return database.inWorkspace(workspaceId, async (trx): Promise<Result<DigestStanding, NotYourDigest>> => {
    const asker = await chooserOf(trx, workspaceId, userId);
    return asker.ok ? done(await standingOf(trx, workspaceId, asker.value)) : asker;
  });
}

/** What it would say if it came now. */
export async function previewDigest(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  workspaceId: string,
  userId: string,
): Promise<Result<DigestFigures, NotYourDigest>> {
  return database.inWorkspace(workspaceId, async (trx): Promise<Result<DigestFigures, NotYourDigest>> => {
    const asker = await chooserOf(trx, workspaceId, userId);
    if (!asker.ok) return asker;
    const zone = (await findDigest(trx, workspaceId))?.zone ?? asker.value.timeZone;
    return done(await measureDigest(trx, workspaceId, clock.now(), zone));
  });
}

/** The asker, if the digest is theirs to choose. */
export async function chooserOf(
  trx: Trx,
  workspaceId: string,
  userId: string,
): Promise<Result<Member, NotYourDigest>> {
  const asker = await findMember(trx, workspaceId, userId);
  if (asker === undefined) return refused({ kind: 'you_are_unknown' });
  if (await may(trx, { workspaceId, viewerId: userId }, 'choose_digest')) return done(asker);
  const keepers = (await listMembers(trx, workspaceId)).filter(
    ({ status, roles }) => status === 'active' && mayDo(relationsByRole(roles), 'choose_digest'),
  );
  return denied({ kind: 'not_permitted', keepers: keepers.map(({ id }) => id) });
}

export async function standingOf(trx: Trx, workspaceId: string, asker: Member): Promise<DigestStanding> {
  const choice = await findDigest(trx, workspaceId);
  const workspace = await findWorkspace(trx, workspaceId);
  const setBy = choice && (await findMember(trx, workspaceId, choice.setBy));
  return {
    choice,
    setBy: setBy?.name,
    latest: await latestDigestPost(trx, workspaceId),
    settings: await currentSettings(trx, workspaceId),
    zone: choice?.zone ?? asker.timeZone,
    askersZone: asker.timeZone,
    runs: workspace !== undefined && workspace.startedAt !== null && workspace.pausedAt === null,
  };
}
