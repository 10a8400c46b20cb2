/**
 * Sends signed requests, as a process of its own. In a closed loop each connection sends the next request when it has
 * the answer; in an open one requests leave at their time whatever the answers do, and what they wait counts.
 */

import { Agent, request } from 'node:http';
import { bodyOf, headersOf, type RequestKind } from '../slack-requests.ts';

export interface LoadOrder {
  url: string;
  kind: RequestKind;
  run: string;
  reps: number;
  seconds: number;
  /** Requests a second; without it, as many as go through. */
  rate?: number;
}

export interface LoadResult {
  answered: number;
  /** Answered, but with an apology instead of what was asked. */
  refused: number;
  /** Without those. */
  perSecond: number;
  /** In milliseconds, from the moment at which it was to be sent. */
  p50: number;
  p99: number;
}

const connections = 16;
/** Slack's own: who is not served has waited in vain, and counts as having waited that long. */
const patience = 3_000;

/** How long an open loop is waited for after its time. */
const grace = 5_000;

const apologies = /did not work just now|could not be saved just now/;

/** More than this at once wait here, as they would before a balancer; the wait counts. */
const mostConnections = 128;

let agent = new Agent();
/** What still comes of requests after their run is of no interest. */
let over = false;
/** Each kind of failure is told once. */
const told = new Set<string>();

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });

async function run(order: LoadOrder): Promise<LoadResult> {
  over = false;
  agent = new Agent({ keepAlive: true, maxSockets: mostConnections });
  const latencies: number[] = [];
  const began = performance.now();
  const until = began + order.seconds * 1000;
  let sent = 0;
  let refused = 0;
  let unanswered = 0;
  const one = async (due: number): Promise<void> => {
    const number = sent;
    sent += 1;
    const served = await send(order, bodyOf(order.kind, order.run, number, order.reps));
    if (!served) refused += 1;
    latencies.push(served ? performance.now() - due : Math.max(patience, performance.now() - due));
  };
  if (order.rate === undefined) {
    const loop = async (): Promise<void> => {
      while (performance.now() < until) await one(performance.now());
    };
    await Promise.all(Array.from({ length: connections }, loop));
  } else {
    const sending = openLoop(order.rate, began, until, one);
    await Promise.race([
      sending,
      new Promise((resolve) => setTimeout(resolve, order.seconds * 1000 + grace)),
    ]);
    // Whoever has no answer by now has waited in vain.
    unanswered = sent - latencies.length;
    for (let one = 0; one < unanswered; one += 1) latencies.push(patience);
  }
  const seconds = (performance.now() - began) / 1000;
  refused += unanswered;
  over = true;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  const perSecond = (latencies.length - refused) / seconds;
  return { answered: latencies.length, refused, perSecond, p50: at(0.5), p99: at(0.99) };
}

async function openLoop(
  rate: number,
  began: number,
  until: number,
  one: (due: number) => Promise<void>,
): Promise<void> {
  const underway: Promise<void>[] = [];
  for (let number = 0; began + (number / rate) * 1000 < until; ) {
    while (began + (number / rate) * 1000 <= performance.now() && began + (number / rate) * 1000 < until) {
      underway.push(one(began + (number / rate) * 1000));
      number += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underway);
}

/** Says whether it was served. Under too much load a connection may break: that is not being served, and is told. */
function send({ url }: LoadOrder, body: string): Promise<boolean> {
  return new Promise((resolve) => {
    const notServed = (why: string): void => {
      if (!over && !told.has(why)) console.error(`${url}: ${why}`);
      told.add(why);
      resolve(false);
    };
    const sending = request(url, { method: 'POST', agent, headers: headersOf(body) }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        answer += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(!apologies.test(answer));
        else notServed(`${response.statusCode} ${answer.slice(0, 300)}`);
      });
    });
    sending.on('error', (error) => notServed(error.message));
    sending.end(body);
  });
}
