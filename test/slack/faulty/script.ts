import type { Call } from '../proxy/call.ts';
import type { Fault } from './faults.ts';
import type { LoggedRequest, Patience, RequestLog } from './request-log.ts';

export interface Hold {
  /** Resolves when so many calls are held. */
  untilHeld(count?: number, patience?: Patience): Promise<readonly LoggedRequest[]>;
  /** Lets those held go on, and those to come pass. */
  release(): void;
}

/** What a test itself says shall happen, before chance has a say. */
export interface Script {
  next(call: Call): Fault | undefined;
  once(method: string, fault: Fault, when: (call: Call) => boolean): void;
  hold(method: string, before: 'acceptance' | 'answer'): Hold;
}

interface Line {
  readonly method: string;
  readonly fault: Fault;
  readonly when: (call: Call) => boolean;
}

export function startScript(log: RequestLog): Script {
  const lines = new Set<Line>();
  const holds = new Set<Line>();
  const find = (among: ReadonlySet<Line>, call: Call): Line | undefined =>
    [...among].find(({ method, when }) => (method === '*' || method === call.method) && when(call));

  return {
    next: (call) => {
      const line = find(lines, call);
      if (line) lines.delete(line);
      return (line ?? find(holds, call))?.fault;
    },
    once: (method, fault, when) => {
      lines.add({ method, fault, when });
    },
    hold: (method, before) => {
      const gate = Promise.withResolvers<void>();
      const fault: Fault = { kind: 'slow', delay: gate.promise, before };
      const line: Line = { method, fault, when: () => true };
      holds.add(line);
      return {
        untilHeld: (count = 1, patience) =>
          log.until(() => {
            const held = log.requests.filter((request) => request.waiting && request.fault === fault);
            return held.length >= count ? held : undefined;
          }, patience),
        release: () => {
          holds.delete(line);
          gate.resolve();
        },
      };
    },
  };
}
