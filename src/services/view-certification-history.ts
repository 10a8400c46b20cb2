import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { noteAccess } from '#storage/access-records.ts';
import { type CertificationRecord, certificationsWhere } from '#storage/certifications.ts';
import { findMember } from '#storage/members.ts';
import { namesOf } from '#storage/names.ts';
import { listProgrammes } from '#storage/programmes.ts';
import { currentSettings } from '#storage/settings.ts';
import { together } from '#storage/together.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { accessTo } from './may.ts';

/** One time that somebody rated a rep, with the names of what it speaks of. */
export interface PastCertification {
  record: CertificationRecord;
  programmeName: string;
  judgedByName: string;
  /** Taken back, by whom and on which day of the reader's. */
  takenBack: { on: string; byName: string } | undefined;
}

export interface CertificationHistory {
  repName: string;
  settings: Pick<Settings, 'pillarNames'>;
  /** The latest first. */
  past: PastCertification[];
  /** How many older ones are left out. */
  older: number;
}

const most = 20;

/** Every rating that a rep was given, in any training, and what came of each. */
export function viewCertificationHistory(
  context: Pick<ServiceContext, 'clock' | 'database'>,
  workspaceId: string,
  { viewerId, repId }: { viewerId: string; repId: string },
): Promise<Result<CertificationHistory, { kind: 'not_for_you' }>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const viewer = await findMember(trx, workspaceId, viewerId);
    const rep = await findMember(trx, workspaceId, repId);
    if (viewer === undefined || rep === undefined) return refused({ kind: 'not_for_you' });
    const access = await accessTo(trx, { workspaceId, viewerId, subjectId: repId }, 'rep_record');
    if (access !== 'own' && access !== 'full') return denied({ kind: 'not_for_you' }, repId);
    const records = (await certificationsWhere(trx, workspaceId, { repIds: [repId] })).toReversed();
    const shown = records.slice(0, most);
    const people = shown.flatMap(({ judgedBy, withdrawnBy }) => [judgedBy, withdrawnBy ?? judgedBy]);
    const now = context.clock.now();
    const opened = { viewerId, personIds: [repId], resource: 'certification', how: 'history', now } as const;
    const [programmes, names, { pillarNames }] = await together([
      listProgrammes(trx, workspaceId),
      namesOf(trx, workspaceId, [...new Set(people)]),
      currentSettings(trx, workspaceId),
      noteAccess(trx, workspaceId, opened),
    ]);
    const past = shown.map((record): PastCertification => {
      const { withdrawnAt, withdrawnBy } = record;
      return {
        record,
        programmeName: programmes.find(({ id }) => id === record.programmeId)?.name ?? '',
        judgedByName: names.get(record.judgedBy) ?? '',
        takenBack:
          withdrawnAt === null
            ? undefined
            : {
                on: toLocal(withdrawnAt.getTime(), viewer.timeZone).date,
                byName: names.get(withdrawnBy ?? '') ?? '',
              },
      };
    });
    return done({ repName: rep.name, settings: { pillarNames }, past, older: records.length - shown.length });
  });
}
