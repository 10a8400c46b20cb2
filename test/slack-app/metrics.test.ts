import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shutDatabase } from '#test/storage/outage.ts';
import { startWorld, type World } from '#test/world.ts';

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/New_York', role: 'rep', manager: 'Dana' },
];

describe('/metrics', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ now: '2026-03-02T13:00:00Z', team });
  });
  afterAll(() => world.close());

  /** The value of one line, by its name and labels as Prometheus writes them. */
  async function values(): Promise<(line: string) => number | undefined> {
    const response = await fetch(`http://127.0.0.1:${world.application.port}/metrics`);
    const lines = (await response.text()).split('\n').filter((line) => line.startsWith('sideline_'));
    const byName = new Map(
      lines.map((line): [string, number] => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
    );
    return (line) => byName.get(line);
  }

  test('tell what fell due, what was delivered and how late, and what Slack answered', async () => {
    await world.travelTo('2026-03-06T15:00:00Z');
    const value = await values();
    const delivered = value('sideline_deliveries_total{kind="card",end="delivered"}') ?? 0;
    expect(delivered).toBeGreaterThan(1);
    expect(value('sideline_occurrences_due_total')).toBeGreaterThan(1);
    expect(value('sideline_occurrences_planned_total')).toBeGreaterThan(1);
    expect(value('sideline_delivery_lateness_seconds_count{kind="card"}')).toBe(delivered);
    expect(value('sideline_delivery_lateness_seconds_bucket{le="1",kind="card"}')).toBe(delivered);
    expect(
      value('sideline_slack_answers_total{method="chat.postMessage",answer="ok"}'),
    ).toBeGreaterThanOrEqual(delivered);
    expect(value('sideline_slack_answers_total{method="conversations.open",answer="ok"}')).toBe(2);
    expect(value('sideline_deliveries_waiting{state="due"}')).toBe(0);
    expect(value('sideline_planner_lag_seconds')).toBe(0);
  });

  test('tell what expired', async () => {
    await world.travelTo('2026-03-13T13:00:00Z');
    expect((await values())('sideline_occurrences_ended_total{end="expired"}')).toBeGreaterThan(0);
  });

  test('tell what waits in the database, and how late planning is', async () => {
    const minutesAgo = (minutes: number): Date => new Date(world.clock.now() - minutes * 60_000);
    const { owner } = world.database;
    await sql`
      update delivery set state = 'uncertain', settled_at = null, channel = 'D1', intent_at = ${new Date()}
      where delivery_id = (select delivery_id from delivery where state = 'delivered' limit 1)`.execute(
      owner,
    );
    await sql`
      update delivery set state = 'pending', settled_at = null, reason = null, due_at = ${minutesAgo(3)}
      where delivery_id = (select delivery_id from delivery where state = 'delivered' limit 1)`.execute(
      owner,
    );
    await sql`update cadence set plan_at = ${minutesAgo(10)} where plan_at is not null`.execute(owner);
    const value = await values();
    expect(value('sideline_deliveries_waiting{state="uncertain"}')).toBe(1);
    expect(value('sideline_deliveries_waiting{state="due"}')).toBe(1);
    expect(value('sideline_deliveries_oldest_due_seconds')).toBe(180);
    expect(value('sideline_planner_lag_seconds')).toBe(600);
  });

  test('are there without the database, less what only it knows', async () => {
    const comeBack = await shutDatabase(world.database.url ?? '');
    const value = await values();
    await comeBack();
    expect(value('sideline_seconds_since_tick')).toBeDefined();
    expect(value('sideline_occurrences_due_total')).toBeGreaterThan(1);
    expect(value('sideline_deliveries_waiting{state="due"}')).toBeUndefined();
    expect(value('sideline_planner_lag_seconds')).toBeUndefined();
  });
});
