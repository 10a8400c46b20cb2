import type { DeliveryKind, DeliveryState } from '#domain/delivery.ts';
import type { Planned } from './planner.ts';

/** What delivery tells whoever counts. */
export interface Meter {
  planned(counts: Planned): void;
  settled(one: SettledDelivery): void;
  /** What Slack said to a call; "ok" where it took it. */
  answered(method: string, answer: string): void;
}

export interface SettledDelivery {
  kind: DeliveryKind;
  to: Extract<DeliveryState, 'delivered' | 'uncertain' | 'folded' | 'dropped'>;
  /** How long after its moment it was delivered, in seconds of business time. */
  late?: number;
}

const nobody: Meter = { planned() {}, settled() {}, answered() {} };

export const meterOf = ({ meter }: { meter?: Meter | undefined }): Meter => meter ?? nobody;
