/** Figures as CSV. What is text never begins like a formula, whatever program opens it. */
export function csvOf(
  columns: readonly string[],
  rows: readonly Record<string, string | number | null>[],
): string[] {
  return [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))];
}

/**
 * Programs skip what cannot be seen, and some skip spaces and quotes, before they look for the sign; the wide forms of
 * Asian keyboards count as the sign itself.
 */
const beginsAFormula = /^(?:[\t\r\n]|[\s\p{Cf}"']*[=+\-@＝＋－＠﹢﹣﹦﹫−])/u;
const needsQuotes = /[",\r\n]/;
const unprintable = /[^\P{Cc}\t\r\n]/gu;

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  // A negative number is a number.
  if (typeof value === 'number') return String(value);
  const printable = value.replaceAll(unprintable, '');
  const text = beginsAFormula.test(printable) ? `'${printable}` : printable;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
