import { describe, expect, test } from 'vitest';
import {
  type CertificateState,
  certification,
  criteriaOf,
  type Demonstration,
  type Missing,
} from '#domain/certification.ts';
import { pillars } from '#domain/pillar.ts';
import { defaultSettings } from '#domain/settings.ts';
import { validateMessage, validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { CertificationStatus } from '#services/certification-cases.ts';
import type { CertificationDone, CertificationOpened } from '#services/certify.ts';
import { rowsMessage } from '#slack/card/message.ts';
import { certificationHistory } from '#slack/certify/history-view.ts';
import { resultModal } from '#slack/certify/result-view.ts';
import { resultRow, type Told, takenBackRow } from '#slack/certify/rows.ts';
import { teamBlocks } from '#slack/certify/team-home.ts';
import { certifyForm } from '#slack/certify/view.ts';
import { lackingByPillar, missingInShort, missingInWords, nextSteps } from '#slack/certify/words.ts';
import { calledIn } from '#slack/programme/view.ts';
import { firstNameOf, fitted } from '#slack/text.ts';
import { crowds, hostileNames, programmeCalled } from '#test/slack/trainees.ts';

const settings = { ...defaultSettings };
const today = '2026-03-30';
const certificates: CertificateState[] = [
  { state: 'none' },
  ...(['valid', 'ending', 'expired'] as const).map((state) => ({
    state,
    on: '2026-03-20',
    validUntil: '2026-09-16',
  })),
];

function statusWith(
  calls: number,
  name: string,
  more: Partial<CertificationStatus> = {},
): CertificationStatus {
  const demonstrations = pillars.flatMap((pillar) =>
    Array.from(
      { length: calls },
      (_, index): Demonstration => ({
        id: `${index}`,
        pillar,
        on: '2026-03-20',
        showed: 'unasked',
        evidence: 'saw',
        account: name,
      }),
    ),
  );
  const programme = programmeCalled(name);
  const about = {
    pillars,
    trainedOn: programme.sessionOn,
    lastCertifiedOn: null,
    ratings: [],
    demonstrations,
  };
  return {
    repId: 'USAM',
    programme,
    isOpen: true,
    asked: true,
    from: '2026-03-17',
    certificate: { state: 'none' },
    certificateId: '00000000-0000-4000-8000-000000000001',
    about,
    judged: certification(about, today, criteriaOf(settings)),
    lastRatings: new Map([['teach', 7]]),
    calls: new Map([
      [
        '0',
        {
          debriefId: '0',
          repId: 'USAM',
          observerId: 'UDANA',
          pillar: 'teach',
          seen: 'unasked',
          account: name,
          date: '2026-03-20',
          followed: 'live',
        },
      ],
    ]),
    ...more,
  };
}

function resultWith(status: CertificationStatus, name: string, certified: boolean): CertificationDone {
  const { judged } = status;
  return {
    repId: 'USAM',
    repName: name,
    today,
    settings,
    programme: status.programme,
    record: {
      id: '00000000-0000-4000-8000-000000000001',
      programmeId: status.programme.id,
      repId: 'USAM',
      judgedOn: today,
      judgedBy: 'UDANA',
      judgedAt: new Date(),
      validUntil: certified ? '2026-09-26' : null,
      missing: certified || judged.result === 'certified' ? [] : judged.missing,
      evidence: judged.evidence,
      withdrawnAt: null,
      withdrawnBy: null,
      ratings: pillars.map((pillar) => ({ pillar, score: 8, knownBy: name })),
    },
    already: false,
    standing: status.certificate,
    calls: status.calls,
  };
}

describe.each(hostileNames)('with people called %j', (name) => {
  test.each(crowds)('the form and its result fit, with %d calls or programmes', (count) => {
    for (const certificate of certificates) {
      const chosen = statusWith(count, name, { certificate });
      const programmes = Array.from({ length: Math.max(1, count) }, (_, index) => ({
        ...programmeCalled(name),
        id: index === 0 ? chosen.programme.id : `P${index}`,
      }));
      const opened: CertificationOpened = {
        repId: 'USAM',
        repName: name,
        today,
        settings,
        chosen,
        programmes,
      };
      for (const more of [false, true]) expect(validateView(certifyForm(opened, more))).toEqual([]);
      for (const certified of [false, true]) {
        const result = resultWith(chosen, name, certified);
        expect(validateView(resultModal(result))).toEqual([]);
        expect(validateView(resultModal({ ...result, already: true }))).toEqual([]);
      }
    }
  });

  test.each(crowds)('a card with %d results fits', (count) => {
    const rows = Array.from({ length: count }, (_, index) => {
      const certified = index % 3 === 0;
      const { record } = resultWith(statusWith(index % 2, name), name, certified);
      const told: Told = {
        note: {
          noteId: `${index}`,
          kind: 'certification_result',
          aboutId: 'USAM',
          aboutName: name,
          subjectId: record.id,
          madeAt: new Date(),
          settledAt: index % 5 === 4 ? new Date() : null,
        },
        record,
        keptUntil: index % 4 === 0 ? '2026-04-26' : undefined,
        programmeName: calledIn({ name }, 60),
        managerFirst: firstNameOf(name),
        settings,
      };
      return { id: `${index}`, row: index % 2 === 0 ? resultRow(told) : takenBackRow(told) };
    });
    const message = rowsMessage(
      rows.map(({ id, row }) => ({ id, row, occurrence: undefined })),
      rows[0]?.row.alone ?? 'Nothing',
    );
    expect(validateMessage(message)).toEqual([]);
  });

  test.each(crowds)('what was rated before fits, %d times', (count) => {
    const { record } = resultWith(statusWith(1, name), name, false);
    const past = Array.from({ length: Math.min(20, count) }, (_, index) => ({
      record: {
        ...record,
        missing: everyLack.flatMap((one) => pillars.map((pillar) => ({ pillar, ...one }))),
        ratings: pillars.map((pillar) => ({ pillar, score: 8, knownBy: fitted(name.repeat(10), 300) })),
      },
      programmeName: name,
      judgedByName: name,
      takenBack: index % 2 === 0 ? { on: today, byName: name } : undefined,
    }));
    const view = certificationHistory({ repName: name, settings, past, older: count - past.length });
    expect(validateView(view)).toEqual([]);
  });

  test.each(crowds)('a team of %d stays short on Home', (count) => {
    const cases = Array.from({ length: count }, (_, index) =>
      statusWith(index % 3, name, {
        repId: `U${index}`,
        asked: index % 7 !== 0,
        certificate: certificates[index % certificates.length] ?? { state: 'none' },
      }),
    );
    const names = new Map(cases.map(({ repId }) => [repId, name]));
    const blocks = teamBlocks(cases, { names, pillarNames: settings.pillarNames, today });
    expect(blocks.length).toBeLessThanOrEqual(11);
    if (count === 0) expect(blocks).toEqual([]);
    else expect(validateView({ type: 'home', blocks })).toEqual([]);
  });
});

const everyLack = [
  { missing: 'rating' },
  { missing: 'rating_too_low', on: today, score: 7, needed: 8 },
  { missing: 'rating_used_before', on: today },
  { missing: 'demonstration' },
  { missing: 'demonstration_too_early', on: '2026-03-10', from: '2026-03-17' },
  { missing: 'demonstration_too_old', on: '2026-03-10', from: '2026-03-17' },
  { missing: 'demonstration_used_before', on: today },
] as const;

test('each thing that can be missing says what is, and the two who read it what to do', () => {
  for (const one of everyLack) {
    const missing = { pillar: 'takeControl' as const, ...one };
    const read = [
      missingInWords(missing, settings.pillarNames, criteriaOf(settings)),
      missingInShort(missing, settings.pillarNames),
      ...lackingByPillar([missing], settings.pillarNames),
    ];
    for (const words of read) expect(words).toMatch(/^Take Control/);
    const steps = [
      nextSteps([missing], { is: 'manager', repFirst: 'Sam' }),
      nextSteps([missing], { is: 'rep', managerFirst: 'Dana' }),
    ];
    if (one.missing.startsWith('demonstration')) {
      expect(steps).toEqual([
        ['Listen to one call: /coach observe @Sam'],
        ['Have a call of yours listened to: /coach watch'],
      ]);
    }
  }
});

test('a rep reads a line for each pillar that lacks something, and what to do once', () => {
  const missing: Missing[] = [
    { pillar: 'teach', missing: 'rating_too_low', on: today, score: 7, needed: 8 },
    { pillar: 'teach', missing: 'demonstration' },
    { pillar: 'tailor', missing: 'demonstration' },
  ];
  expect(lackingByPillar(missing, settings.pillarNames)).toEqual([
    'Teach: rated 7, 8 needed; not seen unasked on a real account',
    'Tailor: not seen unasked on a real account',
  ]);
  expect(nextSteps(missing, { is: 'rep', managerFirst: 'Dana' })).toEqual([
    'Have a call of yours listened to: /coach watch',
    'Ask Dana what would make the difference.',
  ]);
});
