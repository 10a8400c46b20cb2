import type { Journey, JourneyReport } from '../../page-server/protocol.ts';
import { onLive } from '../data/live.ts';
import { store } from '../data/store.ts';

export const journey = store<Journey | null>(null);
export const report = store<JourneyReport | null>(null);
/** Business time while it moves; null while it stands still. */
export const movingNow = store<number | null>(null);

onLive((event) => {
  if (event.type === 'departed') {
    journey.set(event.journey);
    report.set(null);
    movingNow.set(event.journey.from);
  } else if (event.type === 'clock') {
    movingNow.set(event.now);
  } else if (event.type === 'arrived') {
    journey.set(null);
    movingNow.set(event.report.to);
    report.set(event.report);
  } else if (event.type === 'hello') {
    journey.set(null);
    movingNow.set(null);
  }
});
