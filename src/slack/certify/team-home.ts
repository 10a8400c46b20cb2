import type { ActionsBlockElement, KnownBlock } from '@slack/web-api';
import type { Missing } from '#domain/certification.ts';
import type { Settings } from '#domain/settings.ts';
import { type CertificationStatus, isCertified } from '#services/certification-cases.ts';
import { calledIn, sessionDay } from '../programme/view.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, nameOf } from '../text.ts';
import { ids } from './view.ts';
import { missingInShort } from './words.ts';

export interface TeamNames {
  names: ReadonlyMap<string, string>;
  pillarNames: Settings['pillarNames'];
  today: string;
}

const programmesShown = 4;
const renewalsShown = 4;
const closeShown = 3;
const mostOptions = 100;

/**
 * How many of a manager's reps are certified, who is close, whose certificate ends soon, and a way to certify. The
 * fourth wave is counted apart and nothing is suggested for it; the command certifies them too.
 */
export function teamBlocks(cases: readonly CertificationStatus[], of: TeamNames): KnownBlock[] {
  if (cases.length === 0) return [];
  const byProgramme = [...Map.groupBy(cases, ({ programme }) => programme.id).values()];
  const rest = byProgramme.length - programmesShown;
  const wanted = cases.filter(({ asked }) => asked);
  const ending = wanted.filter(({ certificate }) => certificate.state === 'ending');
  const more = ending.length - renewalsShown;
  return [
    ...byProgramme.slice(0, programmesShown).map((one) => richText(...programmeLine(one, of))),
    ...(rest > 0 ? [richText(`${rest} more trainings are not shown here.`)] : []),
    ...ending.slice(0, renewalsShown).map((one) => renewal(one, of)),
    ...(more > 0 ? [richText(`${more} more certificates end soon.`)] : []),
    ...chooser(wanted, of),
  ];
}

function programmeLine(cases: readonly CertificationStatus[], of: TeamNames): Part[] {
  const [first] = cases;
  if (first === undefined) return [];
  const { programme, from } = first;
  const counted = cases.filter(({ asked }) => asked);
  const apart = cases.filter(({ asked }) => !asked);
  const good = counted.filter(isCertified);
  const ended = counted.filter(({ certificate }) => certificate.state === 'expired');
  const head: Part[] = [
    { bold: calledIn(programme, 60) },
    `: ${good.length} of ${counted.length} certified${ended.length === 0 ? '' : `, ${ended.length} ran out`}`,
    apart.length === 0 ? '.' : `; wave 4 apart, ${apart.filter(isCertified).length} of ${apart.length}.`,
  ];
  if (from > of.today) return [...head, ` Certificates can be had from ${sessionDay(from)} on.`];
  const close = closeOnes(counted);
  return [...head, ...close.map((one): Part => `\nClose: ${closeLine(one, of)}`)];
}

/** A rating is a press of the manager's; what was not seen yet takes a call. */
const toShow = ({ judged }: CertificationStatus): Missing[] =>
  judged.result === 'certified'
    ? []
    : judged.missing.filter((one) => one.missing !== 'rating' && one.missing !== 'rating_used_before');

/** Those who lack one thing at the most, the nearest first. */
function closeOnes(cases: readonly CertificationStatus[]): CertificationStatus[] {
  return cases
    .filter((one) => !isCertified(one) && toShow(one).length <= 1)
    .sort((one, other) => toShow(one).length - toShow(other).length)
    .slice(0, closeShown);
}

function closeLine(one: CertificationStatus, { names, pillarNames }: TeamNames): string {
  const [lacking] = toShow(one);
  const words =
    lacking === undefined ? 'everything was seen, your rating is next' : missingInShort(lacking, pillarNames);
  return `${nameOf(names.get(one.repId) ?? '', 60)}, ${words}.`;
}

function renewal({ repId, programme, certificate }: CertificationStatus, { names }: TeamNames): KnownBlock {
  const name = names.get(repId) ?? '';
  const until = certificate.state === 'none' ? '' : sessionDay(certificate.validUntil);
  return {
    type: 'section',
    text: plain(
      `${nameOf(name, 60)}: the certificate for ${calledIn(programme, 60)} ends on ${until}. ` +
        'A new call listened to and a new rating renew it.',
    ),
    accessory: {
      type: 'button',
      action_id: `${ids.open}:${repId}_${programme.id}`,
      text: plain('Renew'),
      value: `${repId} ${programme.id}`,
      accessibility_label: fitted(`Renew the certificate of ${nameOf(name, 40)}`, 75),
    },
  };
}

/** Anybody who can be certified now and is not; one press, and the form opens. */
function chooser(cases: readonly CertificationStatus[], { names, today }: TeamNames): KnownBlock[] {
  const repIds = [
    ...new Set(cases.filter((one) => one.from <= today && !isCertified(one)).map(({ repId }) => repId)),
  ];
  const [only] = repIds;
  if (only === undefined) return [];
  const nameFor = (repId: string): string => names.get(repId) ?? '';
  const element: ActionsBlockElement =
    repIds.length === 1
      ? {
          type: 'button',
          action_id: ids.open,
          text: plain(`Certify ${firstNameOf(nameFor(only))}`),
          value: only,
        }
      : {
          type: 'static_select',
          action_id: ids.open,
          placeholder: plain('Certify a rep'),
          options: repIds
            .slice(0, mostOptions)
            .map((repId) => ({ text: plain(nameOf(nameFor(repId), 75)), value: repId })),
        };
  return [{ type: 'actions', block_id: 'certify_a_rep', elements: [element] }];
}
