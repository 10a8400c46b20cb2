import { addDays } from '#domain/time/civil.ts';
import { toInstant, toLocal } from '#domain/time/zone.ts';
import type { PageSandbox } from './parts.ts';
import type { Destination, GuidedJourney, Journey, JourneyReport, LiveEvent, Posted } from './protocol.ts';

const hour = 60 * 60_000;

/** How often the moving clock is shown. */
const glimpse = 60;

/** Whether what a journey of the guide goes to has been sent since it set out. */
export type HasArrived = (to: GuidedJourney, since: number) => Promise<boolean>;

/** One journey through business time after the other, told to everybody who looks. */
export class Journeys {
  #underWay: Journey | null = null;
  readonly #tell: (event: LiveEvent) => void;

  constructor(tell: (event: LiveEvent) => void) {
    this.#tell = tell;
  }

  get underWay(): Journey | null {
    return this.#underWay;
  }

  /** False while another one is under way. */
  begin(sandbox: PageSandbox, to: Destination, userId: string, hasArrived: HasArrived): boolean {
    if (this.#underWay !== null) return false;
    this.#underWay = { from: sandbox.clock.now(), to };
    this.#tell({ type: 'departed', journey: this.#underWay });
    void this.#travel(sandbox, this.#underWay, userId, hasArrived);
    return true;
  }

  async #travel(
    sandbox: PageSandbox,
    { from, to }: Journey,
    userId: string,
    hasArrived: HasArrived,
  ): Promise<void> {
    const { slack, clock } = sandbox;
    const posted = new Map<string, { channel: string; ts: string }>();
    // A message's ts is of machine time, so what is newer than now was posted on the way.
    const begun = (Date.now() / 1000).toFixed(6);
    const forget = slack.onChange(({ kind, channel, ts }) => {
      if (kind !== 'message' || channel === undefined || ts === undefined || ts < begun) return;
      posted.set(`${channel} ${ts}`, { channel, ts });
    });
    const glimpses = setInterval(() => this.#tell({ type: 'clock', now: clock.now() }), glimpse);
    let problem: string | null = null;
    try {
      await go(sandbox, to, userId, hasArrived);
      await slack.settled();
    } catch (error) {
      console.error('The journey broke off', error);
      problem = `The journey broke off: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      forget();
      clearInterval(glimpses);
      this.#underWay = null;
    }
    const report: JourneyReport = {
      from,
      to: clock.now(),
      messages: whatWentOut(sandbox, [...posted.values()]),
      problem,
    };
    this.#tell({ type: 'arrived', report });
  }
}

async function go(
  sandbox: PageSandbox,
  to: Destination,
  userId: string,
  hasArrived: HasArrived,
): Promise<void> {
  const { slack, clock } = sandbox;
  const now = clock.now();
  switch (to) {
    case 'next-message':
      await sandbox.travelToNextMessage();
      return;
    case 'hour':
      return sandbox.travelTo(now + hour);
    case 'tomorrow':
      return sandbox.travelTo(tomorrowMorning(now, slack.person(userId).me().tz));
    case 'week':
      return sandbox.travelTo(weekOn(now, slack.person(userId).me().tz));
    case 'day-30':
    case 'follow-up':
      return guidedTo(sandbox, to, hasArrived);
  }
}

function tomorrowMorning(now: number, zone: string): number {
  return toInstant({ date: addDays(toLocal(now, zone).date, 1), time: '09:00' }, zone);
}

/** A week later at the same time on the person's clock, whatever the zone did in between. */
function weekOn(now: number, zone: string): number {
  const { date, time } = toLocal(now, zone);
  return toInstant({ date: addDays(date, 7), time }, zone);
}

const sixWeeks = 6 * 7 * 24 * hour;

/** From message to message, until the one that the guide is about has been sent. */
async function guidedTo(sandbox: PageSandbox, to: GuidedJourney, hasArrived: HasArrived): Promise<void> {
  const { clock } = sandbox;
  const since = clock.now();
  const limit = since + sixWeeks;
  while (!(await hasArrived(to, since))) {
    const before = clock.now();
    await sandbox.travelToNextMessage();
    if (clock.now() > limit || clock.now() === before) break;
  }
}

function whatWentOut(sandbox: PageSandbox, posted: { channel: string; ts: string }[]): Posted[] {
  const { slack } = sandbox;
  const state = slack.snapshot();
  return posted.flatMap(({ channel: id, ts }) => {
    const channel = state.channels[id];
    const message = state.messages[id]?.find((one) => one.ts === ts);
    if (channel === undefined || message === undefined || !message.byApp) return [];
    const person = channel.kind === 'im' ? (channel.user ?? null) : null;
    const name = person === null ? `#${channel.name}` : (state.users[person]?.realName ?? person);
    return [
      {
        person,
        name,
        channel: id,
        ts,
        threadTs: message.threadTs ?? null,
        text: message.text,
        shownAt: message.shownAt,
      },
    ];
  });
}
