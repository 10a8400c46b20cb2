import type { Migration } from 'kysely/migration';
import * as foundation from './20261120T090000-foundation.ts';
import * as preparation from './20261120T120000-preparation.ts';
import * as card from './20261120T125000-card.ts';
import * as settings from './20261120T130000-settings.ts';
import * as observedCall from './20261120T140000-observed-call.ts';
import * as programme from './20261120T150000-programme.ts';
import * as timeReport from './20261120T160000-time-report.ts';
import * as digest from './20261120T170000-digest.ts';
import * as practice from './20261120T180000-practice.ts';
import * as slots from './20261120T190000-slots.ts';
import * as certification from './20261120T200000-certification.ts';
import * as checkInSides from './20261120T203000-check-in-sides.ts';
import * as slackCalls from './20261120T210000-slack-calls.ts';
import * as zoneData from './20261120T213000-zone-data.ts';
import * as homeOpened from './20261120T214000-home-opened.ts';
import * as installation from './20261120T220000-installation.ts';
import * as people from './20261120T221000-people.ts';
import * as records from './20261120T222000-records.ts';
import * as erasure from './20261120T223000-erasure.ts';
import * as peopleIndexes from './20261120T224000-people-indexes.ts';
import * as setUp from './20261120T230000-set-up.ts';
import * as copyRequest from './20261120T231000-copy-request.ts';
import * as messagesToDelete from './20261120T232000-messages-to-delete.ts';

/**
 * Explicit, so that what runs is what is listed here and never what happens to lie in a folder.
 * A migration that has landed is never edited; a new one is added at the end.
 */
export const migrations: Record<string, Migration> = {
  '20261120T090000-foundation': foundation,
  '20261120T120000-preparation': preparation,
  '20261120T125000-card': card,
  '20261120T130000-settings': settings,
  '20261120T140000-observed-call': observedCall,
  '20261120T150000-programme': programme,
  '20261120T160000-time-report': timeReport,
  '20261120T170000-digest': digest,
  '20261120T180000-practice': practice,
  '20261120T190000-slots': slots,
  '20261120T200000-certification': certification,
  '20261120T203000-check-in-sides': checkInSides,
  '20261120T210000-slack-calls': slackCalls,
  '20261120T213000-zone-data': zoneData,
  '20261120T214000-home-opened': homeOpened,
  '20261120T220000-installation': installation,
  '20261120T221000-people': people,
  '20261120T222000-records': records,
  '20261120T223000-erasure': erasure,
  '20261120T224000-people-indexes': peopleIndexes,
  '20261120T230000-set-up': setUp,
  '20261120T231000-copy-request': copyRequest,
  '20261120T232000-messages-to-delete': messagesToDelete,
};
