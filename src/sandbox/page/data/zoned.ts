/** Instants as a person's wall clock shows them, in Slack's English. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const found = formats.get(key) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options });
  formats.set(key, found);
  return found;
}

export function timeOf(at: number, zone: string): string {
  return format(zone, { hour: 'numeric', minute: '2-digit' }).format(at);
}

export function dayOf(at: number, zone: string): string {
  const { year, month, day: date } = parts(at, zone);
  return `${year}-${month}-${date}`;
}

export function shortDay(at: number, zone: string): string {
  return format(zone, { weekday: 'short', month: 'short', day: 'numeric' }).format(at);
}

export function fullMoment(at: number, zone: string): string {
  return format(zone, {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);
}

const day = 24 * 60 * 60_000;

function ordinal(number: number): string {
  const teen = number % 100 > 10 && number % 100 < 14;
  return `${number}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`;
}

/** "Today", "Yesterday", "Thursday, June 4th". */
export function dayInWords(at: number, now: number, zone: string): string {
  if (dayOf(at, zone) === dayOf(now, zone)) return 'Today';
  if (dayOf(at + day, zone) === dayOf(now, zone)) return 'Yesterday';
  const weekday = format(zone, { weekday: 'long' }).format(at);
  const month = format(zone, { month: 'long' }).format(at);
  const year = dayOf(at, zone).slice(0, 4);
  const suffix = year === dayOf(now, zone).slice(0, 4) ? '' : `, ${year}`;
  return `${weekday}, ${month} ${ordinal(Number(dayOf(at, zone).slice(8)))}${suffix}`;
}

export function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

function parts(at: number, zone: string): Record<string, string> {
  const all = format(zone, {
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  return Object.fromEntries(all.map((one) => [one.type, one.value]));
}

/** '2026-06-11T16:00', what a field for date and time holds. */
export function fieldMoment(at: number, zone: string): string {
  const { hour = '00', minute = '00' } = parts(at, zone);
  return `${dayOf(at, zone)}T${hour}:${minute}`;
}

export function instantOf(moment: string, zone: string): number {
  const asUtc = Date.parse(`${moment}:00Z`);
  // Two steps settle it outside a gap: the offset at the guess, then at the moment found with it.
  const offset = (at: number): number =>
    Date.parse(`${fieldMoment(at, zone)}:00Z`) - Math.floor(at / 60_000) * 60_000;
  const guess = asUtc - offset(asUtc);
  return asUtc - offset(guess);
}

/** Slack's `{date_short}`-like tokens. */
export function dateTokens(text: string, seconds: number, zone: string, now: number): string {
  const at = seconds * 1000;
  const pretty = (otherwise: string): string => {
    if (dayOf(at, zone) === dayOf(now, zone)) return 'today';
    if (dayOf(at + day, zone) === dayOf(now, zone)) return 'yesterday';
    return dayOf(at - day, zone) === dayOf(now, zone) ? 'tomorrow' : otherwise;
  };
  const long = format(zone, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }).format(at);
  const medium = format(zone, { month: 'long', day: 'numeric', year: 'numeric' }).format(at);
  const short = format(zone, { month: 'short', day: 'numeric', year: 'numeric' }).format(at);
  const tokens: Record<string, string> = {
    date_num: dayOf(at, zone),
    date_slash: dayOf(at, zone).replaceAll('-', '/'),
    date: medium,
    date_short: short,
    date_long: long,
    date_long_full: long,
    date_pretty: pretty(medium),
    date_short_pretty: pretty(short),
    date_long_pretty: pretty(long),
    day_divider_pretty: dayInWords(at, now, zone),
    time: timeOf(at, zone),
    time_secs: format(zone, { hour: 'numeric', minute: '2-digit', second: '2-digit' }).format(at),
    ago: ago(now - at),
  };
  return text.replaceAll(/\{(\w+)\}/g, (whole, token: string) => tokens[token] ?? whole);
}

function ago(ms: number): string {
  const words = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });
  const [unit, size] = (
    [
      ['day', day],
      ['hour', day / 24],
      ['minute', 60_000],
    ] as const
  ).find(([, one]) => Math.abs(ms) >= one) ?? ['minute', 60_000];
  return words.format(-Math.round(ms / size), unit);
}
