/** Figures as CSV. What is text never begins like a formula, whatever program opens it. */
export function csvOf(
  columns: readonly string[],
  rows: readonly Record<string, string | number | null>[],
): string[] {
  return [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))];
}

const beginsAFormula = /^[=+\-@\t\r\n]/;
const needsQuotes = /[",\r\n]/;

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  // A negative number is a number.
  if (typeof value === 'number') return String(value);
  const text = beginsAFormula.test(value) ? `'${value}` : value;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
