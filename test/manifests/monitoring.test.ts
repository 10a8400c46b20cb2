import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../src/metrics.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');

/** What a metric is called where it is asked for: a histogram is three. */
async function exposed(): Promise<Set<string>> {
  const { registry } = createMetrics({ secondsSinceTick: () => 0, backlog: async () => undefined });
  const all = await registry.getMetricsAsJSON();
  return new Set(
    all
      .filter(({ name }) => name.startsWith('sideline_'))
      .flatMap(({ name, type }) =>
        String(type) === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      ),
  );
}

const namesIn = (text: string): string[] => [...new Set(text.match(/sideline_\w+/g))];

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

describe('the example of alerts', () => {
  const { groups } = parse(read('docs/monitoring/alerts.yaml')) as { groups: { rules: Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);

  test('asks for metrics that there are', async () => {
    const known = await exposed();
    const asked = rules.flatMap(({ expr }) => namesIn(expr));
    expect(asked.length).toBeGreaterThan(8);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  test('says of each what it means and what to do', () => {
    for (const { alert, annotations, labels } of rules) {
      expect(alert).toMatch(/^[A-Z]\w+$/);
      expect(annotations.summary.length).toBeGreaterThan(20);
      expect(annotations.description).toMatch(/\.$|\?$/);
      expect(['page', 'ticket']).toContain(labels.severity);
    }
  });
});

describe('the example of a dashboard', () => {
  interface Panel {
    id: number;
    title: string;
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { expr: string }[];
  }
  const { panels } = JSON.parse(read('docs/monitoring/grafana.json')) as { panels: Panel[] };

  test('asks for metrics that there are, and shows each', async () => {
    const known = await exposed();
    const asked = new Set(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr))));
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
    const unseen = [...known].filter((name) => !asked.has(name) && !/_(count|sum)$/.test(name));
    expect(unseen).toEqual([]);
  });

  test('has its panels beside and below each other', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

test('the page for operators names every metric', async () => {
  const page = read('docs/operations.md');
  const named = [...(await exposed())].map((name) => name.replace(/_(bucket|count|sum)$/, ''));
  const shortened = page.replaceAll('`…_', '`sideline_occurrences_');
  expect([...new Set(named)].filter((name) => !shortened.includes(name))).toEqual([]);
});
