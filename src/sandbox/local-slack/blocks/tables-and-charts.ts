import { z } from 'zod';
import { button } from './buttons.ts';
import { identified } from './composition.ts';
import { contentLength } from './content.ts';
import { richText } from './rich-text.ts';
import { chars, words } from './text.ts';

const MOST_COLUMNS = 20;

const rawText = z.strictObject({ type: z.literal('raw_text'), text: words });
// Slack refuses a number without its display text, though its schema does not say so.
const rawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: words,
});
const simpleCell = z.discriminatedUnion('type', [rawText, rawNumber]);
const actionCell = z.strictObject({
  type: z.literal('action_cell'),
  element: z.discriminatedUnion('type', [button]),
  fallback: simpleCell.optional(),
});

function holding(rows: unknown, most: number, context: z.RefinementCtx): void {
  const length = contentLength(rows);
  if (length > most) {
    context.addIssue({
      code: 'custom',
      path: ['rows'],
      message: `${length} characters in all cells, at most ${most}`,
    });
  }
}

export const table = z
  .strictObject({
    type: z.literal('table'),
    ...identified,
    rows: z
      .array(
        z
          .array(z.discriminatedUnion('type', [rawText, rawNumber, richText]))
          .min(1)
          .max(MOST_COLUMNS),
      )
      .min(1)
      .max(100),
    column_settings: z
      .array(
        z
          .strictObject({
            align: z.enum(['left', 'center', 'right']).optional(),
            is_wrapped: z.boolean().optional(),
          })
          .nullable(),
      )
      .max(MOST_COLUMNS)
      .optional(),
  })
  .superRefine(({ rows }, context) => holding(rows, 10_000, context));

// Slack's table page used to give data_table 101 rows and 10,000 characters; its present page and our
// table of limits give 201 and 20,000.
export const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    ...identified,
    caption: words,
    rows: z
      .array(
        z
          .array(z.discriminatedUnion('type', [rawText, rawNumber, richText, actionCell]))
          .min(1)
          .max(MOST_COLUMNS),
      )
      .min(2)
      .max(201),
    page_size: z.int().min(1).max(100).optional(),
    row_header_column_index: z.int().min(0).optional(),
  })
  .superRefine(({ rows, row_header_column_index: rowHeader = 0 }, context) => {
    holding(rows, 20_000, context);
    const columns = rows[0]?.length ?? 0;
    for (const [index, row] of rows.entries()) {
      if (row.length === columns) continue;
      const message = `${row.length} cells, the header row has ${columns}`;
      context.addIssue({ code: 'custom', path: ['rows', index], message });
    }
    for (const [index, cell] of (rows[0] ?? []).entries()) {
      if (cell.type === 'raw_text' || cell.type === 'raw_number') continue;
      const message = `a header cell must not be ${cell.type}`;
      context.addIssue({ code: 'custom', path: ['rows', 0, index, 'type'], message });
    }
    if (rowHeader >= columns) {
      const message = `${rowHeader}, there are ${columns} columns`;
      context.addIssue({ code: 'custom', path: ['row_header_column_index'], message });
    }
  });

const chartLabel = chars(20);
const axisLabel = chars(50).optional();

// Slack now takes 12 series, it used to take 6; the design keeps to 6.
const series = z
  .array(
    z.strictObject({
      name: chartLabel,
      data: z
        .array(z.strictObject({ label: chartLabel, value: z.number() }))
        .min(1)
        .max(20),
    }),
  )
  .min(1)
  .max(6);

const plotted = {
  series,
  axis_config: z.strictObject({
    categories: z.array(chartLabel).min(1).max(20),
    x_label: axisLabel,
    y_label: axisLabel,
  }),
};

interface Plot {
  series: readonly { name: string; data: readonly { label: string }[] }[];
  axis_config: { categories: readonly string[] };
}

function everyCategoryOnce(plot: Plot, context: z.RefinementCtx): void {
  const { categories } = plot.axis_config;
  if (new Set(categories).size < categories.length) {
    const path = ['axis_config', 'categories'];
    context.addIssue({ code: 'custom', path, message: 'a category stands twice' });
  }
  if (new Set(plot.series.map(({ name }) => name)).size < plot.series.length) {
    context.addIssue({ code: 'custom', path: ['series'], message: 'two series have the same name' });
  }
  for (const [index, { data }] of plot.series.entries()) {
    const labels = new Set(data.map(({ label }) => label));
    if (data.length === categories.length && categories.every((category) => labels.has(category))) continue;
    const message = 'must have exactly one point for every category';
    context.addIssue({ code: 'custom', path: ['series', index, 'data'], message });
  }
}

export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  ...identified,
  title: chars(50),
  chart: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('pie'),
      segments: z
        .array(z.strictObject({ label: chartLabel, value: z.number().gt(0) }))
        .min(1)
        .max(12),
    }),
    z.strictObject({ type: z.literal('bar'), ...plotted }).superRefine(everyCategoryOnce),
    z.strictObject({ type: z.literal('area'), ...plotted }).superRefine(everyCategoryOnce),
    z.strictObject({ type: z.literal('line'), ...plotted }).superRefine(everyCategoryOnce),
  ]),
});
