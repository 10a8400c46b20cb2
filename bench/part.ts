import type { Databases } from './databases.ts';
import type { Figure } from './figures.ts';

/** How much of everything: in full, or so little that it only shows that it works. */
export type Scale = 'full' | 'smoke';

export type Part = (databases: Databases, scale: Scale) => Promise<Figure[]>;
