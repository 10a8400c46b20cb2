import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Changes } from '../changes.ts';
import type { Ack, Push } from './push.ts';

const PING_MS = 10_000;
const FAREWELL_MS = 500;

const answer = z.looseObject({ envelope_id: z.string(), payload: z.unknown().optional() });

interface Waiting {
  socket: WebSocket;
  settle: (ack: Ack) => void;
}

const ENVELOPE = {
  command: 'slash_commands',
  interactive: 'interactive',
  options: 'interactive',
  event: 'events_api',
};

/** Closes in the orderly way, so that a client which is leaving too sees no error. */
function farewell(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const impatient = setTimeout(() => socket.terminate(), FAREWELL_MS);
    socket.once('close', () => {
      clearTimeout(impatient);
      resolve();
    });
    socket.close(1001);
  });
}

export class SocketHub {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #sockets: WebSocket[] = [];
  readonly #waiting = new Map<string, Waiting>();
  readonly #appId: string;
  readonly #changes: Changes;
  readonly #pings: NodeJS.Timeout;
  #turn = 0;

  constructor(appId: string, changes: Changes) {
    this.#appId = appId;
    this.#changes = changes;
    this.#pings = setInterval(() => {
      for (const socket of this.#sockets) socket.ping();
    }, PING_MS);
    this.#pings.unref();
  }

  get open(): number {
    return this.#sockets.length;
  }

  /** A ticket opens one connection. */
  issueTicket(): string {
    const ticket = randomBytes(16).toString('hex');
    this.#tickets.add(ticket);
    return ticket;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket');
    if (ticket === null || !this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#welcome(opened));
  }

  send(push: Push, timeoutMs: number): Promise<Ack> {
    const socket = this.#sockets[this.#turn++ % this.#sockets.length];
    if (!socket) return Promise.resolve({ ok: false, status: null, reason: 'not connected' });
    const id = randomUUID();
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ ok: false, status: null, reason: 'timeout' }), timeoutMs);
      const settle = (ack: Ack) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(ack);
      };
      this.#waiting.set(id, { socket, settle });
      socket.send(JSON.stringify(this.#envelope(id, push)));
    });
  }

  /** Tells every connection, or the oldest only, to come back on a new one, as Slack does every few hours. */
  disconnect(which: 'all' | 'oldest' = 'all', reason = 'refresh_requested'): void {
    for (const socket of which === 'all' ? [...this.#sockets] : this.#sockets.slice(0, 1)) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local-slack' } }));
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#pings);
    await Promise.all(this.#sockets.map(farewell));
    this.#server.close();
  }

  #envelope(id: string, push: Push): object {
    return {
      envelope_id: id,
      type: ENVELOPE[push.kind],
      accepts_response_payload: push.kind !== 'event',
      payload: push.payload,
      ...(push.kind === 'event'
        ? { retry_attempt: push.retry?.attempt ?? 0, retry_reason: push.retry?.reason ?? '' }
        : {}),
    };
  }

  #welcome(socket: WebSocket): void {
    this.#sockets.push(socket);
    socket.on('message', (data) => this.#acknowledged(String(data)));
    socket.on('close', () => this.#gone(socket));
    socket.on('error', () => socket.terminate());
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#sockets.length,
        debug_info: { host: 'local-slack', build_number: 1, approximate_connection_time: 18060 },
        connection_info: { app_id: this.#appId },
      }),
    );
    this.#changes.emit({ kind: 'connection' });
  }

  #acknowledged(text: string): void {
    const read = answer.safeParse(JSON.parse(text));
    if (!read.success) return;
    this.#waiting
      .get(read.data.envelope_id)
      ?.settle({ ok: true, status: 200, body: read.data.payload ?? '' });
  }

  #gone(socket: WebSocket): void {
    this.#sockets.splice(this.#sockets.indexOf(socket), 1);
    for (const waiting of [...this.#waiting.values()]) {
      if (waiting.socket === socket) waiting.settle({ ok: false, status: null, reason: 'not connected' });
    }
    this.#changes.emit({ kind: 'connection' });
  }
}
