import type { KnownBlock, ModalView } from '@slack/web-api';
import { criteriaOf } from '#domain/certification.ts';
import type { CertificationDone } from '#services/certify.ts';
import { whoSees } from '../form.ts';
import { calledIn, sessionDay } from '../programme/view.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';
import { ids, takeBackButton, titleFor } from './view.ts';
import { callsInWords, missingInWords, nextSteps, pillarName } from './words.ts';

/** Shown back at once: certified until when, or what is missing and what to do about each. */
export function resultModal(result: CertificationDone): ModalView {
  const { repName, record } = result;
  const first = firstNameOf(repName);
  const certified = record.validUntil !== null;
  return {
    type: 'modal',
    callback_id: ids.result,
    title: plain(titleFor(repName)),
    close: plain('Close'),
    blocks: [
      ...(certified ? certifiedBlocks(result, first) : notYetBlocks(result, first)),
      whoSees(
        result.already
          ? 'Nothing was changed.'
          : `Saved. ${first} reads this on the next card; managers above you and enablement can see it.`,
      ),
    ],
  };
}

function certifiedBlocks({ record, programme, settings, calls, already }: CertificationDone, first: string) {
  const until = sessionDay(record.validUntil ?? '');
  const lines = record.evidence.map((one): Part => {
    const score = record.ratings.find(({ pillar }) => pillar === one.pillar)?.score;
    const [newest] = callsInWords(one, calls);
    return `\n${pillarName(settings.pillarNames, one.pillar)}: ${score}, seen unasked${newest === undefined ? '' : `: ${newest}`}`;
  });
  return [
    richText(
      {
        bold: already
          ? `${first} was certified in ${calledIn(programme)} today already, until ${until}.`
          : `${first} is certified in ${calledIn(programme)} until ${until}.`,
      },
      ...(already ? ['\nWhat you entered now was not needed and is not kept.'] : lines),
    ),
    ...takeBackButton(record.id, first),
  ] satisfies KnownBlock[];
}

function notYetBlocks({ record, programme, settings, standing }: CertificationDone, first: string) {
  const criteria = criteriaOf(settings);
  const stays = standing.state === 'none' || standing.state === 'expired' ? undefined : standing;
  return [
    richText(
      {
        bold:
          stays === undefined
            ? `Not yet: what ${first} still needs in ${calledIn(programme)}`
            : `The certificate until ${sessionDay(stays.validUntil)} stays. To renew it`,
      },
      ...record.missing.map((one) => `\n${missingInWords(one, settings.pillarNames, criteria)}`),
      ...nextSteps(record.missing, { is: 'manager', repFirst: first }).map((line) => `\n${line}`),
      '\nYour ratings are kept, and filled in next time.',
    ),
  ] satisfies KnownBlock[];
}
