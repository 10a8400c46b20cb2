/** Text from people, on its way to Slack. */

/**
 * Slack reads three characters as the beginning of something: a mention, a link, an entity. Escaped, nobody
 * can make the app ping a channel or hide an address.
 */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At the edge of a word these begin or end bold, italic, struck or code; inside one they are letters. */
const formatting = /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu;
const lookAlike: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };

/**
 * Short text of people inside marked-up text of ours, where it stays text. Longer text is shown as it was
 * written, in blocks that have no mark-up: see rich-text.ts.
 */
export function inMarkup(text: string): string {
  return escaped(text).replaceAll(formatting, (sign) => lookAlike[sign] ?? sign);
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

/** These turn around the direction of everything after them, our words included. */
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/g;

/** Several lines of what somebody wrote, as a line that can stand inside a message. */
export function inOneLine(text: string): string {
  return text
    .replaceAll(bidiControls, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** A person's name as a part of a line: cut, and kept from turning the words around it if it reads to the left. */
export function nameOf(name: string, most = 80): string {
  const line = inOneLine(name) || 'somebody';
  return rightToLeft.test(line) ? `\u2068${fitted(line, most - 2)}\u2069` : fitted(line, most);
}

export function firstNameOf(name: string, most = 40): string {
  return nameOf(inOneLine(name).split(' ')[0] || name, most);
}

/** `<@U123|sam>`, as Slack writes a mention in a command; each person once. */
export function mentionedUsers(text: string): string[] {
  const found = text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g);
  return [...new Set([...found].map(([, id = '']) => id))];
}

/** What was typed after a command, as the person saw it: Slack writes names as links and escapes the rest. */
export function asTyped(text: string): string {
  return text
    .replaceAll(/<([@#]?)(!?[^|>]*)(?:\|([^>]*))?>/g, (_, sign: string, target: string, label?: string) => {
      if (label !== undefined && label !== '')
        return sign === '' || label.startsWith(sign) ? label : `${sign}${label}`;
      return `${sign}${target.replace(/^!/, '@')}`;
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/**
 * What a person wrote, as it is kept; nothing where nothing is left. No database takes a NUL or half a
 * character, and no reader needs the other control characters.
 */
export function storable(text: string): string | undefined {
  const kept = text.toWellFormed().replaceAll(/[^\P{Cc}\n\t]/gu, '');
  return kept.trim() || undefined;
}

/** What a button is called aloud: whoever speaks to their device says what stands on it. */
export function spoken(label: string, describes: string): string {
  const whole = describes.toLowerCase().includes(label.toLowerCase()) ? describes : `${label}: ${describes}`;
  return fitted(whole, 75);
}
