import { isRecord } from '../proxy/call.ts';
import type { LoggedRequest } from './request-log.ts';

export function acceptedBy(requests: readonly LoggedRequest[], method: string): readonly LoggedRequest[] {
  return requests.filter((request) => request.accepted && request.method === method);
}

/** How often a message was really posted, by the key in its metadata. */
export function copiesByKey(requests: readonly LoggedRequest[]): ReadonlyMap<string, number> {
  const copies = new Map<string, number>();
  for (const { body } of acceptedBy(requests, 'chat.postMessage')) {
    const key = keyOf(body['metadata']);
    if (key !== undefined) copies.set(key, (copies.get(key) ?? 0) + 1);
  }
  return copies;
}

function keyOf(metadata: unknown): string | undefined {
  if (!isRecord(metadata) || !isRecord(metadata['event_payload'])) return undefined;
  const key = metadata['event_payload']['key'];
  return typeof key === 'string' ? key : undefined;
}
