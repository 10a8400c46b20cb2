import { randomUUID } from 'node:crypto';
import { askKey, asksOf } from '#domain/duty.ts';
import type { DueCadence } from '#storage/cadences.ts';
import type { Trx } from '#storage/database.ts';
import { type DeliveryToPlan, planDeliveries } from '#storage/deliveries.ts';
import type { OccurrenceToPlan } from '#storage/occurrences.ts';

/** Later than this a question that precedes its occasion is not worth asking any more. */
const lapsesAfter = 8 * 60 * 60_000;

/** Plans the messages that go with new occurrences; those of one day for one person share a message. */
export async function planAsks(
  trx: Trx,
  occurrences: OccurrenceToPlan[],
  cadenceOf: Map<string, DueCadence>,
  now: Date,
): Promise<void> {
  if (occurrences.length === 0) return;
  const byKey = new Map<string, DeliveryToPlan>();
  for (const ask of asksFor(occurrences, cadenceOf, now)) {
    const inWorkspace = `${ask.workspaceId} ${ask.key}`;
    const message = byKey.get(inWorkspace);
    if (message === undefined) {
      byKey.set(inWorkspace, ask);
      continue;
    }
    message.occurrenceIds.push(...ask.occurrenceIds);
    if (ask.dueAt > message.dueAt) message.dueAt = ask.dueAt;
  }
  const left = await planDeliveries(trx, [...byKey.values()]);
  // The day's message has gone out already: these came later and get one of their own.
  const late = left.flatMap((message) =>
    message.occurrenceIds.map((id) => ({
      ...message,
      ...newIds(),
      key: `${message.key}/${id}`,
      occurrenceIds: [id],
    })),
  );
  if (late.length > 0) await planDeliveries(trx, late);
}

function asksFor(
  occurrences: OccurrenceToPlan[],
  cadenceOf: Map<string, DueCadence>,
  now: Date,
): DeliveryToPlan[] {
  return occurrences.flatMap((one) =>
    asksOf[one.kind].flatMap((ask) => {
      const cadence = cadenceOf.get(one.id);
      const dueAt = one.dueAt.getTime();
      const zone = (ask.of === 'asked' ? cadence?.timeZone : cadence?.aboutTimeZone) ?? 'UTC';
      const at = ask.at(dueAt, zone);
      if (at < dueAt && at + lapsesAfter < now.getTime()) return [];
      const receiverId = ask.of === 'asked' ? one.askedId : one.aboutId;
      return {
        workspaceId: one.workspaceId,
        ...newIds(),
        kind: ask.kind,
        key: askKey(ask.kind, receiverId, at, zone),
        receiverId,
        dueAt: new Date(at),
        occurrenceIds: [one.id],
      };
    }),
  );
}

const newIds = () => ({ id: randomUUID(), postKey: randomUUID() });
