import type { Block } from '../../local-slack/surface/blocks.ts';
import { isFields } from '../elements/read.ts';
import { Cell, rowsOf } from './cell.tsx';

export function TableBlock({ block }: { block: Block }) {
  const [head = [], ...rows] = rowsOf(block);
  const settings = Array.isArray(block['column_settings']) ? block['column_settings'] : [];
  const look = (column: number): { textAlign: string; whiteSpace: string } => {
    const own = isFields(settings[column]) ? settings[column] : {};
    return {
      textAlign: String(own['align'] ?? 'left'),
      whiteSpace: own['is_wrapped'] === true ? 'normal' : 'nowrap',
    };
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="block table-frame" aria-label="Table" tabIndex={0}>
      <table class="table">
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col" style={look(column)}>
                <Cell block={block} cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} style={look(column)}>
                  <Cell block={block} cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
