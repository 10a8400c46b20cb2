import type { Call } from '../proxy/call.ts';
import type { Fault } from './faults.ts';

export interface Limits {
  /** Slack's published limits per workspace and method, and one message a second in a channel. */
  readonly published?: boolean;
  /** Apps distributed outside the Marketplace: one call of 15 items a minute to read a conversation. */
  readonly restrictedHistory?: boolean;
  /** How long a minute lasts, for tests that cannot wait for one. */
  readonly minuteMs?: number;
}

export interface LimitKeeper {
  /** Counts and admits the call, or refuses it for the time being. */
  refuse(call: Call): Fault | undefined;
  /** At most so many items of a conversation, where there is a limit for it. */
  mostItems(method: string): number | undefined;
}

interface Window {
  readonly key: string;
  readonly calls: number;
  readonly everyMs: number;
}

const perMinute: readonly (readonly [method: RegExp, calls: number])[] = [
  [/^(users|conversations)\.list$/, 20],
  [/^(chat\.update|conversations\.(open|info|history|replies))$/, 50],
  [/^(views\..+|users\.info|files\.(getUploadURLExternal|completeUploadExternal))$/, 100],
];
const readsConversation = /^conversations\.(history|replies)$/;
const restrictedItems = 15;

export function keepLimits(limits: Limits, now: () => number): LimitKeeper {
  const { published = false, restrictedHistory = false, minuteMs = 60_000 } = limits;
  const admitted = new Map<string, number[]>();

  const windowsOf = ({ method, token, body }: Call): Window[] => {
    const key = `${token} ${method}`;
    if (restrictedHistory && readsConversation.test(method)) return [{ key, calls: 1, everyMs: minuteMs }];
    if (!published) return [];
    // A client that posts exactly once a second arrives a little earlier or later than that.
    if (method === 'chat.postMessage')
      return [{ key: `${key} ${body['channel']}`, calls: 1, everyMs: (minuteMs / 60) * 0.95 }];
    return perMinute
      .filter(([methods]) => methods.test(method))
      .map(([, calls]) => ({ key, calls, everyMs: minuteMs }));
  };

  return {
    refuse: (call) => {
      const at = now();
      const windows = windowsOf(call);
      for (const { key, calls, everyMs } of windows) {
        const recent = (admitted.get(key) ?? []).filter((then) => then > at - everyMs);
        admitted.set(key, recent);
        const first = recent.at(-calls);
        if (first === undefined) continue;
        const retryAfterSeconds = Math.max(1, Math.ceil((first + everyMs - at) / 1000));
        return { kind: 'rate-limited', retryAfterSeconds };
      }
      for (const { key } of windows) admitted.get(key)?.push(at);
      return undefined;
    },
    mostItems: (method) =>
      restrictedHistory && readsConversation.test(method) ? restrictedItems : undefined,
  };
}
