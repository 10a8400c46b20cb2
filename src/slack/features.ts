import type { MessageComposers } from '#services/message-content.ts';
import { audit } from './audit/listeners.ts';
import { away } from './away/listeners.ts';
import { baseline } from './baseline/listeners.ts';
import { cadence } from './cadence/listeners.ts';
import { card } from './card/listeners.ts';
import { rowMakersOf } from './card/load-rows.ts';
import { composeCard, composePrompt } from './card/message.ts';
import { certification } from './certify/listeners.ts';
import { checkIn } from './check-in/listeners.ts';
import { commitment } from './commitment/listeners.ts';
import { digest } from './digest/listeners.ts';
import { composeDigest } from './digest/message.ts';
import type { Feature } from './feature.ts';
import { helpFeature } from './help/listeners.ts';
import { homeFeature } from './home/listeners.ts';
import { menuFeature } from './menu/listeners.ts';
import { observedCall } from './observed-call/listeners.ts';
import { oneOnOne } from './one-on-one/listeners.ts';
import { people } from './people/listeners.ts';
import { peopleImport } from './people-import/listeners.ts';
import { practice } from './practice/listeners.ts';
import { preparation } from './preparation/listeners.ts';
import { privacy } from './privacy/listeners.ts';
import { programme } from './programme/listeners.ts';
import { setUp } from './set-up/listeners.ts';
import { settings } from './settings/listeners.ts';
import { start } from './start/listeners.ts';
import { timeReport } from './time-report/listeners.ts';
import { why } from './why/listeners.ts';

/** Every feature, one line each; in this order they stand on Home and in the help. */
const parts: readonly Feature[] = [
  card,
  oneOnOne,
  commitment,
  cadence,
  preparation,
  practice,
  observedCall,
  checkIn,
  baseline,
  programme,
  certification,
  timeReport,
  digest,
  away,
  why,
  people,
  privacy,
  settings,
  peopleImport,
  setUp,
  audit,
  start,
];

const menu = menuFeature(parts);

export const features: readonly Feature[] = [
  ...parts,
  menu,
  homeFeature(parts),
  helpFeature([...parts, menu]),
];

const makers = rowMakersOf(parts);

/** From a kind of delivery to what its message says. */
export const composers: MessageComposers = {
  card: composeCard(makers),
  prompt: composePrompt(makers),
  digest: composeDigest,
};
