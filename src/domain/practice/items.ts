/** The first bank of practice items: small things to try on a real call, each ready in five minutes. */

import type { PracticeItem } from './item.ts';
import { tailorItems } from './tailor-items.ts';
import { takeControlItems } from './take-control-items.ts';
import { teachItems } from './teach-items.ts';

export const practiceItems: readonly PracticeItem[] = [...teachItems, ...tailorItems, ...takeControlItems];

const byId = new Map(practiceItems.map((item) => [item.id, item]));

export function practiceItem(id: string): PracticeItem | undefined {
  return byId.get(id);
}
