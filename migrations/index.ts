import type { Migration } from 'kysely/migration';
import * as foundation from './20261120T090000-foundation.ts';
import * as preparation from './20261120T120000-preparation.ts';
import * as card from './20261120T125000-card.ts';
import * as settings from './20261120T130000-settings.ts';

/**
 * Explicit, so that what runs is what is listed here and never what happens to lie in a folder.
 * A migration that has landed is never edited; a new one is added at the end.
 */
export const migrations: Record<string, Migration> = {
  '20261120T090000-foundation': foundation,
  '20261120T120000-preparation': preparation,
  '20261120T125000-card': card,
  '20261120T130000-settings': settings,
};
