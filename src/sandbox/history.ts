import { occurrencesBetween, type Rule } from '#domain/recurrence.ts';
import { weekdayOf } from '#domain/time/civil.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { importPeople } from '#services/import-people.ts';
import { setSlots } from '#services/set-slot.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import type { Application } from '../application.ts';
import { type Chance, chanceOf } from './chance.ts';
import { talk } from './conversations.ts';
import type { LocalSlack } from './local-slack/local-slack.ts';
import { logAsManager, prepareAsRep, waitingOccurrence } from './past-deeds.ts';
import { dana, peopleFile, sam, type TeamMember, team } from './team.ts';
import { type Traveller, travelTo } from './travel.ts';

/** Thursday at 16:00 in New York, when Sam's 1:1 with Dana has just ended. */
export const sandboxStart = Date.parse('2026-06-11T20:00:00Z');

const day = 24 * 60 * 60_000;
const week = 7 * day;

/** Four months of it are past. */
const weeksLived = 17;

export const historyStart = sandboxStart - weeksLived * week;

interface Past extends Traveller {
  application: Application;
  slack: LocalSlack;
}

interface Deed {
  at: number;
  run(): Promise<void>;
}

/**
 * Makes the past by running the product on it, from its start in the workspace to today. Nothing is inserted:
 * what was asked, answered, logged, missed and excused came about as it does for everybody.
 */
export async function liveThroughHistory(past: Past, { seed }: { seed: number }): Promise<void> {
  const { clock } = past;
  // Nobody waits for an answer in the past: it is sent at the next stop, not at once through the queue.
  const application = { ...past.application, context: { ...past.application.context, wake: () => {} } };
  const { context, workspaceId } = application;
  const client = context.slack.client(workspaceId);
  const imported = await importPeople({ ...context, client }, workspaceId, peopleFile());
  if (!imported.ok) throw new Error(`the sandbox's people were refused: ${JSON.stringify(imported.problem)}`);
  for (const { id, manager, slot } of team) {
    if (manager === undefined || slot === undefined) continue;
    const { weekday, time, everyWeeks } = slot;
    const rhythm = everyWeeks === 2 ? '2' : '1';
    const change = { slot: { weekday, time, rhythm } as const, pause: null };
    await setSlots(context, workspaceId, manager, [{ repId: id, change }]);
  }
  await startWorkspace(context, workspaceId);

  // The past is lived hour of interest by hour of interest, not instant by instant: nobody watches.
  const deeds = deedsOf(application, past.slack, seed);
  let last = clock.now();
  for (const at of stops()) {
    clock.travelTo(at);
    await past.delivery.catchUp({ unwatched: true });
    for (const deed of deeds.filter((one) => one.at > last && one.at <= at)) await deed.run();
    last = at;
  }
  readEverything(past.slack);
  await travelTo(past, sandboxStart);
}

/** What is unread in the sandbox is what has just come, not four months of it. */
function readEverything(slack: LocalSlack): void {
  for (const { id } of team) {
    const person = slack.person(id);
    for (const conversation of person.conversations()) person.markRead(conversation.id);
  }
}

/** When somebody's morning questions or afternoon prompts are due, in minutes of a UTC day. */
const looks = [30, 8 * 60 + 30, 15 * 60 + 35, 20 * 60 + 35];

function* stops(): Generator<number> {
  for (
    let midnight = startOfDay(toLocal(historyStart, 'UTC').date, 'UTC');
    midnight < sandboxStart;
    midnight += day
  ) {
    if (weekdayOf(toLocal(midnight, 'UTC').date) > 5) continue;
    for (const look of looks) {
      const at = midnight + look * 60_000;
      if (at > historyStart && at < sandboxStart) yield at;
    }
  }
}

function deedsOf(application: Application, slack: LocalSlack, seed: number): Deed[] {
  const chance = chanceOf(seed);
  const zones = new Map(team.map((one) => [one.id, one.zone]));
  const deeds: Deed[] = [];
  for (const rep of team) {
    if (rep.slot === undefined || rep.manager === undefined) continue;
    const zone = zones.get(rep.manager) ?? 'UTC';
    for (const due of slotsOf(rep, zone)) {
      const pair = { managerId: rep.manager, repId: rep.id };
      const isLast = rep.id === sam && due > sandboxStart - day;
      if (isLast || chance.happens(0.6)) {
        deeds.push({ at: due - 6 * 3_600_000, run: () => prepareAsRep(application, rep.id, chance, isLast) });
      }
      if (isLast) continue;
      const weeksAgo = (sandboxStart - due) / week;
      if (!chance.happens(diligence(rep.manager))) {
        if (chance.happens(0.3)) deeds.push(...lateLog(application, pair, chance, due));
        continue;
      }
      const before = rep.id === sam && due > sandboxStart - 8 * day;
      deeds.push({
        at: due + chance.between(40, 180) * 60_000,
        run: () => logAsManager(application, pair, chance, { weeksAgo, before }),
      });
    }
  }
  deeds.push(
    ...talk.map(({ who, weeksAgo, text }) => ({
      at: sandboxStart - weeksAgo * week,
      run: async () => {
        slack.person(who).say('C0ENABLEMENT', text);
      },
    })),
  );
  return deeds.sort((one, other) => one.at - other.at);
}

/** Some are written down only after the next has fallen due. */
function lateLog(
  application: Application,
  pair: { managerId: string; repId: string },
  chance: Chance,
  due: number,
): Deed[] {
  let late: string | undefined;
  return [
    {
      at: due + 60 * 60_000,
      run: async () => {
        late = await waitingOccurrence(application, pair);
      },
    },
    {
      at: due + week + 30 * 60_000,
      run: () =>
        logAsManager(application, pair, chance, {
          weeksAgo: (sandboxStart - due) / week,
          before: false,
          late,
        }),
    },
  ];
}

/** Not every 1:1 gets logged, and a new manager has yet to find the habit. */
const diligence = (managerId: string): number =>
  managerId === dana ? 0.92 : managerId === 'U0JONAS' ? 0.6 : 0.82;

/** When the pair met, by the rule its cadence has. */
function slotsOf({ slot }: TeamMember, zone: string): number[] {
  if (slot === undefined) return [];
  const rule: Rule = {
    kind: 'weekly',
    weekday: slot.weekday,
    time: slot.time,
    interval: slot.everyWeeks,
    anchor: toLocal(historyStart, zone).date,
  };
  return occurrencesBetween(rule, zone, historyStart, sandboxStart - 1).map((one) => one.due);
}
