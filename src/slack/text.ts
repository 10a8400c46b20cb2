/** Text from people, on its way to Slack. */

/**
 * Slack reads three characters as the beginning of something: a mention, a link, an entity. Escaped, nobody
 * can make the app ping a channel or hide an address.
 */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Cut to what fits, by whole characters, and marked as cut. */
export function fitted(text: string, most: number): string {
  if (text.length <= most) return text;
  const segments = new Intl.Segmenter().segment(text);
  let kept = '';
  for (const { segment } of segments) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Several lines of what somebody wrote, as a line that can stand inside a message. */
export function inOneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** `<@U123|sam>`, as Slack writes a mention in a command. */
export function mentionedUser(text: string): string | undefined {
  return /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/.exec(text)?.[1];
}
