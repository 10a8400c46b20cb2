/**
 * One running process of the product's planner, queue and drain, that can be stopped at any point. Started by
 * fleet.ts; its ticks come every second instead of every minute, as the quarantine lasts three instead of sixty.
 */
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import type { DrainQueue } from '#delivery/queue.ts';
import { openPostgres } from '#storage/postgres.ts';
import { composers } from '#test/delivery/composers.ts';
import { clientOptions } from '../../src/web-api.ts';
import { replacePost } from './controls.ts';
import type { ReplicaSettings } from './messages.ts';
import { drainAtOnce } from './no-queue.ts';
import { takeOrders, tell } from './stopping.ts';
import { tokenOf } from './teams.ts';

const settings = JSON.parse(process.env['FAULTS_REPLICA'] ?? '') as ReplicaSettings;
if (settings.control !== undefined) replacePost(settings.control);
const { createDelivery } = await import('#delivery/delivery.ts');
const { createQueue } = await import('#delivery/queue.ts');

const { business, apiUrl, quarantine, callTimeout } = settings;
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }, pino.destination({ fd: 2, sync: true }));
const stopping = takeOrders(settings);
const database = stopping.database(openPostgres(settings.databaseUrl));
const queue: DrainQueue = settings.queue ? createQueue(database.boss, log) : drainAtOnce();

const delivery = createDelivery(
  {
    clock: {
      now: () => business.start + (Date.now() - business.origin) * business.speed,
      machineNow: () => Date.now(),
      monotonic: () => performance.now(),
    },
    database,
    log,
    slack: {
      url: apiUrl,
      token: async (workspaceId) => tokenOf(workspaceId),
      refused: async () => {},
      client: (workspaceId) =>
        new WebClient(tokenOf(workspaceId), { ...clientOptions(apiUrl), timeout: 2_500 }),
    },
    wake: () => {},
    composers,
    quarantine,
    callTimeout,
    mayStillPost: stopping.mayStillPost,
  },
  queue,
);

await queue.start();
await delivery.start();
tell({ ready: true });
setInterval(() => {
  delivery.tick().catch((error: unknown) => log.error({ err: error }, 'a tick failed'));
}, 1_000);
