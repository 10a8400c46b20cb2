import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Surface } from '../../local-slack/person/surfaces.ts';
import type { Block, Element } from '../../local-slack/surface/blocks.ts';
import type { Fields, StateValues } from '../../local-slack/types.ts';
import { act } from '../data/deeds.ts';
import { usePlace } from '../data/place.ts';

/** Where the blocks stand that are being shown. */
export interface SurfaceShown {
  at: Surface;
  values: StateValues;
  errors: Record<string, string>;
  /** Waiting for the app: nothing can be changed. */
  busy: boolean;
  /** What has been typed and not been sent yet; called before a submission. */
  unsent: Map<string, () => Promise<unknown>>;
  /** Enter in a field of one line. */
  submit?: () => void;
}

const context = createContext<SurfaceShown | null>(null);

export const SurfaceProvider = context.Provider;

export function useSurface(): SurfaceShown {
  const surface = useContext(context);
  if (surface === null) throw new Error('a block stands on no surface');
  return surface;
}

export interface ElementProps {
  block: Block;
  element: Element;
}

type Given = Parameters<typeof act>[2];

/** One element: what it holds, and how to change or press it. */
export function useElement({ block, element }: ElementProps) {
  const surface = useSurface();
  const { desk } = usePlace();
  const actionId = element.action_id ?? '';
  const [pending, setPending] = useState(0);
  const held: Fields | undefined = surface.values[block.block_id]?.[actionId];
  const key = domId(surface, block.block_id, actionId);
  const hasError = surface.errors[block.block_id] !== undefined;
  return {
    held,
    key,
    pending: pending > 0,
    busy: surface.busy,
    surface,
    target: { surface: surface.at, blockId: block.block_id, actionId },
    as: desk.me.id,
    /** For whatever can be focused in it. */
    aria: {
      id: key,
      'aria-invalid': hasError ? ('true' as const) : undefined,
      'aria-describedby':
        [
          hasError ? `${domId(surface, block.block_id)}-error` : '',
          block['hint'] ? `${domId(surface, block.block_id)}-hint` : '',
        ]
          .filter(Boolean)
          .join(' ') || undefined,
    },
    async change(input: Given, options: { enter?: boolean } = {}) {
      setPending((count) => count + 1);
      try {
        // The app is told what stands in the other fields too, so what was just typed goes first.
        await Promise.all([...surface.unsent.values()].map((flush) => flush()));
        return await act(
          desk.me.id,
          { surface: surface.at, blockId: block.block_id, actionId },
          input,
          options,
        );
      } finally {
        setPending((count) => count - 1);
      }
    },
  };
}

export function domId({ at }: SurfaceShown, ...parts: string[]): string {
  const place = at.kind === 'view' ? at.id : `${at.channel}-${at.ts}`;
  return ['e', place, ...parts].join('-').replaceAll(/[^\w-]/g, '_');
}
