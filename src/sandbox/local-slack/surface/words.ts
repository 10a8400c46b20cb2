import { type Block, isInteractive } from './blocks.ts';

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

/** Pieces of one line of rich text stand side by side. */
function richWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(richWords).join('');
  if (!isObject(value)) return '';
  switch (value['type']) {
    case 'text':
      return String(value['text'] ?? '');
    case 'link':
      return String(value['text'] ?? value['url'] ?? '');
    case 'user':
      return `<@${String(value['user_id'])}>`;
    case 'emoji':
      return `:${String(value['name'])}:`;
    case 'rich_text_section':
    case 'rich_text_preformatted':
    case 'rich_text_quote':
      return `${richWords(value['elements'])}\n`;
    default:
      return richWords(value['elements']);
  }
}

function collected(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(collected);
  if (!isObject(value)) return [];
  const type = String(value['type'] ?? '');
  if (isInteractive(type)) return [];
  if (type === 'rich_text') return [richWords(value['elements']).trim()];
  const own = ['text', 'alt_text'].flatMap((key) => (typeof value[key] === 'string' ? [value[key]] : []));
  const inner = Object.entries(value).flatMap(([key, one]) =>
    isObject(one) && key !== 'label' ? collected(one) : [],
  );
  return [...own, ...inner];
}

/** What can be read in a block, without the names of its buttons and fields. */
export function blockWords(block: Block): string {
  return collected(block)
    .filter((one) => one !== '')
    .join('\n');
}
