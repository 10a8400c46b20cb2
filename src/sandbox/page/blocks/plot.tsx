export interface Series {
  name: string;
  values: number[];
}

interface PlotProps {
  type: 'bar' | 'line' | 'area';
  categories: string[];
  series: Series[];
  xLabel: string;
  yLabel: string;
}

const width = 560;
const height = 240;
const edge = { left: 48, right: 12, top: 12, bottom: 44 };
const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };

/** Round steps: 1, 2 or 5 times a power of ten, about five of them. */
export function ticksOf(values: number[]): number[] {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const span = most - least || 1;
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(least / step);
  const last = Math.ceil(most / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

const shortNumber = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });

export function Plot({ type, categories, series, xLabel, yLabel }: PlotProps) {
  const ticks = ticksOf(series.flatMap((one) => one.values));
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const y = (value: number): number => edge.top + inner.height * (1 - (value - low) / (high - low || 1));
  const band = inner.width / Math.max(1, categories.length);
  const middle = (index: number): number => edge.left + band * (index + 0.5);
  const everyLabel = Math.ceil((categories.length * 56) / inner.width);
  const longest = Math.max(12, Math.floor((band * everyLabel) / 7));
  return (
    <svg class="plot" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            class={tick === 0 ? 'axis' : 'grid'}
            x1={edge.left}
            x2={width - edge.right}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text class="tick-label" x={edge.left - 8} y={y(tick) + 4} text-anchor="end">
            {shortNumber.format(tick)}
          </text>
        </g>
      ))}
      {categories.map((category, index) =>
        index % everyLabel === 0 ? (
          <text
            key={category}
            class="tick-label"
            x={middle(index)}
            y={height - edge.bottom + 18}
            text-anchor="middle"
          >
            {category.length > longest ? `${category.slice(0, longest - 1)}…` : category}
          </text>
        ) : null,
      )}
      {xLabel !== '' && (
        <text class="axis-label" x={edge.left + inner.width / 2} y={height - 6} text-anchor="middle">
          {xLabel}
        </text>
      )}
      {yLabel !== '' && (
        <text
          class="axis-label"
          transform={`translate(12 ${edge.top + inner.height / 2}) rotate(-90)`}
          text-anchor="middle"
        >
          {yLabel}
        </text>
      )}
      {series.map((one, at) =>
        type === 'bar' ? (
          <Bars key={one.name} at={at} of={series.length} values={one.values} band={band} y={y} />
        ) : (
          <Line key={one.name} at={at} filled={type === 'area'} values={one.values} middle={middle} y={y} />
        ),
      )}
    </svg>
  );
}

interface BarsProps {
  at: number;
  of: number;
  values: number[];
  band: number;
  y: (value: number) => number;
}

function Bars({ at, of, values, band, y }: BarsProps) {
  const room = band * 0.72;
  const thick = Math.min(40, room / of);
  const start = (band - thick * of) / 2;
  return (
    <g class={`series-${at}`}>
      {values.map((value, index) => (
        <rect
          key={index}
          x={edge.left + band * index + start + thick * at + 1}
          y={Math.min(y(value), y(0))}
          width={Math.max(1, thick - 2)}
          height={Math.abs(y(value) - y(0))}
          rx={2}
        />
      ))}
    </g>
  );
}

interface LineProps {
  at: number;
  filled: boolean;
  values: number[];
  middle: (index: number) => number;
  y: (value: number) => number;
}

function Line({ at, filled, values, middle, y }: LineProps) {
  const points = values.map((value, index) => `${middle(index).toFixed(1)},${y(value).toFixed(1)}`);
  const floor = `${middle(values.length - 1)},${y(0)} ${middle(0)},${y(0)}`;
  return (
    <g class={`series-${at}`}>
      {filled && <polygon class="area" points={`${points.join(' ')} ${floor}`} />}
      <polyline class="line" points={points.join(' ')} />
      {values.length <= 20 &&
        values.map((value, index) => <circle key={index} cx={middle(index)} cy={y(value)} r={3} />)}
    </g>
  );
}
