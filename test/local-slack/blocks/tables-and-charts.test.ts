import { describe, expect, test } from 'vitest';
import { hold } from '#test/local-slack/blocks/hold.ts';
import {
  button,
  cell,
  chart,
  dataTable,
  letters,
  many,
  paragraph,
  plot,
  problemsOn,
  richText,
  table,
} from '#test/local-slack/blocks/samples.ts';

const labels = (count: number) => many(count, (index) => `label ${index}`);

describe('tables and charts', () => {
  const rows = [
    [cell('Name'), cell('Calls')],
    [cell(), cell()],
  ];
  const header = [richText(paragraph()), cell()];
  const number = { type: 'raw_number', value: 1 };
  const points = (...labels: string[]) => [{ name: 's', data: labels.map((label) => ({ label, value: 1 })) }];
  const axis_config = { categories: ['a', 'b'] };
  hold('message', [
    [
      'every row of a data table is as long as the first',
      dataTable(rows),
      dataTable([...rows, [cell()]]),
      '.rows[2]: 1 cells, the header row has 2',
    ],
    [
      'a header cell is simple',
      dataTable(rows),
      dataTable([header, [cell(), cell()]]),
      '.rows[0][0].type: a header cell must not be rich_text',
    ],
    [
      'the row header is a column',
      dataTable(rows, { row_header_column_index: 1 }),
      dataTable(rows, { row_header_column_index: 2 }),
      '.row_header_column_index: 2, there are 2 columns',
    ],
    [
      'a data table has a caption',
      dataTable(rows),
      dataTable(rows, { caption: undefined }),
      '.caption: missing, must be a string',
    ],
    [
      'a number has a text',
      { type: 'table', rows: [[{ ...number, text: '1' }]] },
      { type: 'table', rows: [[number]] },
      '.rows[0][0].text: missing, must be a string',
    ],
    [
      'only a data table has buttons',
      dataTable([[cell()], [{ type: 'action_cell', element: button() }]]),
      { type: 'table', rows: [[{ type: 'action_cell', element: button() }]] },
      '.rows[0][0].type: "action_cell" is unknown or not allowed here, allowed: raw_text, raw_number, rich_text',
    ],
    [
      'a table aligns as Slack can',
      { type: 'table', rows, column_settings: [{ align: 'center' }] },
      { type: 'table', rows, column_settings: [{ align: 'middle' }] },
      '.column_settings[0].align: "middle", must be one of left, center, right',
    ],
    [
      'a series has a point for every category',
      chart(plot(['a', 'b'], ['s'])),
      chart({ type: 'bar', axis_config, series: points('a') }),
      '.chart.series[0].data: must have exactly one point for every category',
    ],
    [
      'a series has no point twice',
      chart(plot(['a', 'b'], ['s'])),
      chart({ type: 'area', axis_config, series: points('a', 'a') }),
      '.chart.series[0].data: must have exactly one point for every category',
    ],
    [
      'a point belongs to a category',
      chart(plot(['a', 'b'], ['s'])),
      chart({ type: 'line', axis_config, series: points('a', 'c') }),
      '.chart.series[0].data: must have exactly one point for every category',
    ],
    [
      'series have names of their own',
      chart(plot(['a'], ['s', 't'])),
      chart(plot(['a'], ['s', 's'])),
      '.chart.series: two series have the same name',
    ],
    [
      'a category stands once',
      chart(plot(['a', 'b'], ['s'])),
      chart({ type: 'line', axis_config: { categories: ['a', 'a'] }, series: points('a', 'a') }),
      '.chart.axis_config.categories: a category stands twice',
    ],
    [
      'a chart is of a known type',
      chart(plot(['a'], ['s'])),
      chart(plot(['a'], ['s'], { type: 'donut' })),
      '.chart.type: "donut" is unknown or not allowed here, allowed: pie, bar, area, line',
    ],
  ]);
});

describe('tables', () => {
  test('100 rows of 20 columns fit', () => {
    expect(problemsOn('message', table(many(100, () => many(20, () => cell('x')))))).toEqual([]);
  });

  test.each([
    ['table', 10_000, (text: string) => table([[cell(text)]])],
    ['data_table', 20_000, (text: string) => dataTable([[cell('x')], [cell(text)]])],
  ] as const)('a %s holds %i characters', (type, most, make) => {
    const around = type === 'table' ? 0 : 1;
    expect(problemsOn('home', make(letters(most - around)))).toEqual([]);
    expect(problemsOn('home', make(letters(most + 1 - around)))).toEqual([
      `blocks[0].rows: ${most + 1} characters in all cells, at most ${most}`,
    ]);
  });

  test('formatted cells count too', () => {
    const formatted = richText(paragraph({ type: 'text', text: letters(10_001) }));
    expect(problemsOn('home', table([[formatted]]))).toEqual([
      'blocks[0].rows: 10001 characters in all cells, at most 10000',
    ]);
  });

  test('a data table has at most 20 columns', () => {
    const rows = (columns: number) => many(2, () => many(columns, () => cell('x')));
    expect(problemsOn('home', dataTable(rows(20)))).toEqual([]);
    expect(problemsOn('home', dataTable(rows(21)))).toEqual([
      'blocks[0].rows[0]: 21 items, at most 20',
      'blocks[0].rows[1]: 21 items, at most 20',
    ]);
  });
});

describe('charts', () => {
  test('a chart has 20 categories with a point each', () => {
    expect(problemsOn('message', chart(plot(labels(20), ['s'])))).toEqual([]);
    expect(problemsOn('message', chart(plot(labels(21), ['s'])))).toEqual([
      'blocks[0].chart.series[0].data: 21 items, at most 20',
      'blocks[0].chart.axis_config.categories: 21 items, at most 20',
    ]);
  });

  test('a category is 20 characters', () => {
    expect(problemsOn('message', chart(plot([letters(20)], ['s'])))).toEqual([]);
    expect(problemsOn('message', chart(plot([letters(21)], ['s'])))).toEqual([
      'blocks[0].chart.series[0].data[0].label: 21 characters, at most 20',
      'blocks[0].chart.axis_config.categories[0]: 21 characters, at most 20',
    ]);
  });
});
