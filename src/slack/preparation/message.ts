import type { KnownBlock } from '@slack/web-api';
import { toLocal } from '#domain/time/zone.ts';
import type { ComposeMessage, MessageContent } from '#services/message-content.ts';
import { loadQuestions, type QuestionRow } from '#storage/preparations.ts';
import { dayInWords } from '../dates.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inMarkup, inOneLine } from '../text.ts';
import { ids } from './view.ts';

/** The working day before a 1:1: one question to the rep. */
export const composeQuestion: ComposeMessage = async (trx, workspaceId, deliveryId) => {
  const { rows, receiverTimeZone } = await loadQuestions(trx, workspaceId, deliveryId);
  return {
    content: questionMessage(rows, receiverTimeZone),
    // Once the 1:1 has begun, a question that is still to be posted comes too late.
    nothingLeft: !rows.some((row) => row.state === 'planned' && row.answer === null),
  };
};

const isOpen = (row: QuestionRow): boolean => row.state === 'planned' || row.state === 'due';

export function questionMessage(rows: QuestionRow[], zone: string): MessageContent {
  const first = rows[0];
  const unanswered = rows.some((row) => isOpen(row) && row.answer === null);
  const manager = firstNameOf(first?.managerName ?? 'your manager', 60);
  const text = unanswered
    ? `Your 1:1 with ${manager} is coming up. One question first.`
    : `Your 1:1 with ${manager}: you are ready.`;
  return {
    // Slack reads mark-up in this one: it is what notifications show.
    text: inMarkup(text),
    blocks: [
      richText({ bold: text }),
      ...rows.flatMap((row) => rowBlocks(row, zone)),
      {
        type: 'context',
        elements: [plain(`${manager} reads your answer before you talk. Nobody else does.`)],
      },
    ],
  };
}

function rowBlocks(row: QuestionRow, zone: string): KnownBlock[] {
  const { date, time } = toLocal(row.dueAt.getTime(), zone);
  const when = `${dayInWords(date)}, ${time}`;
  const last =
    row.commitment === null
      ? ''
      : `\nYou set out to try: ${inMarkup(fitted(inOneLine(row.commitment), 300))}`;
  const answered = row.answer !== null;
  const said = answered
    ? `\n:white_check_mark: You wrote: ${inMarkup(fitted(inOneLine(row.answer ?? ''), 300))}`
    : '';
  const block: KnownBlock = {
    type: 'section',
    block_id: `question_${row.occurrenceId}`,
    text: {
      type: 'mrkdwn',
      text: `${when}${answered ? said : `${last}\nWhich moment would you like to replay?`}`,
    },
  };
  if (!isOpen(row)) return [block];
  return [
    {
      ...block,
      accessory: {
        type: 'button',
        action_id: ids.answer,
        text: plain(answered ? 'Change' : 'Answer'),
        value: row.occurrenceId,
        ...(answered ? {} : { style: 'primary' as const }),
      },
    },
  ];
}
