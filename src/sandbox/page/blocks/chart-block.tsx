import type { Block } from '../../local-slack/surface/blocks.ts';
import { fieldsIn, isFields } from '../elements/read.ts';
import { Unknown } from '../ui/unknown.tsx';
import { Pie } from './pie.tsx';
import { Plot, type Series } from './plot.tsx';

/** Slack's native chart: drawn, with the same figures as a table for whoever does not see it. */
export function ChartBlock({ block }: { block: Block }) {
  const chart = isFields(block['chart']) ? block['chart'] : {};
  const title = String(block['title'] ?? '');
  const type = String(chart['type']);
  if (type === 'pie') {
    const segments = fieldsIn(chart['segments']).map((one) => ({
      label: String(one['label']),
      value: Number(one['value']),
    }));
    return (
      <Frame title={title} head={['', 'Value']} rows={segments.map((one) => [one.label, one.value])}>
        <Pie segments={segments} />
      </Frame>
    );
  }
  if (type !== 'bar' && type !== 'line' && type !== 'area') {
    return <Unknown what={`chart of type ${type}`} value={block} />;
  }
  const axis = isFields(chart['axis_config']) ? chart['axis_config'] : {};
  const categories = Array.isArray(axis['categories']) ? axis['categories'].map(String) : [];
  const series: Series[] = fieldsIn(chart['series']).map((one) => ({
    name: String(one['name']),
    values: categories.map((category) =>
      Number(fieldsIn(one['data']).find((point) => point['label'] === category)?.['value'] ?? 0),
    ),
  }));
  const rows = categories.map((category, index) => [
    category,
    ...series.map((one) => one.values[index] ?? 0),
  ]);
  return (
    <Frame title={title} head={['', ...series.map((one) => one.name)]} rows={rows}>
      <Plot
        type={type}
        categories={categories}
        series={series}
        xLabel={String(axis['x_label'] ?? '')}
        yLabel={String(axis['y_label'] ?? '')}
      />
      {series.length > 1 && <Legend names={series.map((one) => one.name)} />}
    </Frame>
  );
}

function Legend({ names }: { names: string[] }) {
  return (
    <ul class="legend" aria-hidden="true">
      {names.map((name, index) => (
        <li key={name}>
          <span class={`swatch series-${index}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}

function Frame({
  title,
  head,
  rows,
  children,
}: {
  title: string;
  head: string[];
  rows: (string | number)[][];
  children: preact.ComponentChildren;
}) {
  return (
    <figure class="block chart">
      <figcaption>{title}</figcaption>
      {children}
      <table class="visually-hidden">
        <caption>{title}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, ...values]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {values.map((value, index) => (
                <td key={index}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
