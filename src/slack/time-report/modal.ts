import type { KnownBlock, ModalView } from '@slack/web-api';
import { timeFields } from '#domain/manager-time.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { TimeToReport } from '#services/open-time-report.ts';
import { dayInWords } from '../dates.ts';
import { moreButton, radio, textInput, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import type { Carried } from './carried.ts';
import { moreBlocks } from './more.ts';
import { fieldId, ids, title } from './view.ts';
import { labels, weekInWords, whoSeesTime } from './words.ts';

export function timeModal(shown: TimeToReport, carried: Carried): ModalView {
  const said = carried.saved === shown.week ? shown.said?.report : undefined;
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(title),
    submit: plain('Save and compare'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      { ...richText(...whichWeek(shown)), block_id: `week_${shown.week}` },
      radio({
        id: fieldId('unit', carried),
        label: 'Hours or percent?',
        hint: 'Guesses are fine.',
        choices: [
          ['hours', 'Hours'],
          ['percent', 'Percent'],
        ],
        initial: shown.unit,
      }),
      ...timeFields.map((field) =>
        textInput({
          id: fieldId(field, carried),
          label: labels[field],
          most: 20,
          initial: said === undefined ? undefined : String(said[field]),
        }),
      ),
      ...rest(shown, carried),
      whoSees(whoSeesTime),
    ],
  };
}

const rest = (shown: TimeToReport, carried: Carried): KnownBlock[] =>
  carried.more ? moreBlocks(shown, carried) : [moreButton(ids.more)];

function whichWeek({ week, said, zone, asked }: TimeToReport): Parameters<typeof richText> {
  const name = { bold: `T${weekInWords(week).slice(1)}.` };
  if (said !== undefined) {
    const on = dayInWords(toLocal(said.report.savedAt.getTime(), zone).date);
    return [
      name,
      ` You said this on ${on}. What you save now takes its place; what you said before is kept, and counts no more.`,
    ];
  }
  if (asked === 'expired') {
    return [name, ' It has closed. What you save is kept, and shown as reported late.'];
  }
  return [name];
}
