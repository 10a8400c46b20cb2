import type { KnownBlock } from '@slack/web-api';
import { weekOf } from '#domain/sending.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { openFor, openNotesFor } from '#storage/card.ts';
import { header } from '../blocks.ts';
import { loadRows, type RowMakers } from '../card/load-rows.ts';
import { rowBlocks } from '../card/row-blocks.ts';
import { type Part, richText } from '../rich-text.ts';
import type { HomeRequest } from './part.ts';

const mostBlocks = 40;
const laterShown = 30;

/** Of what is due: everything, or what is about one person, under another heading. */
interface Shown {
  heading: string;
  nothing: string;
  aboutId?: string;
}

const everything: Shown = { heading: 'To do', nothing: 'Nothing is asked of you right now.' };

/** What is due today and this week, as the card would say it, at the top of Home. */
export async function dueBlocks(
  request: HomeRequest,
  makers: RowMakers,
  { heading, nothing, aboutId }: Shown = everything,
): Promise<KnownBlock[]> {
  const { trx, workspaceId, person, now, viewerId } = request;
  const { date } = toLocal(now, person.timeZone);
  const endOfWeek = startOfDay(addDays(weekOf(date), 7), person.timeZone);
  const reader = { id: person.id, name: person.name, zone: person.timeZone, roles: person.roles };
  const isShown = (one: { kind: string; aboutId: string }): boolean =>
    aboutId === undefined || (one.aboutId === aboutId && one.kind !== 'time_report');
  const occurrences = (await openFor(trx, workspaceId, person.id, new Date(endOfWeek))).filter(isShown);
  const notes = (await openNotesFor(trx, workspaceId, person.id)).filter(isShown);
  const rowsFor = { trx, workspaceId, reader, date, at: now, on: 'home' } as const;
  const rows = await loadRows(rowsFor, makers, { occurrences, notes });
  const open = rows.filter(({ row }) => row.open && !row.later);
  const later = rows.filter(({ row }) => row.open && row.later);
  const shown = viewerId === undefined ? open : open.map(withoutButtons);
  const { blocks, hidden } = rowBlocks(shown, { blocks: mostBlocks });
  if (open.length === 0 && later.length === 0) {
    return [header(heading), richText(nothing)];
  }
  return [
    header(heading),
    ...(open.length === 0 ? [richText('Nothing today.')] : blocks),
    ...(hidden > 0 ? [richText(`${hidden} more come up as these are done.`)] : []),
    ...(later.length === 0
      ? []
      : [
          richText(
            { bold: 'Later this week' },
            ...later.slice(0, laterShown).flatMap(({ row }): Part[] => ['\n', ...row.text]),
            ...(later.length > laterShown ? [`\nand ${later.length - laterShown} more`] : []),
          ),
        ]),
  ];
}

function withoutButtons<T extends { row: { text: Part[] } }>(one: T): T {
  const { act: _, also: __, ...row } = one.row as T['row'] & { act?: unknown; also?: unknown };
  return { ...one, row: { ...row, movable: false } };
}
