import type { Migration } from 'kysely/migration';
import * as foundation from './20261120T090000-foundation.ts';
import * as preparation from './20261120T120000-preparation.ts';

/**
 * Explicit, so that what runs is what is listed here and never what happens to lie in a folder.
 * A migration that has landed is never edited; a new one is added at the end.
 */
export const migrations: Record<string, Migration> = {
  '20261120T090000-foundation': foundation,
  '20261120T120000-preparation': preparation,
};
