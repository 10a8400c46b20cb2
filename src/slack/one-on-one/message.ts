import type { KnownBlock } from '@slack/web-api';
import { toLocal } from '#domain/time/zone.ts';
import type { ComposeMessage, MessageContent } from '#services/message-content.ts';
import { loadPrompt, type Prompt, type PromptRow } from '#storage/one-on-one-prompts.ts';
import { dayInWords } from '../dates.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inMarkup, inOneLine, nameOf } from '../text.ts';
import { ids } from './view.ts';

/** After the day's last 1:1: one row for each, with the button that logs it. */
export const composePrompt: ComposeMessage = async (trx, workspaceId, deliveryId) => {
  const prompt = await loadPrompt(trx, workspaceId, deliveryId);
  return { content: promptMessage(prompt), nothingLeft: !prompt.rows.some(isOpen) };
};

const isOpen = (row: PromptRow): boolean => row.state === 'planned' || row.state === 'due';

/** Slack takes 50 blocks and 13,000 characters; who has more 1:1s on one day is told how to reach the rest. */
const rowsShown = 40;
const takeawayShown = (rows: number): number => (rows > 20 ? 80 : 300);

export function promptMessage({ rows, receiverTimeZone }: Prompt): MessageContent {
  const shown = rows.slice(0, rowsShown);
  const hidden = rows.length - shown.length;
  const headline = headlineOf(rows);
  const blocks: KnownBlock[] = [
    richText({ bold: headline }),
    ...shown.map((row) => rowBlock(row, receiverTimeZone, takeawayShown(shown.length))),
    { type: 'context', elements: [{ type: 'mrkdwn', text: footer(rows, hidden) }] },
  ];
  // Slack reads mark-up in this one: it is what notifications show.
  return { text: inMarkup(headline), blocks };
}

function headlineOf(rows: PromptRow[]): string {
  const open = rows.filter(isOpen);
  const [only] = open;
  if (only === undefined) {
    return rows.some((row) => row.state === 'done') ? "Today's 1:1s are logged." : "Today's 1:1s are closed.";
  }
  if (open.length === 1) return `${firstNameOf(only.repName, 60)}'s 1:1 just ended. Log one thing.`;
  return `${open.length} 1:1s ended today. Log one thing for each.`;
}

function rowBlock(row: PromptRow, zone: string, takeawayMost: number): KnownBlock {
  const name = nameOf(row.repName);
  const at = toLocal(row.dueAt.getTime(), zone).time;
  const block_id = `row_${row.occurrenceId}`;
  if (!isOpen(row)) {
    const logged = row.takeaway !== null || row.state === 'done';
    return {
      ...richText(
        { bold: name },
        `, ${at}\n`,
        ...(logged ? [{ emoji: 'white_check_mark' }, ' '] : []),
        settledText(row, takeawayMost),
      ),
      block_id,
    };
  }
  return {
    type: 'section',
    block_id,
    text: plain(`${name}, ${at}`),
    accessory: {
      type: 'button',
      action_id: ids.log,
      style: 'primary',
      text: plain('Log 1:1'),
      value: row.repId,
      accessibility_label: `Log 1:1 with ${nameOf(row.repName, 55)}`,
    },
  };
}

/** What was logged after the end is shown beside how it ended: it is kept, and it changes no rate. */
function settledText({ state, takeaway }: PromptRow, takeawayMost: number): string {
  const ended = state === 'excused' ? 'Excused; it does not count.' : 'Closed without a log.';
  if (takeaway === null) return state === 'done' ? 'Logged.' : ended;
  const logged = state === 'done' ? 'Logged' : 'Logged late';
  const text = fitted(inOneLine(takeaway.text), takeawayMost);
  return `${logged}. To try by ${dayInWords(takeaway.by)}: ${text}`;
}

function footer(rows: PromptRow[], hidden: number): string {
  const rest = hidden > 0 ? `${hidden} more are not shown: use \`/coach log @name\`. ` : '';
  return rows.some(isOpen)
    ? `${rest}Only you see this. It asks once; what stays open closes when the next 1:1 is due.`
    : `${rest}Only you see this.`;
}
