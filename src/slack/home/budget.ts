import type { KnownBlock } from '@slack/web-api';
import { plain } from '../rich-text.ts';

/** A heading, what stands below it one by one, and the line that ends it. */
interface Section {
  head: KnownBlock[];
  items: KnownBlock[][];
  foot: KnownBlock[];
  hidden: number;
}

/**
 * Fits parts into so many blocks. Each gets its share, and what a small part leaves over goes to the large ones. A
 * part that is too long loses whole items, and says how many: a row is never shown without its button.
 */
export function fitParts(parts: readonly KnownBlock[][], most: number): KnownBlock[][] {
  const shares = sharesOf(
    parts.map((part) => part.length),
    most,
  );
  return parts.map((part, index) => fitPart(part, shares[index] ?? 0));
}

function sharesOf(sizes: readonly number[], most: number): number[] {
  const shares = sizes.map(() => 0);
  const smallestFirst = sizes.map((_, index) => index).sort((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0));
  let left = most;
  for (const [rank, index] of smallestFirst.entries()) {
    const share = Math.min(sizes[index] ?? 0, Math.floor(left / (smallestFirst.length - rank)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}

function fitPart(part: KnownBlock[], most: number): KnownBlock[] {
  if (part.length <= most) return part;
  const sections = sectionsOf(part);
  let size = part.length;
  while (size > most) {
    const longest = sections.reduce((a, b) => (b.items.length > a.items.length ? b : a));
    const dropped = longest.items.pop();
    // Only headings and last lines are left: as many as there is room for.
    if (dropped === undefined) break;
    size -= dropped.length - (longest.hidden === 0 ? 1 : 0);
    longest.hidden += 1;
  }
  return sections.flatMap(blocksOf).slice(0, most);
}

function sectionsOf(part: readonly KnownBlock[]): Section[] {
  const sections: Section[] = [];
  const current = (): Section => {
    const last = sections.at(-1);
    if (last !== undefined) return last;
    const first = { head: [], items: [], foot: [], hidden: 0 };
    sections.push(first);
    return first;
  };
  for (const block of part) {
    if (block.type === 'header') sections.push({ head: [block], items: [], foot: [], hidden: 0 });
    else if (belongsToFormer(block) && current().items.length > 0) current().items.at(-1)?.push(block);
    else current().items.push([block]);
  }
  for (const section of sections) {
    const last = section.items.at(-1);
    if (last?.at(-1)?.type !== 'context') continue;
    section.foot = last.splice(-1);
    if (last.length === 0) section.items.pop();
  }
  return sections;
}

const belongsToFormer = ({ type }: KnownBlock): boolean =>
  type === 'actions' || type === 'context' || type === 'divider';

function blocksOf({ head, items, foot, hidden }: Section): KnownBlock[] {
  const more: KnownBlock[] =
    hidden === 0 ? [] : [{ type: 'context', elements: [plain(`${hidden} more are not shown here.`)] }];
  return [...head, ...items.flat(), ...more, ...foot];
}
