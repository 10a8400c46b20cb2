import { useState } from 'preact/hooks';
import type { Block } from '../../local-slack/surface/blocks.ts';
import type { Fields } from '../../local-slack/types.ts';
import { Icon } from '../ui/icon.tsx';
import { Cell, rowsOf } from './cell.tsx';

function figureOf(cell: Fields | undefined): number | string {
  if (cell?.['type'] === 'raw_number') return Number(cell['value']);
  return String(cell?.['text'] ?? JSON.stringify(cell?.['elements'] ?? ''));
}

function compare(a: Fields | undefined, b: Fields | undefined): number {
  const [one, other] = [figureOf(a), figureOf(b)];
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other));
}

/** Sortable and paged, as Slack's. */
export function DataTable({ block }: { block: Block }) {
  const [head = [], ...rows] = rowsOf(block);
  const [sorted, setSorted] = useState<{ column: number; down: boolean } | null>(null);
  const [page, setPage] = useState(0);
  const size = Number(block['page_size'] ?? 10);
  const rowHeader = Number(block['row_header_column_index'] ?? 0);
  const ordered =
    sorted === null
      ? rows
      : rows.toSorted((a, b) => compare(a[sorted.column], b[sorted.column]) * (sorted.down ? -1 : 1));
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(page, pages - 1);
  const caption = String(block['caption'] ?? '');
  const numeric = (column: number): boolean => rows.some((row) => row[column]?.['type'] === 'raw_number');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="block table-frame" aria-label={caption} tabIndex={0}>
      <table class="table data-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((cell, column) => {
              const own = sorted?.column === column ? sorted : undefined;
              return (
                <th
                  key={column}
                  scope="col"
                  class={numeric(column) ? 'number' : ''}
                  aria-sort={own === undefined ? 'none' : own.down ? 'descending' : 'ascending'}
                >
                  <button
                    type="button"
                    onClick={() => setSorted({ column, down: own !== undefined && !own.down })}
                  >
                    <Cell block={block} cell={cell} />
                    {own !== undefined && <Icon name={own.down ? 'down' : 'up'} />}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {ordered.slice(at * size, at * size + size).map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => {
                const Tag = column === rowHeader ? 'th' : 'td';
                return (
                  <Tag
                    key={column}
                    class={numeric(column) ? 'number' : ''}
                    {...(Tag === 'th' ? { scope: 'row' as const } : {})}
                  >
                    <Cell block={block} cell={cell} />
                  </Tag>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <div class="pager">
          <button type="button" class="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
            Back
          </button>
          <span>
            Page {at + 1} of {pages}
          </span>
          <button type="button" class="button" disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
            Next
          </button>
        </div>
      )}
    </section>
  );
}
