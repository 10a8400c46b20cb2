import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from '#delivery/meter.ts';
import type { Backlog } from '#storage/backlog.ts';

/** What an operator's Prometheus reads. A registry per application, so that tests do not share numbers. */
export interface Metrics {
  registry: Registry;
  meter: Meter;
}

export interface MetricsSources {
  secondsSinceTick(): number | undefined;
  /** What waits in the database, for all processes; undefined where it cannot be reached. */
  backlog(): Promise<Backlog | undefined>;
}

export function createMetrics(sources: MetricsSources): Metrics {
  const registry = new Registry();
  addMetricsOfProcess(registry);
  new Gauge({
    name: 'sideline_seconds_since_tick',
    help: 'Seconds since planning last finished; -1 before the first time, or where this process does not plan.',
    registers: [registry],
    collect() {
      this.set(sources.secondsSinceTick() ?? -1);
    },
  });
  gaugeBacklog(registry, sources);
  return { registry, meter: createMeter(registry) };
}

let ofProcess: Registry | undefined;

/** Node's own. They are watched for as long as the process runs, so once, however many applications run in it. */
function addMetricsOfProcess(registry: Registry): void {
  if (ofProcess === undefined) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  for (const { name } of ofProcess.getMetricsAsArray()) {
    const metric = ofProcess.getSingleMetric(name);
    if (metric !== undefined) registry.registerMetric(metric);
  }
}

const waiting = ['due', 'posting', 'uncertain'] as const;

function gaugeBacklog(registry: Registry, sources: MetricsSources): void {
  const registers = [registry];
  let asking: Promise<Backlog | undefined> | undefined;
  /** All gauges of one scrape are collected at once, and ask once. */
  const ask = (): Promise<Backlog | undefined> => {
    asking ??= sources.backlog().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  new Gauge({
    name: 'sideline_deliveries_waiting',
    help: 'Messages in the database: due and not sent, being posted, or of unclear end.',
    labelNames: ['state'],
    registers,
    // What is not known is left out rather than shown as it was.
    async collect() {
      const backlog = await ask();
      this.reset();
      if (backlog === undefined) return;
      for (const state of waiting) this.set({ state }, backlog[state]);
    },
  });
  new Gauge({
    name: 'sideline_deliveries_oldest_due_seconds',
    help: 'How long the oldest message that is due and may go out has waited.',
    registers,
    async collect() {
      setOrLeaveOut(this, (await ask())?.oldestDue);
    },
  });
  new Gauge({
    name: 'sideline_planner_lag_seconds',
    help: 'By how much planning is late: the age of the oldest thing that should have been planned. 0 is in time.',
    registers,
    async collect() {
      setOrLeaveOut(this, (await ask())?.plannerLag);
    },
  });
}

function setOrLeaveOut(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove();
  else gauge.set(value);
}

/** From a second to four hours: a message is in time within its minute, and late after its hour. */
const lateness = [1, 5, 15, 30, 60, 120, 300, 900, 3600, 14_400];

/** Slack's own words for an error; whatever else a broken connection may say is one kind. */
const isKind = /^[a-z0-9_]{1,50}$/i;

function createMeter(registry: Registry): Meter {
  const registers = [registry];
  const planned = new Counter({
    name: 'sideline_occurrences_planned_total',
    help: 'Occurrences of duties that were made, a week ahead.',
    registers,
  });
  const fellDue = new Counter({
    name: 'sideline_occurrences_due_total',
    help: 'Occurrences that fell due.',
    registers,
  });
  const ended = new Counter({
    name: 'sideline_occurrences_ended_total',
    help: 'Occurrences that planning ended: expired, or excused. What people do themselves is not among them.',
    labelNames: ['end'],
    registers,
  });
  const settled = new Counter({
    name: 'sideline_deliveries_total',
    help: 'Messages by what became of them: delivered, folded into a card, dropped, or of unclear end for now.',
    labelNames: ['kind', 'end'],
    registers,
  });
  const late = new Histogram({
    name: 'sideline_delivery_lateness_seconds',
    help: 'How long after its moment a message was delivered.',
    labelNames: ['kind'],
    buckets: lateness,
    registers,
  });
  const answers = new Counter({
    name: 'sideline_slack_answers_total',
    help: 'Calls to Slack by method and answer; ok where it took them.',
    labelNames: ['method', 'answer'],
    registers,
  });
  return {
    planned({ occurrences, fellDue: due, expired, excused }) {
      planned.inc(occurrences);
      fellDue.inc(due);
      ended.inc({ end: 'expired' }, expired);
      ended.inc({ end: 'excused' }, excused);
    },
    settled({ kind, to, late: seconds }) {
      settled.inc({ kind, end: to });
      if (seconds !== undefined) late.observe({ kind }, Math.max(0, seconds));
    },
    answered(method, answer) {
      answers.inc({ method, answer: isKind.test(answer) ? answer : 'other' });
    },
  };
}
