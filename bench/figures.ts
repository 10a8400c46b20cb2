/** One line of the table: what was measured and, in the same run, what it is held against. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  against?: { what: string; value: number };
  ratio?: number;
  /** What the ratio, or else the value, should come to. */
  aim?: { least: number } | { most: number };
}

export interface Measured extends Figure {
  part: string;
  met?: boolean;
}

export function judge(part: string, figure: Figure): Measured {
  const judged = figure.ratio ?? figure.value;
  if (figure.aim === undefined) return { part, ...figure };
  const met = 'least' in figure.aim ? judged >= figure.aim.least : judged <= figure.aim.most;
  return { part, ...figure, met };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = low] = sorted.slice(sorted.length % 2 === 0 ? middle - 1 : middle);
  return sorted.length % 2 === 0 ? (low + high) / 2 : low;
}

export function printTable(figures: readonly Measured[]): void {
  console.table(
    figures.map(({ part, what, value, unit, against, ratio, aim, met }) => ({
      part,
      what,
      measured: `${readable(value)} ${unit}`,
      against: against === undefined ? '' : `${readable(against.value)} ${against.what}`,
      ratio: ratio === undefined ? '' : ratio.toFixed(2),
      aim: aim === undefined ? '' : 'least' in aim ? `≥ ${aim.least}` : `≤ ${aim.most}`,
      met: met === undefined ? '' : met ? 'yes' : 'NO',
    })),
  );
}

function readable(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}
