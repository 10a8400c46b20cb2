import type { PlainTextElement, RichTextBlock, RichTextElement } from '@slack/web-api';

export type Part = string | { bold: string } | { emoji: string };

/**
 * A line in which nothing is read as anything but text: no mention, no formatting, no code. What people
 * wrote is shown in these.
 */
export function richText(...parts: Part[]): RichTextBlock {
  const elements = parts.filter((part) => part !== '').map(element);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** Lines in letters of one width, such as bars and columns of numbers. */
export function monospaced(text: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

function element(part: Part): RichTextElement {
  if (typeof part === 'string') return { type: 'text', text: part };
  if ('emoji' in part) return { type: 'emoji', name: part.emoji };
  return { type: 'text', text: part.bold, style: { bold: true } };
}

/** Text in which not even `:smile:` becomes anything else. */
export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}
