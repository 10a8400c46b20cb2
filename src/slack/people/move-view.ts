import type { ModalView } from '@slack/web-api';
import type { Segment } from '#domain/people.ts';
import type { ChangePreview } from '#services/preview-change.ts';
import { section } from '../blocks.ts';
import { whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { inMarkup, nameOf } from '../text.ts';
import { counted, people, segmentWords } from './words.ts';

/** What a change of manager does to what is open, in Slack's mark-up; nothing where none changes. */
export function whatMoves({ becoming, excused, commitments }: ChangePreview): string[] {
  if (!becoming.some(({ field }) => field === 'manager')) return [];
  return [
    commitments === 0
      ? 'No open commitment goes along.'
      : `${counted(commitments, 'open commitment')} ${commitments === 1 ? 'goes' : 'go'} along: the new manager is asked what came of ${commitments === 1 ? 'it' : 'them'}.`,
    ...(excused === 0
      ? []
      : [
          `${counted(excused, 'thing')} that the former manager is still asked about them ${excused === 1 ? 'is' : 'are'} excused, and count${excused === 1 ? 's' : ''} for nobody.`,
        ]),
    'Past work stays with whoever did it.',
  ];
}

const plainly = (field: ChangePreview['becoming'][number]['field'], value: string | null): string => {
  if (value === null) return 'none';
  return field === 'segment' ? segmentWords[value as Segment].toLowerCase() : inMarkup(nameOf(value, 60));
};

export const becomingInWords = ({ becoming }: ChangePreview): string[] =>
  becoming.map(
    ({ field, from, to, count }) =>
      `${field}: ${plainly(field, from)} → *${plainly(field, to)}* (${people(count)})`,
  );

/** One person gets another manager: shown before it is done. */
export function moveModal(callbackId: string, preview: ChangePreview, carried: object): ModalView {
  const name = inMarkup(nameOf(preview.name ?? ''));
  const [line] = preview.becoming.filter(({ field }) => field === 'manager');
  const was = line?.from == null ? '' : `, and not to ${inMarkup(nameOf(line.from, 60))} any more`;
  const now = line?.to == null ? 'nobody' : `*${inMarkup(nameOf(line.to, 60))}*`;
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain('Change manager'),
    submit: plain('Change manager'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      section(`*${name}* reports to ${now} from now on${was}.`),
      section(
        whatMoves(preview)
          .map((one) => `• ${one}`)
          .join('\n'),
      ),
      whoSees('With “Not now” nothing is saved, of the other fields neither.'),
    ],
  };
}
