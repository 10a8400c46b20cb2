interface Segment {
  label: string;
  value: number;
}

const radius = 80;

function corner(turn: number): string {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
}

export function Pie({ segments }: { segments: Segment[] }) {
  const total = segments.reduce((sum, one) => sum + one.value, 0) || 1;
  let turn = 0;
  const slices = segments.map((one, index) => {
    const from = turn;
    const share = one.value / total;
    turn += share;
    const path =
      share > 0.9999
        ? `M0 -${radius} A${radius} ${radius} 0 1 1 -0.01 -${radius}z`
        : `M0 0 L${corner(from)} A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${corner(turn)}z`;
    return { ...one, index, path, percent: Math.round(share * 100) };
  });
  return (
    <div class="pie">
      <svg viewBox="-84 -84 168 168" aria-hidden="true">
        {slices.map((one) => (
          <path key={one.label} class={`slice series-${one.index}`} d={one.path} />
        ))}
      </svg>
      <ul class="legend" aria-hidden="true">
        {slices.map((one) => (
          <li key={one.label}>
            <span class={`swatch series-${one.index}`} />
            {one.label} <span class="quiet">{one.percent} %</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
