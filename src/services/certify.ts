import { randomUUID } from 'node:crypto';
import type { Certification } from '#domain/certification.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import { noteAccess } from '#storage/access-records.ts';
import { settleNotes } from '#storage/card-notes.ts';
import {
  type CertificationRecord,
  certificationsWhere,
  insertCertification,
  lockCertificationsOf,
  type PillarRating,
} from '#storage/certifications.ts';
import type { Trx } from '#storage/database.ts';
import type { Programme } from '#storage/programmes.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';
import { type CertificationStatus, judgedWith } from './certification-cases.ts';
import { type NotToCertify, type RepToCertify, repToCertify } from './certification-pair.ts';
import { contentHashOf } from './content-hash.ts';
import { putOnCard } from './put-on-card.ts';

/** What a manager sees before they rate. */
export interface CertificationOpened {
  repId: string;
  repName: string;
  today: string;
  settings: Settings;
  chosen: CertificationStatus;
  /** In what else the rep can be certified. */
  programmes: Programme[];
}

export async function openCertification(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  which: { managerId: string; repId: string; programmeId?: string | undefined },
): Promise<Result<CertificationOpened, NotToCertify>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await repToCertify(trx, workspaceId, { ...which, now });
    if (!found.ok) return found;
    const { rep, today, settings, open } = found.value;
    const opened = {
      viewerId: which.managerId,
      personIds: [rep.id],
      resource: 'certification',
      how: 'form',
      now,
    } as const;
    await noteAccess(trx, workspaceId, opened);
    // One that has ended meanwhile gives way to the latest that has not.
    const chosen = open.find(({ programme }) => programme.id === which.programmeId) ?? open[0];
    const programmes = open.map(({ programme }) => programme);
    return done({ repId: rep.id, repName: rep.name, today, settings, chosen, programmes });
  });
}

export interface CertificationAsked {
  viewId: string;
  managerId: string;
  repId: string;
  programmeId: string;
  /** One for each pillar that the training covered. */
  ratings: readonly PillarRating[];
}

export interface CertificationDone {
  repId: string;
  repName: string;
  today: string;
  settings: Settings;
  programme: Programme;
  record: CertificationRecord;
  /** Certified already today: nothing was changed. */
  already: boolean;
  /** What the rep has and keeps, where this did not renew it. */
  standing: CertificationStatus['certificate'];
  calls: CertificationStatus['calls'];
}

export type CertifyProblem =
  | NotToCertify
  /** Something else is covered now. */
  | { kind: 'changed_meanwhile' };

/** Keeps the ratings, and with them either a certificate or what is missing. The rep reads it on their next card. */
export async function certify(
  context: ServiceContext,
  workspaceId: string,
  asked: CertificationAsked,
): Promise<Result<CertificationDone, CertifyProblem>> {
  const now = context.clock.now();
  const saved = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<CertificationDone, CertifyProblem>> => {
      await lockCertificationsOf(trx, workspaceId, asked.repId);
      const found = await repToCertify(trx, workspaceId, { ...asked, now });
      if (!found.ok) return found;
      const status = found.value.open.find(({ programme }) => programme.id === asked.programmeId);
      if (status === undefined) return refused({ kind: 'not_enrolled', repName: found.value.rep.name });
      const { pillars } = status.programme;
      if (!pillars.every((pillar) => asked.ratings.some((one) => one.pillar === pillar))) {
        return refused({ kind: 'changed_meanwhile' });
      }
      return save(trx, workspaceId, asked, { ...found.value, status }, now);
    },
  );
  if (saved.ok) context.wake(workspaceId);
  return saved;
}

async function save(
  trx: Trx,
  workspaceId: string,
  asked: CertificationAsked,
  { rep, today, settings, status }: RepToCertify & { status: CertificationStatus },
  now: number,
): Promise<Result<CertificationDone, CertifyProblem>> {
  const at = new Date(now);
  const { programme, certificate, calls } = status;
  const base = { repId: rep.id, repName: rep.name, today, settings, programme, calls };
  const contentHash = hashOf(asked);
  const noted = await noteSubmission(trx, workspaceId, { viewId: asked.viewId, contentHash, at });
  const before = (await certificationsWhere(trx, workspaceId, { repIds: [rep.id] })).filter(
    ({ programmeId }) => programmeId === programme.id,
  );
  const again = noted.kind === 'repeated' ? before.find(({ id }) => id === noted.recordId) : undefined;
  if (again !== undefined) return done({ ...base, record: again, already: false, standing: certificate });
  const given = before.find(({ id }) => id === status.certificateId);
  // The other of two devices: its ratings would say that the certificate's own evidence is used up.
  if (given !== undefined && given.judgedOn >= today) {
    return done({ ...base, record: given, already: true, standing: certificate });
  }
  const judged = judgedWith(status, asked.ratings, today, settings);
  const record: CertificationRecord = {
    id: before.some(({ id }) => id === noted.recordId) ? randomUUID() : noted.recordId,
    programmeId: programme.id,
    repId: rep.id,
    judgedOn: today,
    judgedBy: asked.managerId,
    judgedAt: at,
    ...outcomeOf(judged),
    withdrawnAt: null,
    withdrawnBy: null,
    ratings: [...asked.ratings],
  };
  await insertCertification(trx, workspaceId, record);
  const subjectId = before.map(({ id }) => id);
  const kinds = ['certification_result', 'certificate_withdrawn'] as const;
  await settleNotes(trx, workspaceId, { subjectId, kinds }, at);
  const note = { kind: 'certification_result' as const, receiverId: rep.id, aboutId: rep.id };
  await putOnCard(trx, workspaceId, { ...note, subjectId: record.id }, 'morning', now);
  return done({ ...base, record, already: false, standing: certificate });
}

function outcomeOf(judged: Certification): Pick<CertificationRecord, 'validUntil' | 'missing' | 'evidence'> {
  const { evidence } = judged;
  return judged.result === 'certified'
    ? { validUntil: judged.validUntil, missing: [], evidence }
    : { validUntil: null, missing: judged.missing, evidence };
}

function hashOf({ viewId: _, ...content }: CertificationAsked): string {
  return contentHashOf(content);
}
