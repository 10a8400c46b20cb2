import { randomUUID } from 'node:crypto';
import type { CallLog } from '../calls.ts';
import { postToApp, verifyUrl } from './http.ts';
import type { Ack, Push } from './push.ts';
import type { SocketHub } from './socket-mode.ts';

/** The way to the app: Socket Mode while a connection is open, else the request URL given to connect(). */
export class AppLink {
  readonly #calls: CallLog;
  readonly #sockets: SocketHub;
  readonly #signingSecret: string;
  readonly #ackTimeoutMs: number;
  readonly #now: () => number;
  readonly #underway = new Set<Promise<unknown>>();
  #url: string | null = null;

  constructor(given: {
    calls: CallLog;
    sockets: SocketHub;
    signingSecret: string;
    ackTimeoutMs: number;
    now: () => number;
  }) {
    this.#calls = given.calls;
    this.#sockets = given.sockets;
    this.#signingSecret = given.signingSecret;
    this.#ackTimeoutMs = given.ackTimeoutMs;
    this.#now = given.now;
  }

  connectHttp(url: string | null): void {
    this.#url = url;
  }

  /** Whether the request URL answers as Slack wants before it accepts it. */
  verify(): Promise<boolean> {
    if (this.#url === null) return Promise.resolve(false);
    return verifyUrl({
      url: this.#url,
      challenge: randomUUID(),
      signingSecret: this.#signingSecret,
      seconds: Math.floor(this.#now() / 1000),
    });
  }

  get connected(): 'socket' | 'http' | null {
    if (this.#sockets.open > 0) return 'socket';
    return this.#url === null ? null : 'http';
  }

  push(push: Push): Promise<Ack> {
    const pushed = this.#push(push);
    this.track(pushed);
    return pushed;
  }

  track(work: Promise<unknown>): void {
    this.#underway.add(work);
    work.then(
      () => this.#underway.delete(work),
      () => this.#underway.delete(work),
    );
  }

  /** Resolves when everything sent to the app has been answered or given up. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.allSettled([...this.#underway]);
  }

  async #push(push: Push): Promise<Ack> {
    const via = this.connected;
    const done = this.#calls.begin({
      direction: 'to app',
      kind: push.kind,
      method: push.method,
      via: via ?? 'http',
      request: push.payload,
    });
    const ack = await this.#send(push, via);
    done({
      status: ack.status,
      response: ack.ok ? ack.body : null,
      ...(ack.ok ? {} : { error: ack.reason }),
    });
    return ack;
  }

  #send(push: Push, via: 'socket' | 'http' | null): Promise<Ack> {
    if (via === 'socket') return this.#sockets.send(push, this.#ackTimeoutMs);
    if (this.#url === null) return Promise.resolve({ ok: false, reason: 'not connected', status: null });
    return postToApp({
      url: this.#url,
      push,
      signingSecret: this.#signingSecret,
      seconds: Math.floor(this.#now() / 1000),
      timeoutMs: this.#ackTimeoutMs,
    });
  }
}
