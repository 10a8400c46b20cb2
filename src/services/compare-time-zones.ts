import { stretchAt } from '#domain/time/transitions.ts';
import { databaseOffsets, memberZones, type ZoneOffset } from '#storage/time-zones.ts';
import type { AppContext } from '../context.ts';

/** Zones whose rules were changed of late, one on whole half hours, and some that many people live in. */
const sample = [
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Asuncion',
  'America/Mexico_City',
  'America/New_York',
  'America/Santiago',
  'America/Sao_Paulo',
  'Asia/Almaty',
  'Asia/Amman',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Moscow',
  'Pacific/Apia',
  'Pacific/Auckland',
];

export interface ZoneComparison {
  /** Of Node's own data; a database does not tell its version, only what it says. */
  nodeVersion: string;
  zones: number;
  /** Zones in which the two disagree within the next two years, with the first week in which they do. */
  differing: { zone: string; from: Date }[];
}

const week = 7 * 24 * 60 * 60_000;
const weeks = 104;

/**
 * Node's time-zone data and the database's come from different makers and can differ. All wall time is
 * calculated in Node, so nothing falls due wrongly; whoever reads instants with SQL may see another hour.
 */
export async function compareTimeZones(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  options: { withMembers: boolean } = { withMembers: false },
): Promise<ZoneComparison> {
  const now = clock.now();
  const instants = Array.from({ length: weeks }, (_, index) => new Date(now + index * week));
  const { zones, offsets } = await database.inPlanner(async (trx) => {
    const asked = [...new Set([...sample, ...(options.withMembers ? await memberZones(trx) : [])])];
    return { zones: asked, offsets: await databaseOffsets(trx, asked, instants) };
  });
  return {
    nodeVersion: process.versions['tz'] ?? 'unknown',
    zones: zones.length,
    differing: differencesToNode(offsets),
  };
}

/** Zones in which Node says otherwise, with the first instant at which it does. */
export function differencesToNode(offsets: readonly ZoneOffset[]): ZoneComparison['differing'] {
  const differing = new Map<string, Date>();
  for (const { zone, instant, offset } of offsets) {
    if (differing.has(zone) || stretchAt(instant.getTime(), zone).offset === offset) continue;
    differing.set(zone, instant);
  }
  return [...differing].map(([zone, from]) => ({ zone, from }));
}

/** Said once at start. A failure to compare is no reason not to start. */
export async function noteTimeZones(context: Pick<AppContext, 'database' | 'clock' | 'log'>): Promise<void> {
  try {
    const { nodeVersion, zones, differing } = await compareTimeZones(context);
    if (differing.length === 0) {
      context.log.info({ node: nodeVersion, zones }, 'time zones: Node and the database agree');
      return;
    }
    const names = differing.map(({ zone }) => zone);
    context.log.warn(
      { node: nodeVersion, differing: names },
      'time zones: the database differs from Node, whose rules are the ones that count',
    );
  } catch (error) {
    context.log.warn({ err: error }, 'time zones: Node and the database could not be compared');
  }
}
