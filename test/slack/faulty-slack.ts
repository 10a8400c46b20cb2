import { acceptedBy, copiesByKey } from './faulty/accepted.ts';
import type { Fault, FaultPlan } from './faulty/faults.ts';
import { keepLimits, type Limits } from './faulty/limits.ts';
import { checkPlan, draw, plannedFault } from './faulty/plan.ts';
import { keepRequestLog, type LoggedRequest, machineTime, type Patience } from './faulty/request-log.ts';
import { type Hold, startScript } from './faulty/script.ts';
import { passOn, strike } from './faulty/strike.ts';
import type { Call } from './proxy/call.ts';
import { type Client, startProxyServer } from './proxy/server.ts';
import { connectUpstream, type Upstream } from './proxy/upstream.ts';

export type { Fault, FaultPlan, Limits };

export interface FaultySlackOptions {
  /** `http://host:port` of any Slack Web API; or what passes calls on to several. */
  readonly upstream: string | Upstream;
  readonly seed?: number;
  readonly faults?: FaultPlan;
  readonly limits?: Limits;
  /** Milliseconds; the limits count by it. */
  readonly now?: () => number;
}

export interface FaultySlack {
  readonly url: string;
  readonly apiUrl: string;
  readonly seed: number;
  readonly requests: readonly LoggedRequest[];
  /** What the upstream really did, whatever the client was told. */
  accepted(method: string): readonly LoggedRequest[];
  /** How often a message with this key was really posted. */
  copies(key: string): number;
  /** The same for every key that was posted at all. */
  copiesByKey(): ReadonlyMap<string, number>;
  setFaults(faults: FaultPlan): void;
  /** Strikes the next call of the method (`*`: of any) that `when` does not turn down; several form a queue. */
  once(method: string, fault: Fault, when?: (call: Call) => boolean): void;
  /** Every call of the method waits before it is accepted, or only its answer does (so by default). */
  hold(method: string, before?: 'acceptance' | 'answer'): Hold;
  /** Refusing: each connection breaks. Closed: nobody listens on the port. */
  leave(how: 'refusing' | 'closed'): Promise<void>;
  comeBack(): Promise<void>;
  untilRequest(wanted: (request: LoggedRequest) => boolean, patience?: Patience): Promise<LoggedRequest>;
  /** Resolves when no call is under way, those accepted late included. */
  untilSettled(patience?: Patience): Promise<void>;
  /** Late calls that are still on their way are dropped. */
  close(): Promise<void>;
}

/**
 * A Slack with faults: it stands before any other one, records what is asked, and breaks what it is told to.
 * The order of say: away, then the test's own script, then the limits, then chance. Only what is sent to `apiUrl`
 * comes by here: addresses that the upstream hands out (Socket Mode, `response_url`) lead past it.
 */
export async function startFaultySlack(options: FaultySlackOptions): Promise<FaultySlack> {
  const { seed = 1, limits = {}, now = machineTime } = options;
  const log = keepRequestLog();
  const script = startScript(log);
  const keeper = keepLimits(limits, now);
  const upstream =
    typeof options.upstream === 'string' ? connectUpstream(options.upstream) : options.upstream;
  const closing = new AbortController();
  const arrivals = new Map<string, number>();
  let plan = checkPlan(options.faults ?? {});
  let presence: 'here' | 'refusing' | 'closed' = 'here';

  const faultFor = (call: Call, number: number): Fault | undefined => {
    if (presence !== 'here') return { kind: 'away' };
    return script.next(call) ?? keeper.refuse(call) ?? plannedFault(plan, seed, call.method, number);
  };
  const handle = async (call: Call, client: Client): Promise<void> => {
    const number = (arrivals.get(call.method) ?? 0) + 1;
    arrivals.set(call.method, number);
    const fault = faultFor(call, number);
    const request = log.add(call, fault);
    const share = draw(seed, call.method, number, 'delay');
    const mostItems = keeper.mostItems(call.method);
    const struck = { call, client, request, log, upstream, share, mostItems, closing: closing.signal };
    try {
      await (fault ? strike(fault, struck) : passOn(struck));
    } catch (failure) {
      // The upstream's own failure looks to the client like what it is: an answer that never comes.
      log.note(request, { failure });
      client.reset();
    } finally {
      log.note(request, { waiting: false, finishedAt: machineTime() });
    }
  };
  const server = await startProxyServer(handle);
  const comeBack = async (): Promise<void> => {
    if (presence === 'closed') await server.reopen();
    presence = 'here';
  };

  return {
    url: server.url,
    apiUrl: `${server.url}/api/`,
    seed,
    requests: log.requests,
    accepted: (method) => acceptedBy(log.requests, method),
    copies: (key) => copiesByKey(log.requests).get(key) ?? 0,
    copiesByKey: () => copiesByKey(log.requests),
    setFaults: (faults) => {
      plan = checkPlan(faults);
    },
    once: (method, fault, when = () => true) => script.once(method, fault, when),
    hold: (method, before = 'answer') => script.hold(method, before),
    leave: async (how) => {
      await comeBack();
      presence = how;
      if (how === 'closed') await server.shut();
    },
    comeBack,
    untilRequest: (wanted, patience) => log.until(() => log.requests.find(wanted), patience),
    untilSettled: async (patience) => {
      const isSettled = (): boolean => log.requests.every(({ finishedAt }) => finishedAt !== undefined);
      await log.until(() => isSettled() || undefined, patience);
    },
    close: async () => {
      closing.abort();
      if (presence !== 'closed') await server.shut();
      upstream.close();
    },
  };
}
