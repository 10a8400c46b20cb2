import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * What goes to Slack and comes back with whoever installs the app. It is signed, lasts for ten minutes, belongs to the
 * browser that began (a cookie holds what the state only names by its hash), and is good for one time.
 */
export interface InstallStates {
  make(): { state: string; cookie: string };
  check(state: string | undefined, cookie: string | undefined): 'ok' | WrongState;
}

export type WrongState = 'missing' | 'forged' | 'expired' | 'other_browser' | 'used';

export const stateLasts = 10 * 60_000;

export function installStates(secret: string, machineNow: () => number): InstallStates {
  /** When each of those that came back would have ended; in the order in which they came. */
  const used = new Map<string, number>();
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    make() {
      const cookie = randomBytes(24).toString('base64url');
      const body = `${randomBytes(9).toString('base64url')}.${machineNow() + stateLasts}.${sign(`cookie ${cookie}`)}`;
      return { state: `${body}.${sign(`state ${body}`)}`, cookie };
    },
    check(state, cookie) {
      if (state === undefined || state === '') return 'missing';
      const [nonce = '', until = '', ofCookie = '', signature = '', ...more] = state.split('.');
      const body = `${nonce}.${until}.${ofCookie}`;
      if (more.length > 0 || !same(signature, sign(`state ${body}`))) return 'forged';
      const now = machineNow();
      if (Number(until) <= now) return 'expired';
      if (cookie === undefined || !same(ofCookie, sign(`cookie ${cookie}`))) return 'other_browser';
      for (const [old, ended] of used) if (ended <= now) used.delete(old);
      if (used.has(nonce)) return 'used';
      used.set(nonce, Number(until));
      return 'ok';
    },
  };
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
