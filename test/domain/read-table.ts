export interface TableCell<Row, Column, Cell> {
  row: Row;
  column: Column;
  cell: Cell;
}

/** Reads a table as it is written down for people: columns in the first line, then a row each. */
export function readTable<Row extends string, Column extends string, Cell extends string>(
  text: string,
): TableCell<Row, Column, Cell>[] {
  const [head, ...lines] = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('|').map((one) => one.trim()));
  const [, ...columns] = head ?? [];
  return lines.flatMap(([row, ...cells]) => {
    if (row === undefined || cells.length !== columns.length) throw new Error(`A row is odd: ${row}`);
    return columns.map((column, at) => ({
      row: row as Row,
      column: column as Column,
      cell: cells[at] as Cell,
    }));
  });
}
