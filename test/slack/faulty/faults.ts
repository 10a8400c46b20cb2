/** Milliseconds; a range to draw from; or until something happens. */
export type Delay = number | readonly [from: number, to: number] | Promise<unknown>;

export type Fault =
  /** 429 with Retry-After; not forwarded. */
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number }
  /** A status of 500 or the like, from before or from after the work was done. */
  | { readonly kind: 'server-error'; readonly accepted: boolean; readonly status?: number }
  /** `ok: false`. Slack says that `fatal_error` and `internal_error` may have partly succeeded. */
  | { readonly kind: 'not-ok'; readonly error: string; readonly accepted: boolean }
  /** The connection breaks; not forwarded. */
  | { readonly kind: 'reset' }
  /** Forwarded and accepted, then the socket closes. */
  | { readonly kind: 'answer-lost' }
  /** The client is cut off at once (or left waiting for ever); the call arrives afterwards all the same. */
  | { readonly kind: 'accepted-late'; readonly after: Delay; readonly client: 'reset' | 'silence' }
  /** Everything arrives, late: the call, or only the answer. */
  | { readonly kind: 'slow'; readonly delay: Delay; readonly before: 'acceptance' | 'answer' }
  /** Nobody is there. */
  | { readonly kind: 'away' };

export interface Chance {
  readonly probability: number;
  readonly fault: Fault;
}

/** By method; `*` stands for those that are not named. */
export type FaultPlan = Readonly<Record<string, readonly Chance[]>>;
