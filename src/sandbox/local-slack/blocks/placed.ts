import type { Path } from './problems.ts';
import { isRecord } from './record.ts';

interface Placed {
  readonly value: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly path: Path;
}

/** A block of a payload, or a block in a block, with the interactive elements that stand directly in it. */
export interface PlacedBlock extends Placed {
  readonly elements: readonly Placed[];
}

// Where blocks hold blocks and elements; `rows` is a list of lists of cells, of which some hold an element.
const NESTED = new Map([
  ['container', ['child_blocks']],
  ['carousel', ['elements']],
  ['plan', ['tasks']],
]);

const ELEMENTS = new Map([
  ['actions', ['elements']],
  ['card', ['actions']],
  ['context_actions', ['elements']],
  ['data_table', ['rows', '*', '*', 'element']],
  ['input', ['element']],
  ['section', ['accessory']],
]);

/** Never throws and reads what it can: the surface rules then speak even where the shape is wrong. */
export function placedBlocks(payload: unknown): PlacedBlock[] {
  return select(payload, ['blocks'], []).flatMap((block) => {
    // One level is all there is: no block that holds blocks may stand in another.
    const inside = select(block.value, NESTED.get(block.type), block.path);
    return [block, ...inside].map((placed) => ({
      ...placed,
      elements: select(placed.value, ELEMENTS.get(placed.type), placed.path),
    }));
  });
}

function select(from: unknown, steps: readonly string[] | undefined, base: Path): Placed[] {
  if (steps === undefined) return [];
  let here: { value: unknown; path: Path }[] = [{ value: from, path: base }];
  for (const step of [...steps, '*']) {
    here = here.flatMap(({ value, path }) => {
      if (step !== '*') return isRecord(value) ? [{ value: value[step], path: [...path, step] }] : [];
      if (!Array.isArray(value)) return [{ value, path }];
      return value.map((item: unknown, index) => ({ value: item, path: [...path, index] }));
    });
  }
  return here.flatMap(({ value, path }) => {
    if (!isRecord(value)) return [];
    return [{ value, path, type: typeof value['type'] === 'string' ? value['type'] : '' }];
  });
}
