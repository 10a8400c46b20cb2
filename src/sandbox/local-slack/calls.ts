import type { Changes } from './changes.ts';

/** One exchange between the app and Slack. */
export interface Call {
  id: number;
  /** Machine time, epoch ms. */
  at: number;
  durationMs: number | null;
  direction: 'from app' | 'to app';
  kind: 'web api' | 'response_url' | 'file' | 'oauth' | 'command' | 'interactive' | 'options' | 'event';
  /** Web API method, command, interaction type or event type. */
  method: string;
  via: 'http' | 'socket';
  request: unknown;
  /** Absent while nothing has been answered. */
  status: number | null;
  response: unknown;
  error: string | null;
}

type Begun = Pick<Call, 'direction' | 'kind' | 'method' | 'via' | 'request'>;
type Answered = Pick<Call, 'status' | 'response'> & { error?: string };

export class CallLog {
  readonly #calls: Call[] = [];
  readonly #keep: number;
  readonly #now: () => number;
  readonly #changes: Changes;
  #last = 0;

  constructor(keep: number, now: () => number, changes: Changes) {
    this.#keep = keep;
    this.#now = now;
    this.#changes = changes;
  }

  begin(begun: Begun): (answered: Answered) => void {
    this.#last += 1;
    const call: Call = {
      ...begun,
      id: this.#last,
      at: this.#now(),
      durationMs: null,
      status: null,
      response: null,
      error: null,
    };
    this.#calls.push(call);
    if (this.#calls.length > this.#keep) this.#calls.splice(0, this.#calls.length - this.#keep);
    this.#changes.emit({ kind: 'call' });
    return (answered) => {
      Object.assign(call, answered, { durationMs: this.#now() - call.at });
      this.#changes.emit({ kind: 'call' });
    };
  }

  /** Oldest first. */
  list(): readonly Call[] {
    return this.#calls;
  }

  clear(): void {
    this.#calls.length = 0;
  }
}
