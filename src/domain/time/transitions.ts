/**
 * The offsets of a zone as stretches of time, read once from the runtime's ICU and kept. Asking Intl
 * for an offset costs about a microsecond and a resolution needs several; a kept stretch costs a lookup.
 */

import { MS_PER_DAY } from './day-number.ts';

export type Stretch = {
  readonly start: number;
  readonly end: number;
  /** Local time minus UTC, in milliseconds. */
  readonly offset: number;
};

// A zone is read in blocks when first asked about them: most zones are only ever asked about this year and
// the next. A block edge inside a longer stretch just makes two neighbours with the same offset.
const BLOCK = 400 * MS_PER_DAY;

// Probing must be finer than the shortest stretch, which since 1970 is a week (Boa Vista in 2000; Gaza's
// summer time between the end of Ramadan and the autumn change in 2040). A day leaves room for what comes.
const PROBE = MS_PER_DAY;

const OFFSET = /GMT(?:([+\-\u2212])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

type Zone = { readonly format: (instant: number) => string; readonly blocks: Map<number, Stretch[]> };

const zones = new Map<string, Zone>();

/** Throws a RangeError for a name that the runtime does not know. */
export function stretchAt(instant: number, zone: string): Stretch {
  const { format, blocks } = zones.get(zone) ?? open(zone);
  const index = Math.floor(instant / BLOCK);
  let block = blocks.get(index);
  if (block === undefined) {
    block = read(format, index * BLOCK);
    blocks.set(index, block);
  }
  for (const stretch of block) if (instant < stretch.end) return stretch;
  throw new RangeError(`Not an instant: ${instant}`);
}

export function isKnownToRuntime(zone: string): boolean {
  if (zones.has(zone)) return true;
  try {
    open(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function open(name: string): Zone {
  // The minute is there because a format needs some field, and it is the cheapest.
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    timeZoneName: 'longOffset',
    minute: 'numeric',
  });
  const zone = { format: (instant: number) => offsetText(format.format(instant)), blocks: new Map() };
  zones.set(name, zone);
  return zone;
}

function read(format: Zone['format'], start: number): Stretch[] {
  const stretches: Stretch[] = [];
  let from = start;
  let offset = format(start);
  for (let probe = start + PROBE; probe <= start + BLOCK; probe += PROBE) {
    const next = format(probe);
    while (offset !== next) {
      const change = firstChange(format, offset, Math.max(from, probe - PROBE), probe);
      stretches.push({ start: from, end: change, offset: milliseconds(offset) });
      from = change;
      offset = format(change);
    }
  }
  if (from < start + BLOCK) stretches.push({ start: from, end: start + BLOCK, offset: milliseconds(offset) });
  return stretches;
}

/** Zones change on whole seconds. `low` still has the old offset, `high` no longer. */
function firstChange(format: Zone['format'], old: string, low: number, high: number): number {
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (format(middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

function offsetText(formatted: string): string {
  return formatted.slice(formatted.indexOf('GMT'));
}

function milliseconds(text: string): number {
  const match = OFFSET.exec(text);
  if (match === null) throw new Error(`The runtime wrote an offset in an unknown form: ${text}`);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
  return sign === undefined || sign === '+' ? size : -size;
}
