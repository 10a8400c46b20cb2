import type { KnownBlock } from '@slack/web-api';
import { type Missing, renewalDays } from '#domain/certification.ts';
import { type Coverage, certificationCoverage } from '#domain/coverage.ts';
import { toLocal } from '#domain/time/zone.ts';
import { type CertificationStatus, certificationCases, isCertified } from '#services/certification-cases.ts';
import { certificationStandings } from '#storage/certification-standings.ts';
import { repsOf } from '#storage/reporting.ts';
import { header } from '../blocks.ts';
import { type HomePart, type HomeRequest, seenHere, seenOfAll } from '../home/part.ts';
import { calledIn, sessionDay } from '../programme/view.ts';
import { plain, richText } from '../rich-text.ts';
import { teamBlocks } from './team-home.ts';
import { lackingByPillar, stateInWords } from './words.ts';

/** Certificates on Home: one's own, how near one's team is, and for enablement the coverage. */
export const certificationHome: HomePart = async (request) => ({
  own: await ownPart(request),
  // What a manager's team still needs is for that manager alone.
  team: request.viewerId === undefined ? await teamPart(request) : [],
  workspace: seenOfAll(request, 'digest') === 'full' ? await coveragePart(request) : [],
});

const shownOwn = 3;

async function ownPart(request: HomeRequest): Promise<KnownBlock[]> {
  const { trx, workspaceId, person } = request;
  if (!person.roles.includes('rep') || (await seenHere(request, 'rep_record')) === 'none') return [];
  const cases = await certificationCases(trx, workspaceId, [person.id], on(request));
  const shown = cases.filter((one) => (one.asked && one.isOpen) || isCertified(one));
  if (shown.length === 0) return [];
  return [
    header('Certification'),
    ...shown
      .slice(0, shownOwn)
      .map((one) => richText({ bold: calledIn(one.programme) }, ...ownLines(one, request))),
  ];
}

function ownLines(
  { certificate, judged, from, isOpen }: CertificationStatus,
  request: HomeRequest,
): string[] {
  const { today } = on(request);
  const state = stateInWords(certificate);
  const head = `: ${state ?? 'not certified yet'}.`;
  if (certificate.state === 'valid' || !isOpen) return [head];
  if (from > today) return [head, ` A certificate can be had from ${sessionDay(from)} on.`];
  const missing = judged.result === 'certified' ? [] : judged.missing;
  if (certificate.state === 'ending') {
    return [head, `\nIt is renewed by new calls and a new rating. ${stillMissing(missing, request)}`];
  }
  return [head, `\n${stillMissing(missing, request)}`];
}

function stillMissing(missing: readonly Missing[], { settings }: HomeRequest): string {
  if (missing.length === 0) return 'Everything is there; ask your manager to certify it.';
  const lines = lackingByPillar(missing, settings.pillarNames).map((line) => `\n${line}.`);
  return `Still missing:${lines.join('')}`;
}

async function teamPart(request: HomeRequest): Promise<KnownBlock[]> {
  const { trx, workspaceId, person } = request;
  const reps = await repsOf(trx, workspaceId, person.id);
  const cases = await certificationCases(
    trx,
    workspaceId,
    reps.map(({ id }) => id),
    on(request),
  );
  const names = new Map(reps.map(({ id, name }) => [id, name]));
  const blocks = teamBlocks(
    cases.filter(({ isOpen }) => isOpen),
    { names, pillarNames: request.settings.pillarNames, today: on(request).today },
  );
  return blocks.length === 0 ? [] : [header('Certificates of your team'), ...blocks];
}

async function coveragePart({ trx, workspaceId, now, settings }: HomeRequest): Promise<KnownBlock[]> {
  const standings = await certificationStandings(trx, workspaceId, new Date(now));
  if (!standings.some(({ enrolled, certified }) => enrolled || certified)) return [];
  const { ofEnrolled, ofEligible } = certificationCoverage(standings);
  return [
    header('Certification'),
    richText(
      { bold: `Of all reps: ${counted(ofEligible.total)}` },
      `, aimed at ${settings.certificationCoverageTarget} %.`,
      `\nOf those enrolled: ${counted(ofEnrolled.total)}.`,
      ...byWave(ofEligible, ofEnrolled),
    ),
    {
      type: 'context',
      elements: [
        plain(
          `Certificates that have run out do not count. Managers see who is to be renewed ${renewalDays} days before.`,
        ),
      ],
    },
  ];
}

const counted = ({ part, whole, rate }: Coverage['total']): string =>
  `${part} of ${whole}${rate === undefined ? '' : ` (${Math.round(rate * 100)} %)`}`;

function byWave(ofEligible: Coverage, ofEnrolled: Coverage): string[] {
  const none = { part: 0, whole: 0, rate: undefined };
  const lines = [...ofEligible.waves].map(
    ([wave, share]) =>
      `\n${wave === null ? 'Without a wave' : `Wave ${wave}`}: ${counted(share)}, of those enrolled ${counted(ofEnrolled.waves.get(wave) ?? none)}.`,
  );
  const apart =
    ofEligible.apart.whole === 0 ? [] : [`\nWave 4, in no figure above: ${counted(ofEligible.apart)}.`];
  return [...(ofEligible.waves.size > 1 ? lines : []), ...apart];
}

const on = ({ now, person, settings }: HomeRequest) => ({
  today: toLocal(now, person.timeZone).date,
  settings,
});
