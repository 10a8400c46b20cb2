import { contentLength } from './content.ts';
import { type PlacedBlock, placedBlocks } from './placed.ts';
import { type Path, type Problem, pathText, quoted } from './problems.ts';
import { isRecord } from './record.ts';
import { BLOCK_SURFACES, ELEMENT_SURFACES, MOST_BLOCKS, MOST_OF_A_TYPE, type Surface } from './surfaces.ts';

/** A whole message, modal or Home: what no schema of one block can see. */
interface Page {
  readonly surface: Surface;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly blocks: readonly PlacedBlock[];
}

type Rule = (page: Page) => Problem[];

const rules: readonly Rule[] = [
  tooManyBlocks,
  blocksOffTheirSurface,
  elementsOffTheirSurface,
  tooManyOfAType,
  tooMuchMarkdown,
  tooMuchContent,
  repeatedBlockIds,
  repeatedActionIds,
  severalFocused,
  deafResponseUrls,
  inputsWithoutSubmit,
];

export function surfaceProblems(surface: Surface, payload: unknown): Problem[] {
  if (!isRecord(payload)) return [];
  const page = { surface, payload, blocks: placedBlocks(payload) };
  return rules.flatMap((rule) => rule(page));
}

function tooManyBlocks({ surface, payload }: Page): Problem[] {
  const { blocks } = payload;
  const most = MOST_BLOCKS[surface];
  if (!Array.isArray(blocks) || blocks.length <= most) return [];
  return [{ path: ['blocks'], message: `${blocks.length} blocks, at most ${most} in a ${surface}` }];
}

function blocksOffTheirSurface({ surface, blocks }: Page): Problem[] {
  return blocks
    .filter(({ type }) => BLOCK_SURFACES.get(type)?.includes(surface) === false)
    .map(({ type, path }) => ({ path, message: `a ${type} block cannot stand in a ${surface}` }));
}

function elementsOffTheirSurface({ surface, blocks }: Page): Problem[] {
  return blocks
    .flatMap(({ elements }) => elements)
    .filter(({ type }) => ELEMENT_SURFACES.get(type)?.includes(surface) === false)
    .map(({ type, path }) => ({ path, message: `a ${type} cannot stand in a ${surface}` }));
}

function tooManyOfAType({ surface, blocks }: Page): Problem[] {
  return Object.entries(MOST_OF_A_TYPE[surface]).flatMap(([type, most]) => {
    const count = blocks.filter((block) => block.type === type).length;
    if (count <= most) return [];
    return [{ path: ['blocks'], message: `${count} ${type} blocks, at most ${most} in a ${surface}` }];
  });
}

function tooMuchMarkdown({ blocks }: Page): Problem[] {
  const most = 12_000;
  const texts = blocks.filter(({ type }) => type === 'markdown').map(({ value }) => value['text']);
  const length = contentLength(texts);
  // One block alone over the limit is already told by its own schema.
  if (texts.length < 2 || length <= most) return [];
  return [{ path: ['blocks'], message: `${length} characters in all markdown blocks, at most ${most}` }];
}

function tooMuchContent({ surface, payload }: Page): Problem[] {
  // Slack documents no such limit, but answers msg_blocks_too_long; 13,000 is the design's.
  const limit = 13_000;
  const length = surface === 'message' ? contentLength(payload['blocks']) : 0;
  if (length < limit) return [];
  return [{ path: ['blocks'], message: `${length} characters in all blocks, must be under ${limit}` }];
}

function repeatedBlockIds({ blocks }: Page): Problem[] {
  return repeated(blocks, 'block_id');
}

// Within its block only: Slack's elements say "unique among all other action_ids in the containing block".
function repeatedActionIds({ blocks }: Page): Problem[] {
  return blocks.flatMap(({ elements }) => repeated(elements, 'action_id'));
}

function severalFocused({ blocks }: Page): Problem[] {
  const focused = blocks
    .flatMap(({ elements }) => elements)
    .filter(({ value }) => value['focus_on_load'] === true);
  return focused
    .slice(1)
    .map(({ path }) => ({ path: [...path, 'focus_on_load'], message: 'only one element may be focused' }));
}

function deafResponseUrls({ surface, blocks }: Page): Problem[] {
  return blocks
    .filter(({ type }) => surface !== 'modal' || type !== 'input')
    .flatMap(({ elements }) => elements)
    .filter(({ value }) => value['response_url_enabled'] === true)
    .map(({ path }) => ({
      path: [...path, 'response_url_enabled'],
      message: 'works only in an input block of a modal',
    }));
}

function inputsWithoutSubmit({ surface, payload, blocks }: Page): Problem[] {
  const needed = surface === 'modal' && blocks.some(({ type }) => type === 'input');
  if (!needed || payload['submit'] !== undefined) return [];
  return [{ path: ['submit'], message: 'missing, a modal with input blocks needs it' }];
}

function repeated(
  placed: readonly { readonly value: Readonly<Record<string, unknown>>; readonly path: Path }[],
  key: 'block_id' | 'action_id',
): Problem[] {
  const first = new Map<string, Path>();
  return placed.flatMap(({ value, path }) => {
    const id = value[key];
    if (typeof id !== 'string') return [];
    const earlier = first.get(id);
    if (earlier) {
      return [{ path: [...path, key], message: `${quoted(id)} is taken by ${pathText(earlier)}` }];
    }
    first.set(id, path);
    return [];
  });
}
