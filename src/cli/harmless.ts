/**
 * A terminal obeys control characters, and what turns the direction of text makes a line read as another. Names and
 * texts of people may hold either; nothing this program says needs them.
 */
const obeyed = /[^\P{Cc}\n\t]|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

export function harmless(text: string): string {
  return text.replaceAll(obeyed, '');
}

/** The same data for whoever reads it as JSON, which can say every character by its number. */
export function harmlessJson(data: object, indent?: number): string {
  const inNumbers = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(data, null, indent).replaceAll(obeyed, inNumbers);
}
