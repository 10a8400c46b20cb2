import type { ActionsBlockElement, Button, KnownBlock } from '@slack/web-api';
import { plain, richText } from '../rich-text.ts';
import { fitted, spoken } from '../text.ts';
import type { NamedRow } from './load-rows.ts';
import type { CardRow } from './row.ts';
import { ids, moves, moveValue } from './view.ts';

/** Slack takes 50 blocks a message, 100 on Home; a row with its buttons below takes two of them. */
export interface Room {
  blocks: number;
  /** In a message, all its blocks count together; a view has no such limit. */
  characters?: number;
}

/**
 * Each row with what can be done about it. Where there is no room for that, the rows that come last have their
 * button beside the text and no menu, and in the end are only counted.
 */
export function rowBlocks(rows: readonly NamedRow[], room: Room): { blocks: KnownBlock[]; hidden: number } {
  const blocks: KnownBlock[] = [];
  const compact = rows.map(compactBlocks);
  let shown = 0;
  let characters = room.characters ?? Number.POSITIVE_INFINITY;
  // What all the rows still to come say where they are short.
  let short = compact.reduce((sum, row) => sum + lengthOf(row), 0);
  for (const [at, one] of rows.entries()) {
    const small = compact[at] ?? [];
    const full = fullBlocks(one);
    const left = room.blocks - blocks.length;
    short -= lengthOf(small);
    // One block for each of the others has to be left, and what they say.
    const isRoom = full.length + rows.length - at - 1 <= left && lengthOf(full) + short <= characters;
    const mine = isRoom ? full : small;
    if (mine.length > left || lengthOf(mine) > characters) break;
    blocks.push(...mine);
    characters -= lengthOf(mine);
    shown += 1;
  }
  return { blocks, hidden: rows.length - shown };
}

function fullBlocks(named: NamedRow): KnownBlock[] {
  const text: KnownBlock = { ...richText(...named.row.text), block_id: `row_${named.id}` };
  const elements = elementsOf(named);
  return elements.length === 0 ? [text] : [text, { type: 'actions', block_id: `do_${named.id}`, elements }];
}

function elementsOf({ id, row, occurrence }: NamedRow): ActionsBlockElement[] {
  const buttons = [
    row.act === undefined ? [] : [button(row.act, id, row.open)],
    row.also ? [button(row.also, id, false)] : [],
  ];
  const menu: ActionsBlockElement[] =
    row.movable && occurrence !== undefined
      ? [
          {
            type: 'overflow',
            action_id: `${ids.move}:${id}`,
            options: moves.map(([move, label]) => ({ text: plain(label), value: moveValue(move, id) })),
          },
        ]
      : [];
  return [...buttons.flat(), ...menu];
}

function compactBlocks({ id, row }: NamedRow): KnownBlock[] {
  const words = row.text
    .map((part) => (typeof part === 'string' ? part : 'bold' in part ? part.bold : ''))
    .join('');
  return [
    {
      type: 'section',
      block_id: `row_${id}`,
      text: plain(fitted(words.trim() || row.alone, 200)),
      ...(row.act === undefined ? {} : { accessory: button(row.act, id, row.open) }),
    },
  ];
}

/** The characters of blocks as Slack seems to count them: text, ids and values. */
export function lengthOf(blocks: readonly KnownBlock[]): number {
  return stringsIn(blocks).reduce((sum, text) => sum + text.length, 0);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (key === 'type' ? [] : stringsIn(one)));
}

function button(
  { label, actionId, value, describes }: NonNullable<CardRow['act']>,
  id: string,
  main: boolean,
): Button {
  return {
    type: 'button',
    action_id: `${actionId}:${id}`,
    text: plain(label),
    value,
    accessibility_label: spoken(label, describes),
    ...(main ? { style: 'primary' as const } : {}),
  };
}
