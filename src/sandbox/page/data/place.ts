import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Desk, World } from '../../page-server/protocol.ts';
import type { Route } from './route.ts';

/** What every part of the page may need to know. */
export interface Place {
  world: World;
  desk: Desk;
  route: Route;
  /** Business time, also while it moves. */
  now: number;
}

const context = createContext<Place | null>(null);

export const PlaceProvider = context.Provider;

export function usePlace(): Place {
  const place = useContext(context);
  if (place === null) throw new Error('the page is not there yet');
  return place;
}
