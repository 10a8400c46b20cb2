import type { NoteKind } from '#domain/note.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { NoteFacts, OccurrenceFacts } from '#storage/card.ts';
import { together } from '#storage/together.ts';
import { dayInWords } from '../dates.ts';
import type { Feature } from '../feature.ts';
import type { CardRow, DutyRows, NoteRows, RowsFor } from './row.ts';

/** Which feature speaks for a duty, and for a note. */
export interface RowMakers {
  duties: Partial<Record<DutyKind, DutyRows[]>>;
  notes: Partial<Record<NoteKind, NoteRows>>;
}

/** A row, and the occurrence it stands for; a note has none. */
export interface NamedRow {
  id: string;
  occurrence: OccurrenceFacts | undefined;
  row: CardRow;
}

/** Two features may speak for one duty to different people: a 1:1 is logged by one and prepared by the other. */
export function rowMakersOf(features: readonly Feature[]): RowMakers {
  const makers: RowMakers = { duties: {}, notes: {} };
  for (const { rows = {}, notes = {} } of features) {
    for (const [kind, make] of Object.entries(rows) as [DutyKind, DutyRows][]) {
      makers.duties[kind] = [...(makers.duties[kind] ?? []), make];
    }
    Object.assign(makers.notes, notes);
  }
  return makers;
}

/** Rows in the order of the facts, notes after duties. */
export async function loadRows(
  request: RowsFor,
  { duties, notes: noteMakers }: RowMakers,
  { occurrences, notes }: { occurrences: OccurrenceFacts[]; notes: NoteFacts[] },
): Promise<NamedRow[]> {
  const made = [
    ...[...Map.groupBy(occurrences, (one) => one.kind)].flatMap(([kind, facts]) =>
      (duties[kind] ?? []).map(async (make) => make(request, facts)),
    ),
    ...[...Map.groupBy(notes, (one) => one.kind)].map(
      async ([kind, facts]) => (await noteMakers[kind]?.(request, facts)) ?? new Map<string, CardRow>(),
    ),
  ];
  // All at once: what they read goes to the database together.
  const rows = new Map((await together(made)).flatMap((some) => [...some]));
  const named = (id: string, occurrence?: OccurrenceFacts): NamedRow[] => {
    const row = rows.get(id);
    return row === undefined ? [] : [{ id, occurrence, row: asItStands(row, occurrence, request) }];
  };
  return [
    ...occurrences.flatMap((one) => named(one.occurrenceId, one)),
    ...notes.flatMap((one) => named(one.noteId)),
  ];
}

/** The row, with what happened to it on cards: put off, or moved onto a newer one. */
function asItStands(row: CardRow, occurrence: OccurrenceFacts | undefined, request: RowsFor): CardRow {
  if (occurrence === undefined || !row.open || row.later) return row;
  const { zone } = request.reader;
  const newer = occurrence.onNewerCard;
  if (newer !== null) {
    const day = dayInWords(toLocal(newer.getTime(), zone).date);
    const { act: _, also: __, ...rest } = row;
    return { ...rest, open: false, movable: false, text: [...row.text, `\nNow on the card of ${day}.`] };
  }
  const until = occurrence.snoozedUntil?.getTime() ?? 0;
  if (!row.movable || until <= request.at) return row;
  const again = toLocal(until, zone);
  const day = again.date === request.date ? `${again.time} today` : dayInWords(again.date);
  return { ...row, text: [...row.text, `\nPut off to ${day}.`] };
}
