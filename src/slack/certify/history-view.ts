import type { KnownBlock, ModalView } from '@slack/web-api';
import { pillars } from '#domain/pillar.ts';
import type { CertificationHistory, PastCertification } from '#services/view-certification-history.ts';
import { whoSees } from '../form.ts';
import { calledIn, sessionDay } from '../programme/view.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine, nameOf } from '../text.ts';
import { ids } from './view.ts';
import { lackingByPillar, pillarName } from './words.ts';

/** Over the form: what was rated before, by whom, and what came of it. */
export function certificationHistory({ repName, settings, past, older }: CertificationHistory): ModalView {
  return {
    type: 'modal',
    callback_id: ids.historyModal,
    title: plain('Rated before'),
    close: plain('Back'),
    blocks: [
      ...past.map((one) => pastBlock(one, settings)),
      ...(older > 0 ? [richText(`${older} older ones are not shown.`)] : []),
      whoSees(
        `The latest first. ${firstNameOf(repName)}, the managers above and enablement can see it; other reps cannot.`,
      ),
    ],
  };
}

function pastBlock(
  { record, programmeName, judgedByName, takenBack }: PastCertification,
  { pillarNames }: CertificationHistory['settings'],
): KnownBlock {
  const { judgedOn, validUntil, missing } = record;
  const ratings = pillars.flatMap((pillar) => record.ratings.filter((one) => one.pillar === pillar));
  const scores = ratings.map(({ pillar, score }) => `${pillarName(pillarNames, pillar)} ${score}`).join(', ');
  const result = validUntil === null ? 'Not yet certified' : `Certified until ${sessionDay(validUntil)}`;
  return richText(
    { bold: `${sessionDay(judgedOn)}, ${nameOf(judgedByName)}` },
    `\n${calledIn({ name: programmeName })}: ${scores}.`,
    `\n${result}.`,
    ...(takenBack === undefined
      ? []
      : [` Taken back on ${sessionDay(takenBack.on)} by ${nameOf(takenBack.byName)}.`]),
    ...lackingByPillar(missing, pillarNames).map((line) => `\nMissing: ${line}.`),
    ...ratings.flatMap(({ pillar, knownBy }) =>
      knownBy === null
        ? []
        : [`\n${pillarName(pillarNames, pillar)}, known by: ${fitted(inOneLine(knownBy), 300)}`],
    ),
  );
}
