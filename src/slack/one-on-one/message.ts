import type { KnownBlock } from '@slack/web-api';
import { toLocal } from '#domain/time/zone.ts';
import type { ComposeMessage, MessageContent } from '#services/message-content.ts';
import { loadPrompt, type Prompt, type PromptRow } from '#storage/one-on-one-prompts.ts';
import { dayInWords } from '../dates.ts';
import { escaped, fitted, inOneLine } from '../text.ts';
import { firstName, ids } from './view.ts';

/** After the day's last 1:1: one row for each, with the button that logs it. */
export const composePrompt: ComposeMessage = async (trx, workspaceId, deliveryId) => {
  const prompt = await loadPrompt(trx, workspaceId, deliveryId);
  return { content: promptMessage(prompt), nothingLeft: !prompt.rows.some(isOpen) };
};

const isOpen = (row: PromptRow): boolean => row.state === 'planned' || row.state === 'due';

/** Slack takes 50 blocks; a manager with more 1:1s on one day is told how to reach the rest. */
const rowsShown = 40;

export function promptMessage({ rows, receiverTimeZone }: Prompt): MessageContent {
  const shown = rows.slice(0, rowsShown);
  const hidden = rows.length - shown.length;
  const headline = headlineOf(rows);
  const blocks: KnownBlock[] = [
    { type: 'section', text: { type: 'mrkdwn', text: `*${escaped(headline)}*` } },
    ...shown.map((row) => rowBlock(row, receiverTimeZone)),
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: footer(rows, hidden) }],
    },
  ];
  return { text: headline, blocks };
}

function headlineOf(rows: PromptRow[]): string {
  const open = rows.filter(isOpen);
  const [only] = open;
  if (only === undefined) {
    return rows.some((row) => row.state === 'done') ? "Today's 1:1s are logged." : "Today's 1:1s are closed.";
  }
  if (open.length === 1) return `${fitted(firstName(only.repName), 60)}'s 1:1 just ended. Log one thing.`;
  return `${open.length} 1:1s ended today. Log one thing for each.`;
}

function rowBlock(row: PromptRow, zone: string): KnownBlock {
  const name = `*${escaped(fitted(row.repName, 80))}*`;
  const at = toLocal(row.dueAt.getTime(), zone).time;
  if (isOpen(row)) {
    return {
      type: 'section',
      block_id: `row_${row.occurrenceId}`,
      text: { type: 'mrkdwn', text: `${name}, ${at}` },
      accessory: {
        type: 'button',
        action_id: ids.log,
        style: 'primary',
        text: { type: 'plain_text', text: 'Log 1:1' },
        value: row.repId,
        accessibility_label: fitted(`Log the 1:1 with ${row.repName}`, 75),
      },
    };
  }
  return {
    type: 'section',
    block_id: `row_${row.occurrenceId}`,
    text: { type: 'mrkdwn', text: `${name}, ${at}\n${settledText(row)}` },
  };
}

function settledText(row: PromptRow): string {
  if (row.state === 'excused') return 'Excused; it does not count.';
  if (row.takeaway === null) return row.state === 'done' ? ':white_check_mark: Logged.' : 'Closed without a log.';
  const takeaway = escaped(fitted(inOneLine(row.takeaway.text), 300));
  const kept = row.state === 'done' ? ':white_check_mark: Logged' : 'Logged late';
  return `${kept}. To try by ${dayInWords(row.takeaway.by)}: ${takeaway}`;
}

function footer(rows: PromptRow[], hidden: number): string {
  const rest = hidden > 0 ? `${hidden} more are not shown: use \`/coach log @name\`. ` : '';
  return rows.some(isOpen)
    ? `${rest}Only you see this. It asks once; what stays open closes when the next 1:1 is due.`
    : `${rest}Only you see this.`;
}
