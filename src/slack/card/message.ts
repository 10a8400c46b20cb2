import type { KnownBlock } from '@slack/web-api';
import { toLocal } from '#domain/time/zone.ts';
import type { ComposeMessage, MessageContent } from '#services/message-content.ts';
import { loadCard, type OccurrenceFacts } from '#storage/card.ts';
import { dayInWords } from '../dates.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { inMarkup } from '../text.ts';
import { loadRows, type NamedRow, type RowMakers } from './load-rows.ts';
import { isOpen } from './row.ts';
import { lengthOf, rowBlocks } from './row-blocks.ts';

/** The day's card: everything asked of a person that day, as it stands now. */
export function composeCard(makers: RowMakers): ComposeMessage {
  return composeRows(makers, 'card', cardHeadline);
}

/** The one message of a day besides its card. */
export function composePrompt(makers: RowMakers): ComposeMessage {
  return composeRows(makers, 'prompt', promptHeadline);
}

type Headline = (rows: NamedRow[], date: string) => string;

function composeRows(makers: RowMakers, on: 'card' | 'prompt', headline: Headline): ComposeMessage {
  return async (trx, workspaceId, deliveryId) => {
    const { reader, dueAt, occurrences, notes } = await loadCard(trx, workspaceId, deliveryId);
    const at = dueAt.getTime();
    const { date } = toLocal(at, reader.zone);
    const rows = await loadRows({ trx, workspaceId, reader, date, at, on }, makers, { occurrences, notes });
    return {
      content: rowsMessage(rows, headline(rows, date)),
      nothingLeft: !rows.some(({ row }) => row.open),
    };
  };
}

/** 50 blocks, less headline, list of later things, hint and footer. */
const roomForRows = 45;
/** Of about 13,000 characters that a message takes, less those of headline and footer. */
const roomForText = 12_000;

export function rowsMessage(rows: NamedRow[], headline: string): MessageContent {
  const now = rows.filter(({ row }) => !row.later);
  const later = rows.filter(({ row }) => row.later);
  const ahead = laterBlocks(later);
  const { blocks, hidden } = rowBlocks(now, {
    blocks: roomForRows,
    characters: roomForText - lengthOf(ahead),
  });
  return {
    // Slack reads mark-up in this one: it is what notifications show.
    text: inMarkup(headline),
    blocks: [richText({ bold: headline }), ...blocks, ...ahead, footer(hidden)],
  };
}

const laterShown = 30;

function laterBlocks(later: NamedRow[]): KnownBlock[] {
  if (later.length === 0) return [];
  const lines = later.slice(0, laterShown).flatMap(({ row }): Part[] => ['\n', ...row.text]);
  const rest = later.length > laterShown ? [`\nand ${later.length - laterShown} more`] : [];
  return [richText({ bold: 'Later this week' }, ...lines, ...rest)];
}

function footer(hidden: number): KnownBlock {
  const rest = hidden > 0 ? `${hidden} more are on your Home tab. ` : '';
  return { type: 'context', elements: [plain(`${rest}Only you see this.`)] };
}

function cardHeadline(rows: NamedRow[], date: string): string {
  const day = dayInWords(date);
  const now = rows.filter(({ row }) => row.open && !row.later);
  const later = rows.filter(({ row }) => row.open && row.later);
  const [only] = now;
  if (only !== undefined && now.length === 1 && later.length === 0) return only.row.alone;
  if (now.length > 0) {
    const rest = later.length > 0 ? `. Later this week: ${counted(later)}` : '';
    return `${day}: ${counted(now)}${rest}.`;
  }
  if (later.length > 0) return `This week: ${counted(later)}.`;
  return `${day}: ${nothingOpen(rows)}.`;
}

function nothingOpen(rows: NamedRow[]): string {
  if (rows.some(({ occurrence }) => occurrence !== undefined && hasMovedOn(occurrence))) {
    return 'what is still open is on a newer card';
  }
  return rows.length > 0 ? 'nothing is open any more' : 'nothing is asked of you';
}

const hasMovedOn = (one: OccurrenceFacts): boolean => one.onNewerCard !== null && isOpen(one);

function promptHeadline(rows: NamedRow[], date: string): string {
  const open = rows.filter(({ row }) => row.open);
  const [only] = open;
  if (only === undefined) return `${dayInWords(date)}: ${nothingOpen(rows)}.`;
  return open.length === 1 ? only.row.alone : `${dayInWords(date)}: ${counted(open)}.`;
}

/** In words, since "1 1:1" cannot be read: "two 1:1s and one call to observe" */
function counted(rows: NamedRow[]): string {
  const kinds = Map.groupBy(rows, ({ row }) => row.counted[0]);
  const parts = [...kinds.values()].map((same) => {
    const [one = '', many = ''] = same[0]?.row.counted ?? [];
    return `${numberWords[same.length] ?? same.length} ${same.length === 1 ? one : many}`;
  });
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

const numberWords = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
