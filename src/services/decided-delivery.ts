import type { DeliveryKind, DeliveryState } from '#domain/delivery.ts';
import type { PublicHoliday } from '#domain/holidays.ts';
import { type Waits, waits } from '#domain/sending.ts';
import { toLocal } from '#domain/time/zone.ts';
import { holidayAtWork, type WorkingTime } from '#domain/working-time.ts';
import type { LedgerDelivery, NamedDuty } from '#storage/person-ledger.ts';

/** What was decided about a message that was planned. */
export interface DecidedDelivery {
  what: 'message';
  /** When it was due. */
  at: Date;
  kind: DeliveryKind;
  duties: NamedDuty[];
  notes: number;
  end: MessageEnd;
}

export type MessageEnd =
  | { kind: 'sent'; settledAt: Date; attempts: number; answer: string }
  /** `joined`: several were due at once, and one carries what is open of all. */
  | {
      kind: 'left_to_card';
      because: Waits | 'joined';
      card: { kind: DeliveryKind; at: Date; state: DeliveryState } | null;
      /** What made the day on which this was decided no working day. */
      holiday?: PublicHoliday | undefined;
    }
  | { kind: 'dropped'; because: string }
  /** Certainly not sent yet; what Slack said last, if it was tried, and when it is tried again. */
  | { kind: 'waits'; answer: string | null; inSeconds: number | undefined }
  | { kind: 'being_posted' }
  | { kind: 'uncertain'; answer: string };

export function decidedDelivery(
  one: LedgerDelivery,
  machineNow: number,
  receiver: WorkingTime,
): DecidedDelivery {
  return {
    what: 'message',
    at: one.dueAt,
    kind: one.kind,
    duties: one.duties,
    notes: one.notes,
    end: endOf(one, machineNow, receiver),
  };
}

function endOf(one: LedgerDelivery, machineNow: number, receiver: WorkingTime): MessageEnd {
  const { state, attempts, carrier } = one;
  const answer = one.lastAnswer ?? 'no_answer';
  switch (state) {
    case 'delivered':
      return { kind: 'sent', settledAt: one.settledAt ?? one.dueAt, attempts, answer };
    case 'folded': {
      const because = waits.find((wait) => one.reason?.startsWith(`${wait}, `)) ?? 'joined';
      const { date } = toLocal((one.settledAt ?? one.dueAt).getTime(), receiver.zone);
      return {
        kind: 'left_to_card',
        because,
        card: carrier && { kind: carrier.kind, at: carrier.dueAt, state: carrier.state },
        holiday: because === 'outside_working_time' ? holidayAtWork(receiver, date) : undefined,
      };
    }
    case 'dropped':
      return { kind: 'dropped', because: one.reason ?? answer };
    case 'uncertain':
      return { kind: 'uncertain', answer };
    case 'posting':
      return { kind: 'being_posted' };
    case 'pending': {
      const wait = one.retryAt === null ? 0 : one.retryAt.getTime() - machineNow;
      return {
        kind: 'waits',
        answer: one.lastAnswer,
        inSeconds: wait > 0 ? Math.ceil(wait / 1000) : undefined,
      };
    }
  }
}
