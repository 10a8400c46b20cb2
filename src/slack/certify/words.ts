import { levelOf } from '#domain/baseline.ts';
import type { CertificationCriteria, Missing, PillarEvidence } from '#domain/certification.ts';
import type { Pillar } from '#domain/pillar.ts';
import type { Settings } from '#domain/settings.ts';
import type { CertificationStatus } from '#services/certification-cases.ts';
import { dayInWords } from '../dates.ts';
import type { Choice } from '../form.ts';
import { accountOf, followedWords } from '../observed-call/words.ts';
import { sessionDay } from '../programme/view.ts';
import { inOneLine } from '../text.ts';

type Names = Settings['pillarNames'];

export const pillarName = (names: Names, pillar: Pillar): string => inOneLine(names[pillar]);

const levels = { strong: 'strong', foundation: 'foundation', new: 'new' } as const;

/** The scale of the baseline, the best first. */
export const ratingChoices: readonly Choice[] = [10, 9, 8, 7, 6, 5, 4, 3, 2].map(
  (score) => [String(score), `${score}: ${levels[levelOf(score)]}`] as const,
);

/** Who reads what is missing: the manager who can watch and rate, or the rep who can ask for both. */
export type Reader = { is: 'manager'; repFirst: string } | { is: 'rep'; managerFirst: string };

/** What is missing, and why what there is does not count. */
export function missingInWords(
  missing: Missing,
  names: Names,
  { evidenceDays }: CertificationCriteria,
): string {
  const pillar = pillarName(names, missing.pillar);
  switch (missing.missing) {
    case 'rating':
      return `${pillar}: you have not rated it since the training.`;
    case 'rating_too_low':
      return `${pillar}: you rated it ${missing.score}, and ${missing.needed} is needed.`;
    case 'rating_used_before':
      return `${pillar}: the rating of ${dayInWords(missing.on)} counted for the last certificate; a new one is needed.`;
    case 'demonstration':
      return `${pillar}: not seen unasked on a real account yet.`;
    case 'demonstration_too_early':
      return `${pillar}: last seen unasked on ${dayInWords(missing.on)}; what counts begins on ${dayInWords(missing.from)}.`;
    case 'demonstration_too_old':
      return `${pillar}: last seen unasked on ${dayInWords(missing.on)}, more than ${evidenceDays} days ago.`;
    case 'demonstration_used_before':
      return `${pillar}: what was seen on ${dayInWords(missing.on)} counted for the last certificate.`;
  }
}

/** What to do about all of it, each thing once. */
export function nextSteps(missing: readonly Missing[], by: Reader): string[] {
  const toSee = missing.some((one) => one.missing.startsWith('demonstration'));
  const toRaise = missing.some((one) => one.missing === 'rating_too_low');
  return [
    ...(toSee
      ? [
          by.is === 'manager'
            ? `Listen to one call: /coach observe @${by.repFirst}`
            : 'Have a call of yours listened to: /coach watch',
        ]
      : []),
    ...(toRaise
      ? [
          by.is === 'manager'
            ? `Give what is rated low to practise: /coach practice @${by.repFirst}`
            : `Ask ${by.managerFirst} what would make the difference.`,
        ]
      : []),
  ];
}

/** "Teach: rated 7, 8 needed; not seen unasked on a real account": a line for each pillar that lacks something. */
export function lackingByPillar(missing: readonly Missing[], names: Names): string[] {
  return [...Map.groupBy(missing, ({ pillar }) => pillar)].map(
    ([pillar, some]) => `${pillarName(names, pillar)}: ${some.map(lacking).join('; ')}`,
  );
}

/** The same for one thing, beside a name. */
export const missingInShort = (missing: Missing, names: Names): string =>
  `${pillarName(names, missing.pillar)} ${lacking(missing)}`;

function lacking(missing: Missing): string {
  switch (missing.missing) {
    case 'rating':
      return 'not rated since the training';
    case 'rating_too_low':
      return `rated ${missing.score}, ${missing.needed} needed`;
    case 'rating_used_before':
      return 'to be rated anew';
    case 'demonstration':
      return 'not seen unasked on a real account';
    case 'demonstration_too_early':
    case 'demonstration_too_old':
      return `not seen unasked since ${dayInWords(missing.from)}`;
    case 'demonstration_used_before':
      return `not seen unasked since ${dayInWords(missing.on)}`;
  }
}

const callsShown = 3;

/** "Acme, Tue 24 Mar, live": each call that counts for a pillar, the newest first. */
export function callsInWords(
  { demonstrations }: Pick<PillarEvidence, 'demonstrations'>,
  calls: CertificationStatus['calls'],
): string[] {
  const lines = demonstrations.slice(0, callsShown).map(({ id, on, account }) => {
    const call = calls.get(id);
    const followed = call === undefined ? '' : `, ${followedWords[call.followed].toLowerCase()}`;
    return `${accountOf(account ?? '', 80)}, ${dayInWords(on)}${followed}`;
  });
  const rest = demonstrations.length - lines.length;
  return rest > 0 ? [...lines, `and ${rest} more`] : lines;
}

/** How the certificate stands; nothing where there never was one. */
export function stateInWords(certificate: CertificationStatus['certificate']): string | undefined {
  switch (certificate.state) {
    case 'none':
      return undefined;
    case 'valid':
      return `certified until ${sessionDay(certificate.validUntil)}`;
    case 'ending':
      return `certified until ${sessionDay(certificate.validUntil)}, which is soon`;
    case 'expired':
      return `the certificate ended on ${sessionDay(certificate.validUntil)}`;
  }
}
