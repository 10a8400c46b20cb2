import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What an operator's Prometheus reads. A registry per application, so that tests do not share numbers. */
export interface Metrics {
  registry: Registry;
}

export function createMetrics(sources: { secondsSinceTick(): number | undefined }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'sideline_seconds_since_tick',
    help: 'Seconds since planning last finished; -1 before the first time, or where this process does not plan.',
    registers: [registry],
    collect() {
      this.set(sources.secondsSinceTick() ?? -1);
    },
  });
  return { registry };
}
