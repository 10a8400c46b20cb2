import { firstDayWithout } from '#domain/absence.ts';
import { type Receiver, weekOf } from '#domain/sending.ts';
import { workingDayFrom } from '#domain/working-time.ts';
import type { ReceiverRow } from '#storage/receivers.ts';

/** What decides about a message to a person, as it stands on their local `today`. */
export function receiverOf(row: ReceiverRow, today: string): Receiver {
  const monday = weekOf(today);
  const back = firstDayWithout(row.absences, [row.id], today);
  return {
    time: row.time,
    roles: row.roles,
    sentOn: row.sentOn.filter((date) => date >= monday),
    hasCard: row.cardsOn.includes(today),
    backOn: back === today ? undefined : workingDayFrom(row.time, back),
  };
}
