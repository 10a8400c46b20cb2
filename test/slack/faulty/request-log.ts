import { inspect } from 'node:util';
import type { Arguments, Call } from '../proxy/call.ts';
import type { Fault } from './faults.ts';

interface LoggedAnswer {
  readonly at: number;
  readonly status: number;
  readonly content: unknown;
}

/** Times are epoch milliseconds with a fraction, so that they can be compared with each other and with a ts. */
export interface LoggedRequest {
  readonly number: number;
  readonly method: string;
  readonly token: string | undefined;
  readonly body: Arguments;
  readonly arrivedAt: number;
  readonly fault?: Fault;
  /** Delayed right now, by a fault or by hand. */
  readonly waiting: boolean;
  readonly forwardedAt?: number;
  readonly upstream?: LoggedAnswer;
  /** The upstream did it, whatever the client was told. */
  readonly accepted: boolean;
  /** What the client was told; none where it was cut off. */
  readonly answer?: LoggedAnswer;
  /** Why nothing came back from the upstream. */
  readonly failure?: unknown;
  readonly finishedAt?: number;
}

export interface Patience {
  readonly withinMs?: number;
}

export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  add(call: Call, fault: Fault | undefined): LoggedRequest;
  note(request: LoggedRequest, news: Partial<LoggedRequest>): void;
  /** Resolves as soon as the requests satisfy, at once where they already do. */
  until<Found>(look: () => Found | undefined, patience?: Patience): Promise<Found>;
}

export const machineTime = (): number => performance.timeOrigin + performance.now();

export function keepRequestLog(): RequestLog {
  const requests: LoggedRequest[] = [];
  const watchers = new Set<() => void>();
  const tell = (): void => {
    for (const watch of [...watchers]) watch();
  };

  return {
    requests,
    add: ({ method, token, body }, fault) => {
      const request: LoggedRequest = {
        number: requests.length + 1,
        method,
        token,
        body,
        arrivedAt: machineTime(),
        waiting: false,
        accepted: false,
        ...(fault && { fault }),
      };
      requests.push(request);
      tell();
      return request;
    },
    note: (request, news) => {
      Object.assign(request, news);
      tell();
    },
    until: (look, { withinMs = 10_000 } = {}) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          const found = look();
          if (found === undefined) return;
          clearTimeout(patience);
          watchers.delete(watch);
          resolve(found);
        };
        const patience = setTimeout(() => {
          watchers.delete(watch);
          reject(new Error(`Not seen within ${withinMs} ms. Seen: ${describe(requests)}`));
        }, withinMs);
        patience.unref();
        watchers.add(watch);
        watch();
      }),
  };
}

function describe(requests: readonly LoggedRequest[]): string {
  const last = requests
    .slice(-10)
    .map(({ number, method, fault, accepted, finishedAt, failure }) =>
      inspect(
        { number, method, fault: fault?.kind, accepted, finished: finishedAt !== undefined, failure },
        { breakLength: Infinity },
      ),
    );
  return `${requests.length} requests${last.length > 0 ? `, the last:\n${last.join('\n')}` : ''}`;
}
