import { DateTime } from 'luxon';
import { broken, type Model } from './model.ts';
import { type Side, type Step, takeSteps } from './model-ledger.ts';
import { personOf, workDay } from './model-people.ts';
import type { StoredPost } from './model-slack.ts';
import type { World } from './model-world.ts';

const ways: Record<Step['what'], Record<string, readonly string[]>> = {
  occurrence: {
    planned: ['due', 'done', 'excused', 'expired'],
    due: ['done', 'excused', 'expired'],
    done: [],
    excused: [],
    expired: [],
  },
  delivery: {
    pending: ['posting', 'folded', 'dropped'],
    posting: ['delivered', 'uncertain', 'pending', 'dropped'],
    uncertain: ['delivered', 'pending', 'dropped'],
    delivered: [],
    folded: [],
    dropped: [],
  },
};
const beginnings = { occurrence: 'planned', delivery: 'pending' };

const quarantine = 60_000;
/** The fence holds a post back that is older than this. */
export const fenceFalls = quarantine / 2;

/** After each command: all that has been written and posted since the last. */
export async function observe(model: Model, world: World, thawed = false): Promise<void> {
  const { clock, slack } = world;
  for (const step of await takeSteps(world.database)) follow(model, step, clock.machineNow());
  for (const post of slack.posts.slice(model.seen.length)) {
    judge(model, post, thawed);
    model.seen.push(post);
  }
}

export function follow(model: Model, step: Step, machineNow: number): void {
  const { what, id, before, after } = step;
  if (after === null) broken(`a ${what} is gone`, step);
  const known = model.states.get(id);
  if (before === null) {
    if (known !== undefined || model.names.has(`${what} ${after.name}`)) broken(`a second ${what}`, step);
    if (after.state !== beginnings[what]) broken(`a ${what} that does not begin at its beginning`, step);
    model.names.add(`${what} ${after.name}`);
  } else {
    if (known?.state !== before.state) broken(`a ${what} that was otherwise before`, step, known);
    if (after.name !== before.name) broken(`a ${what} under another name`, step);
    if (after.state !== before.state && ways[what][before.state]?.includes(after.state) !== true) {
      broken(`a ${what} went from ${before.state} to ${after.state}`, step);
    }
    if ((after.fence ?? 0) < (before.fence ?? 0)) broken('a fence fell', step);
  }
  if (what === 'occurrence' && before !== null && before.at !== after.at) model.moved.add(id);
  if (what === 'delivery' && after.state === 'posting' && before?.state === 'pending') {
    if (after.fence !== (before.fence ?? 0) + 1) broken('an intent without a fence of its own', step);
    const { times } = model.intents.get(after.key ?? '') ?? { times: 0 };
    model.intents.set(after.key ?? '', { times: times + 1, name: after.name });
    model.takers.set(after.key ?? '', model.actor);
  }
  if (what === 'delivery' && before?.state === 'posting') followTaken(model, step, before, after, machineNow);
  if (before?.state === 'uncertain' && after.state === 'pending') {
    if (machineNow - (after.at ?? 0) < quarantine) broken('taken for missing before the quarantine', step);
  }
  model.states.set(id, after);
}

/** What somebody is posting is theirs to settle, or else, after the quarantine, whoever's who raises the fence. */
function followTaken(model: Model, step: Step, before: Side, after: Side, machineNow: number): void {
  if (after.fence === before.fence) {
    const taker = model.takers.get(after.key ?? '');
    if (taker !== model.actor) broken('settled by somebody who has not taken it', step);
  } else if (machineNow - (before.at ?? 0) < quarantine) {
    broken('taken from somebody within the quarantine', step);
  }
}

/** What Slack took: once, by intent, to somebody who may get it now. */
function judge(model: Model, post: StoredPost, thawed: boolean): void {
  const intent = model.intents.get(post.key);
  if (intent === undefined) broken('posted without an intent', post);
  if (model.seen.some(({ key }) => key === post.key)) broken('posted twice', post, intent);
  // Whoever had decided before has as long as the fence stands.
  const grace = thawed ? fenceFalls : 0;
  const holds = (since: number | undefined): boolean => since !== undefined && since + grace <= post.at;

  const { receiverId, at } = post;
  if (!model.started) broken('posted before the start', post);
  if (holds(model.paused)) broken('posted while paused', post);
  if (holds(model.inactive.get(receiverId))) broken('posted to somebody who is deactivated', post);
  const { zone, budget } = personOf(receiverId);
  if (![at, at - grace].some((instant) => isAtWork(instant, zone)))
    broken('posted outside working time', post);
  const day = dayOf(post);
  const away = model.away.find(
    (one) => one.personId === receiverId && one.firstDay <= day && day <= one.lastDay && holds(one.since),
  );
  if (away !== undefined) broken('posted to somebody who is away', post, away);

  const others = model.seen.filter((one) => one.receiverId === receiverId);
  const sameDay = others.filter((one) => dayOf(one) === day);
  const kind = kindOf(intent.name);
  const twin = sameDay.find((one) => kindOf(model.intents.get(one.key)?.name ?? '') === kind);
  if (twin !== undefined) broken(`a second ${kind} on one day`, post, twin);
  if (sameDay.length >= budget.perDay) broken('more than the budget of a day', post, sameDay);
  const sameWeek = others.filter((one) => weekOf(one) === weekOf(post));
  if (sameWeek.length >= budget.perWeek) broken('more than the budget of a week', post, sameWeek);
}

const kindOf = (name: string): string => name.split('/')[0] ?? '';

const local = (instant: number, zone: string): DateTime => DateTime.fromMillis(instant, { zone });

export const localDay = (instant: number, zone: string): string =>
  local(instant, zone).toFormat('yyyy-MM-dd');

const dayOf = ({ at, receiverId }: StoredPost): string => localDay(at, personOf(receiverId).zone);

const weekOf = ({ at, receiverId }: StoredPost): string =>
  local(at, personOf(receiverId).zone).toFormat("kkkk-'W'WW");

function isAtWork(instant: number, zone: string): boolean {
  const then = local(instant, zone);
  const time = then.toFormat('HH:mm');
  return workDay.days.includes(then.weekday) && time >= workDay.starts && time < workDay.ends;
}
