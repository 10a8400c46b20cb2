import { pino } from 'pino';
import { createDelivery, type Delivery } from '#delivery/delivery.ts';
import type { DrainQueue } from '#delivery/queue.ts';
import type { DeliveryContext } from '#delivery/settings.ts';
import type { Clock } from '#domain/clock.ts';
import { defaultQuarantine } from '#domain/delivery.ts';
import { composers } from '#slack/features.ts';
import type { Database } from '#storage/database.ts';
import { singleWorkspaceApi } from '../src/web-api.ts';

export interface WorkerOptions {
  database: Database;
  clock: Clock;
  /** Where nothing is sent, none is needed. */
  slackUrl?: string;
  queue?: DrainQueue;
}

/** What a worker is made of, without the surfaces around it. */
export function createWorker({ database, clock, slackUrl, queue = noQueue }: WorkerOptions): Delivery {
  const context: DeliveryContext = {
    clock,
    database,
    log: pino({ level: 'error' }),
    slack: singleWorkspaceApi(slackUrl ?? 'http://127.0.0.1:9/api/', 'xoxb-bench'),
    wake: () => {},
    composers,
    quarantine: defaultQuarantine,
    callTimeout: 10_000,
  };
  return createDelivery(context, queue);
}

const noQueue: DrainQueue = {
  start: async () => {},
  hint: async () => {},
  work: async () => {},
  stop: async () => {},
};
