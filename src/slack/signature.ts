import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own window; a request older than that may be somebody's recording. */
const window = 5 * 60;

export type Refusal = 'no_signature' | 'stale' | 'wrong_signature' | 'replayed';

/**
 * Whether a request comes from Slack, now, for the first time. Signatures seen are remembered for as long as
 * their timestamp is good: within one process. Across several, what a request does is keyed by its own ids.
 */
export function createSignatureCheck(signingSecret: string, machineNow: () => number) {
  const seen = new Map<string, number>();
  return (headers: Record<string, string | string[] | undefined>, body: Buffer): Refusal | undefined => {
    const signature = headers['x-slack-signature'];
    const timestamp = headers['x-slack-request-timestamp'];
    if (typeof signature !== 'string' || typeof timestamp !== 'string') return 'no_signature';
    const seconds = Math.floor(machineNow() / 1000);
    if (!/^\d{1,12}$/.test(timestamp) || Math.abs(seconds - Number(timestamp)) > window) return 'stale';
    if (!sameText(signature, sign(signingSecret, timestamp, body))) return 'wrong_signature';
    forget(seen, seconds);
    if (seen.has(signature)) return 'replayed';
    seen.set(signature, Number(timestamp) + window);
    return undefined;
  };
}

function sign(secret: string, timestamp: string, body: Buffer): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** In the order they came, so the first that is still good ends the search. */
function forget(seen: Map<string, number>, seconds: number): void {
  for (const [signature, until] of seen) {
    if (until >= seconds) return;
    seen.delete(signature);
  }
}
