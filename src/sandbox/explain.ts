import { toLocal } from '#domain/time/zone.ts';
import { type ExplainedDelivery, explainMessage as explain } from '#services/explain-message.ts';
import type { Sandbox } from './sandbox.ts';

/** For the inspector: the ledger row behind a message, and in words why it was sent. */
export interface Explanation {
  rows: { label: string; value: string }[];
  why: string[];
}

export async function explainMessage(
  { application }: Sandbox,
  channel: string,
  ts: string,
): Promise<Explanation | undefined> {
  const { context, workspaceId } = application;
  const found = await explain(context, workspaceId, { channel, ts });
  return found && { rows: rowsOf(found), why: whyOf(found) };
}

function rowsOf(delivery: ExplainedDelivery): Explanation['rows'] {
  const rows = [
    { label: 'Kind', value: delivery.kind },
    { label: 'Key', value: delivery.key },
    { label: 'State', value: delivery.state },
    { label: 'Due (business time)', value: delivery.dueAt.toISOString() },
    { label: 'Intent (machine time)', value: delivery.intentAt?.toISOString() ?? '' },
    { label: 'Attempts', value: String(delivery.attempts) },
    { label: "Slack's last answer", value: delivery.lastAnswer ?? '' },
  ];
  if (delivery.edit !== null && delivery.edit.version > 0) {
    const { state, version, lastAnswer } = delivery.edit;
    rows.push({
      label: 'Edits',
      value: `${version}, the last ${state}${lastAnswer === null ? '' : ` (${lastAnswer})`}`,
    });
  }
  return rows;
}

function whyOf({ kind, receiver, dueAt, occurrences, state }: ExplainedDelivery): string[] {
  const zone = receiver?.timeZone ?? 'UTC';
  const inZone = (at: Date): string => {
    const { date, time } = toLocal(at.getTime(), zone);
    return `${date} ${time}`;
  };
  const rule =
    kind === 'prompt' ? 'what the day asked for was over' : 'the card of a day gathers what is asked on it';
  return [
    receiver === null
      ? `This was posted in the channel at ${inZone(dueAt)} (${zone}), because enablement chose so: once a week.`
      : `${receiver.name} got this at ${inZone(dueAt)} of their own time (${zone}), because ${rule}.`,
    ...occurrences.map((one) => {
      const end = one.reason === null ? one.state : `${one.state} (${one.reason.replaceAll('_', ' ')})`;
      return `It carries the weekly 1:1 about ${one.aboutName} of ${one.period}, due ${inZone(one.dueAt)}: ${end}. It closes at ${inZone(one.closesAt)}, when the next falls due.`;
    }),
    state === 'delivered'
      ? 'Slack confirmed it, so it is never sent again; changes are made in place.'
      : `Its delivery is ${state}.`,
  ];
}
