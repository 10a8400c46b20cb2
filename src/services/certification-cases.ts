import {
  type CertificateState,
  type Certification,
  type CertificationCase,
  certifiableFrom,
  certificateState,
  certification,
  criteriaOf,
  type Demonstration,
} from '#domain/certification.ts';
import type { Pillar } from '#domain/pillar.ts';
import { isAskedIn } from '#domain/programme.ts';
import type { Settings } from '#domain/settings.ts';
import { type CertificationRecord, certificationsWhere } from '#storage/certifications.ts';
import type { Trx } from '#storage/database.ts';
import { listProgrammes, type Programme } from '#storage/programmes.ts';
import { type Enrolled, enrolmentRows } from '#storage/retention-rows.ts';
import { type Sighting, sightingsOf } from '#storage/sightings.ts';

/** A rep in a programme: how the certificate stands, and what would come of asking for one now. */
export interface CertificationStatus {
  repId: string;
  programme: Programme;
  /** The programme goes on and the rep is in it. */
  isOpen: boolean;
  /** Of the fourth wave nothing is asked; who has the evidence is certified all the same. */
  asked: boolean;
  /** The first day on which a certificate can be had. */
  from: string;
  certificate: CertificateState;
  /** Of the certificate, where there is one that has not been taken back. */
  certificateId: string | undefined;
  /** What is judged, with the ratings there are, and what would come of it now. */
  about: CertificationCase;
  judged: Certification;
  lastRatings: ReadonlyMap<Pillar, number>;
  /** Calls on which something was seen, by debrief. */
  calls: ReadonlyMap<string, Sighting>;
}

/** Also in its last weeks. */
export const isCertified = ({ certificate: { state } }: Pick<CertificationStatus, 'certificate'>): boolean =>
  state === 'valid' || state === 'ending';

/** For each rep, the latest training first; programmes that are over are in it where they left a certificate. */
export async function certificationCases(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
  { today, settings }: { today: string; settings: Settings },
): Promise<CertificationStatus[]> {
  if (repIds.length === 0) return [];
  const wanted = new Set(repIds);
  const [onlyId] = repIds;
  const enrolments = (await enrolmentRows(trx, workspaceId, repIds.length === 1 ? onlyId : undefined)).filter(
    ({ repId }) => wanted.has(repId),
  );
  const records = await certificationsWhere(trx, workspaceId, { repIds });
  const programmes = new Map((await listProgrammes(trx, workspaceId)).map((one) => [one.id, one]));
  const earliest = enrolments.reduce(
    (least, { sessionOn }) => (sessionOn < least ? sessionOn : least),
    today,
  );
  const sightings = await sightingsOf(trx, workspaceId, repIds, { from: earliest, to: today });
  const sightingsOfRep = Map.groupBy(sightings, ({ repId }) => repId);
  const byPair = Map.groupBy(enrolments, ({ repId, programmeId }) => `${repId} ${programmeId}`);
  return [...byPair.values()].flatMap((ofPair) => {
    const enrolment = ofPair.find(({ withdrawnAt }) => withdrawnAt === null) ?? ofPair[0];
    const programme = programmes.get(enrolment?.programmeId ?? '');
    if (enrolment === undefined || programme === undefined) return [];
    const status = statusOf(
      enrolment,
      programme,
      records.filter((one) => one.repId === enrolment.repId && one.programmeId === programme.id),
      sightingsOfRep.get(enrolment.repId) ?? [],
      { today, settings },
    );
    return status.isOpen || status.certificate.state !== 'none' ? [status] : [];
  });
}

function statusOf(
  { repId, withdrawnAt, wave }: Enrolled,
  programme: Programme,
  records: readonly CertificationRecord[],
  sightings: readonly Sighting[],
  { today, settings }: { today: string; settings: Settings },
): CertificationStatus {
  const given = records.flatMap(({ id, judgedOn: on, validUntil, withdrawnAt: taken }) =>
    validUntil === null || taken !== null ? [] : [{ id, on, validUntil }],
  );
  const certificate = certificateState(given, today);
  const lastCertifiedOn = given.reduce<string | null>(
    (last, { on }) => (last === null || on > last ? on : last),
    null,
  );
  const criteria = criteriaOf(settings);
  const about: CertificationCase = {
    pillars: programme.pillars,
    trainedOn: programme.sessionOn,
    lastCertifiedOn,
    ratings: records.flatMap(({ id, judgedOn: on, ratings }) =>
      ratings.map(({ pillar, score }) => ({ id, pillar, on, score })),
    ),
    demonstrations: demonstrationsIn(sightings),
  };
  const last = certificate.state === 'none' ? undefined : certificate;
  return {
    repId,
    programme,
    isOpen: programme.endedAt === null && withdrawnAt === null,
    asked: isAskedIn(wave),
    from: certifiableFrom(programme.sessionOn, criteria),
    certificate,
    certificateId: given.findLast((one) => one.validUntil === last?.validUntil && one.on === last.on)?.id,
    about,
    judged: certification(about, today, criteria),
    lastRatings: new Map(
      records.flatMap(({ ratings }) => ratings.map(({ pillar, score }) => [pillar, score] as const)),
    ),
    calls: new Map(sightings.map((one) => [one.debriefId, one])),
  };
}

/** The same with what a manager rates today. */
export function judgedWith(
  { about }: CertificationStatus,
  ratings: readonly { pillar: Pillar; score: number }[],
  today: string,
  settings: Settings,
): Certification {
  const fresh = ratings.map(({ pillar, score }) => ({ id: 'today', pillar, on: today, score }));
  return certification({ ...about, ratings: [...about.ratings, ...fresh] }, today, criteriaOf(settings));
}

/** Whoever followed the call, live or on its recording, saw it. */
function demonstrationsIn(sightings: readonly Sighting[]): Demonstration[] {
  return sightings.flatMap(({ debriefId: id, pillar, date: on, seen, account }) =>
    seen === 'not_watched' ? [] : [{ id, pillar, on, showed: seen, evidence: 'saw' as const, account }],
  );
}
