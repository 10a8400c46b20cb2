import { setTimeout as pause } from 'node:timers/promises';
import { type Call, withArguments } from '../proxy/call.ts';
import type { Client } from '../proxy/server.ts';
import { type Answer, contentOf, isAccepted, jsonAnswer, type Upstream } from '../proxy/upstream.ts';
import type { Delay, Fault } from './faults.ts';
import { type LoggedRequest, machineTime, type RequestLog } from './request-log.ts';

export interface Struck {
  readonly call: Call;
  readonly client: Client;
  readonly request: LoggedRequest;
  readonly log: RequestLog;
  readonly upstream: Upstream;
  /** From 0 up to 1: where in a range of delays this one lies. */
  readonly share: number;
  readonly mostItems: number | undefined;
  readonly closing: AbortSignal;
}

export async function passOn(struck: Struck): Promise<void> {
  answer(struck, await forward(struck));
}

export async function strike(fault: Fault, struck: Struck): Promise<void> {
  const { client } = struck;
  switch (fault.kind) {
    case 'away':
    case 'reset':
      return client.reset();
    case 'rate-limited':
      return answer(
        struck,
        jsonAnswer(
          429,
          { ok: false, error: 'ratelimited' },
          { 'retry-after': String(fault.retryAfterSeconds) },
        ),
      );
    case 'server-error':
      if (fault.accepted) await forward(struck);
      return answer(struck, {
        status: fault.status ?? 500,
        headers: { 'content-type': 'text/plain' },
        bytes: Buffer.from('Internal Server Error'),
      });
    case 'not-ok':
      if (fault.accepted) await forward(struck);
      return answer(struck, jsonAnswer(200, { ok: false, error: fault.error }));
    case 'answer-lost':
      await forward(struck);
      return client.drop();
    case 'accepted-late':
      if (fault.client === 'reset') client.reset();
      await wait(fault.after, struck);
      await forward(struck);
      return;
    case 'slow': {
      if (fault.before === 'acceptance') await wait(fault.delay, struck);
      const late = await forward(struck);
      if (fault.before === 'answer') await wait(fault.delay, struck);
      return answer(struck, late);
    }
  }
}

async function forward({ call, request, log, upstream, mostItems }: Struck): Promise<Answer> {
  const asked = Number(call.body['limit']);
  const forwarded =
    mostItems === undefined ? call : withArguments(call, { limit: Math.min(asked || mostItems, mostItems) });
  log.note(request, { forwardedAt: machineTime() });
  const came = await upstream.forward(forwarded);
  const content = contentOf(came);
  log.note(request, {
    upstream: { at: machineTime(), status: came.status, content },
    accepted: isAccepted(came.status, content),
  });
  return came;
}

function answer({ client, request, log }: Struck, told: Answer): void {
  const arrived = client.answer(told);
  if (!arrived) return;
  log.note(request, { answer: { at: machineTime(), status: told.status, content: contentOf(told) } });
}

async function wait(delay: Delay, { request, log, share, closing }: Struck): Promise<void> {
  log.note(request, { waiting: true });
  await (delay instanceof Promise
    ? delay
    : pause(milliseconds(delay, share), undefined, { signal: closing }));
  log.note(request, { waiting: false });
}

function milliseconds(delay: number | readonly [number, number], share: number): number {
  if (typeof delay === 'number') return delay;
  const [from, to] = delay;
  return from + (to - from) * share;
}
