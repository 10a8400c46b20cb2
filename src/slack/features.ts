import type { MessageComposers } from '#services/message-content.ts';
import type { Feature } from './feature.ts';
import { helpFeature } from './help/listeners.ts';
import { oneOnOne } from './one-on-one/listeners.ts';
import { composePrompt } from './one-on-one/message.ts';
import { preparation } from './preparation/listeners.ts';
import { composeQuestion } from './preparation/message.ts';
import { settings } from './settings/listeners.ts';

/** Every feature, one line each. */
const duties: readonly Feature[] = [oneOnOne, preparation, settings];

export const features: readonly Feature[] = [...duties, helpFeature(duties)];

/** From a kind of delivery to what its message says. */
export const composers: MessageComposers = {
  one_on_one_prompt: composePrompt,
  one_on_one_preparation: composeQuestion,
};
