import { z } from 'zod';
import { done, type Result, refused } from '#domain/result.ts';
import { standInsNow } from '#storage/absences.ts';
import { noteAccess } from '#storage/access-records.ts';
import { findMember } from '#storage/members.ts';
import { findLog, revisionsOfLog } from '#storage/one-on-one-logs.ts';
import type { ServiceContext } from '../context.ts';
import { SavedContent } from './change-one-on-one.ts';
import { denied } from './denials.ts';
import { accessTo } from './may.ts';

/** One version of a log, with what this viewer may see of it. */
export interface SeenVersion {
  savedAt: Date;
  savedBy: string;
  /** Nothing where this is the moment it was withdrawn. */
  content: Shared | undefined;
}

type Shared = Pick<SavedContent, 'takeaway' | 'by' | 'keep' | 'last' | 'nextOn'> &
  Partial<Pick<SavedContent, 'about' | 'heldOn' | 'gap' | 'minutes' | 'blockers' | 'focus' | 'privateNote'>>;

export interface OneOnOneHistory {
  repName: string;
  /** Whether the rep themself is reading. */
  isRep: boolean;
  timeZone: string;
  /** The latest first. */
  versions: SeenVersion[];
}

const most = 20;

/** What a log said, from one version to the next: all of it for who wrote it, the shared part for the rep. */
export async function viewOneOnOneHistory(
  context: ServiceContext,
  workspaceId: string,
  viewerId: string,
  logId: string,
): Promise<Result<OneOnOneHistory, { kind: 'not_for_you' }>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const log = await findLog(trx, workspaceId, { logId });
    const viewer = await findMember(trx, workspaceId, viewerId);
    if (log === undefined || viewer === undefined) return refused({ kind: 'not_for_you' });
    const standIns = await standInsNow(trx, workspaceId, new Date(now));
    const asking = { workspaceId, viewerId, subjectId: log.repId, standIns };
    const access = await accessTo(trx, asking, 'conversation');
    const isWriter = log.managerId === viewerId;
    if (access !== 'own' && access !== 'full') return denied({ kind: 'not_for_you' }, log.repId);
    const opened = { viewerId, personIds: [log.repId], resource: 'one_on_one', how: 'history', now } as const;
    await noteAccess(trx, workspaceId, opened);
    const rep = await findMember(trx, workspaceId, log.repId);
    const revisions = await revisionsOfLog(trx, workspaceId, logId, most);
    return done({
      repName: rep?.name ?? '',
      isRep: log.repId === viewerId,
      timeZone: viewer.timeZone,
      versions: revisions.map(({ content, savedAt, savedByName }) => ({
        savedAt,
        savedBy: savedByName,
        content: Withdrawal.safeParse(content).success
          ? undefined
          : seenBy(SavedContent.parse(content), { access, isWriter }),
      })),
    });
  });
}

const Withdrawal = z.object({ withdrawn: z.literal(true) });

function seenBy(
  content: SavedContent,
  { access, isWriter }: { access: 'own' | 'full'; isWriter: boolean },
): Shared {
  const { takeaway, by, keep, last, nextOn, privateNote, insisted: _, ...rest } = content;
  return {
    takeaway,
    by,
    keep,
    last,
    nextOn,
    ...(access === 'full' ? rest : {}),
    ...(isWriter ? { privateNote } : {}),
  };
}
