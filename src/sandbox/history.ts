import { weekdayOf } from '#domain/time/civil.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { importPeople } from '#services/import-people.ts';
import { setSlots } from '#services/set-slot.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import type { Application } from '../application.ts';
import { chanceOf } from './chance.ts';
import { talk } from './conversations.ts';
import type { LocalSlack } from './local-slack/local-slack.ts';
import { type Deed, day, type PastTeam, week } from './past/deed.ts';
import { observedCallDeeds } from './past/observed-calls.ts';
import { oneOnOneDeeds } from './past/one-on-ones.ts';
import { practiceDeeds } from './past/practice.ts';
import { trainingDeeds } from './past/training.ts';
import { weeklyDeeds } from './past/weeks.ts';
import { enablementChannel, peopleFile, team } from './team.ts';
import { type Traveller, travelTo } from './travel.ts';

/** Thursday at 16:00 in New York, when Sam's 1:1 with Dana has just ended. */
export const sandboxStart = Date.parse('2026-06-11T20:00:00Z');

/** Four months of it are past. */
const weeksLived = 17;

export const historyStart = sandboxStart - weeksLived * week;

/** Chooses among the made-up conversations, unless a visitor wants others. */
export const usualSeed = 1;

interface Past extends Traveller {
  application: Application;
  slack: LocalSlack;
}

/**
 * Makes the past by running the product on it, from its start in the workspace to today. Nothing is inserted:
 * what was asked, answered, logged, missed and excused came about as it does for everybody.
 */
export async function liveThroughHistory(
  past: Past,
  { seed, until = sandboxStart }: { seed: number; until?: number },
): Promise<void> {
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
    if (at > until) break;
    clock.travelTo(at);
    await past.delivery.catchUp({ unwatched: true });
    for (const deed of deeds.filter((one) => one.at > last && one.at <= at)) await deed.run();
    last = at;
  }
  readEverything(past.slack);
  await travelTo(past, until);
}

/** What is unread in the sandbox is what has just come, not four months of it. */
function readEverything(slack: LocalSlack): void {
  for (const { id } of team) {
    const person = slack.person(id);
    for (const conversation of person.conversations()) person.markRead(conversation.id);
  }
}

/** When somebody's card or prompt is due, in minutes of a UTC day: mornings in Tokyo, London, New York, evenings there. */
const looks = [5, 8 * 60 + 5, 13 * 60 + 5, 20 * 60 + 35];

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
  // So that nothing of the last day is left undone.
  yield sandboxStart - 30 * 60_000;
}

function deedsOf(application: Application, slack: LocalSlack, seed: number): Deed[] {
  const kinds = [oneOnOneDeeds, observedCallDeeds, trainingDeeds, practiceDeeds, weeklyDeeds];
  // A chance of its own for each, so that a change to one leaves the others as they were.
  const pastOf = (index: number): PastTeam => ({
    application,
    slack,
    chance: chanceOf(seed * 10 + index),
    begins: historyStart,
    ends: sandboxStart,
  });
  const deeds = [...kinds.flatMap((make, index) => make(pastOf(index))), ...talkDeeds(slack)];
  return deeds.sort((one, other) => one.at - other.at);
}

function talkDeeds(slack: LocalSlack): Deed[] {
  return talk.map(({ who, weeksAgo, text }) => ({
    at: sandboxStart - weeksAgo * week,
    run: async () => {
      slack.person(who).say(enablementChannel, text);
    },
  }));
}
