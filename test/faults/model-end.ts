import { broken, type Model } from './model.ts';
import { type DeliveryNow, deliveriesNow, type OccurrenceNow, occurrencesNow } from './model-ledger.ts';
import { personOf } from './model-people.ts';
import { observe } from './model-rules.ts';
import { actsAnew, resume, start, thaw, wait } from './model-verbs.ts';
import type { World } from './model-world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The longest that anything waits: six hours, where a conversation could not be read. */
const waits = [
  0,
  minute + 1_000,
  2_000,
  minute + 1_000,
  10 * minute,
  10 * minute,
  6 * hour,
  6 * hour,
  6 * hour,
];

const ends = new Set(['done', 'excused', 'expired']);
const unsettled = new Set(['pending', 'posting', 'uncertain']);

/** Slack answers again, everybody goes on, and time passes: then nothing is left open, lost or told wrongly. */
export async function finish(model: Model, world: World): Promise<void> {
  const { slack, clock, database } = world;
  slack.will(new Map(), []);
  actsAnew(model);
  while (model.frozen.length > 0) await thaw(model, world);
  actsAnew(model);
  if (!model.started) await start(model, world);
  if (model.paused !== undefined) await resume(model, world);
  await settle(model, world);
  holdMessages(world, await deliveriesNow(database), await occurrencesNow(database));

  // An outage of weeks: what was open is over.
  wait(world, 16 * day);
  await settle(model, world);
  const deliveries = await deliveriesNow(database);
  const occurrences = await occurrencesNow(database);
  holdMessages(world, deliveries, occurrences);
  for (const one of occurrences) {
    if (one.closesAt <= clock.now()) holdEnd(model, world, one, deliveries);
  }
}

/** Until nothing that is due waits for anything but its receiver. */
async function settle(model: Model, world: World): Promise<void> {
  for (const pause of waits) {
    wait(world, pause);
    await world.engines.A.delivery.tick();
    if (await isSettled(world)) break;
    await world.drain('A', 'posts');
    await world.drain('A', 'edits');
    await observe(model, world);
    if (await isSettled(world)) break;
  }
  await observe(model, world);
  const left = leftOpen(world, await deliveriesNow(world.database));
  if (left.length > 0) broken('still open long after', left);
}

const isSettled = async (world: World): Promise<boolean> =>
  leftOpen(world, await deliveriesNow(world.database)).length === 0;

const leftOpen = ({ clock }: World, deliveries: readonly DeliveryNow[]): DeliveryNow[] =>
  deliveries.filter(
    ({ state, dueAt, editState }) =>
      (unsettled.has(state) && (state !== 'pending' || dueAt <= clock.now())) || editState === 'pending',
  );

/** What the ledger takes for delivered stands, where it says and saying what is so; and nothing else stands. */
function holdMessages(
  { slack }: World,
  deliveries: readonly DeliveryNow[],
  occurrences: readonly OccurrenceNow[],
): void {
  const byKey = Map.groupBy(slack.posts, ({ key }) => key);
  const open = new Set(occurrences.filter(({ state }) => !ends.has(state)).map(({ id }) => id));
  for (const one of deliveries) {
    const copies = byKey.get(one.key) ?? [];
    if (copies.length !== (one.state === 'delivered' ? 1 : 0)) broken('lost, or not told', one, copies);
    const [post] = copies;
    if (post === undefined) continue;
    if (post.receiverId !== one.receiverId) broken('posted to somebody else', one, post);
    if (one.message === null) {
      if (one.answer !== 'an operator found it') broken('delivered, and nobody knows where', one, post);
      continue;
    }
    if (one.message.channel !== post.channel || one.message.ts !== post.ts)
      broken('stands elsewhere', one, post);
    const wanted = one.occurrences.filter((id) => open.has(id)).join(' ') || '-';
    if (one.editState !== 'failed' && post.text !== wanted) broken('out of date', one, post, wanted);
  }
}

/** It has one end, and the end that what stands in Slack makes of it. */
function holdEnd(
  { moved }: Model,
  { slack }: World,
  one: OccurrenceNow,
  deliveries: readonly DeliveryNow[],
): void {
  if (!ends.has(one.state)) broken('over, and without an end', one);
  const asked = slack.posts.filter(
    ({ receiverId, first }) =>
      first.split(' ').includes(one.id) &&
      (receiverId === one.askedId || receiverId === one.standInId || personOf(receiverId).role === 'manager'),
  );
  if (one.state === 'expired' && asked.length === 0) broken('expired, and never asked', one);
  if (one.reason !== 'not_asked_in_time' || moved.has(one.id)) return;
  // A brief that names it days before asks for nothing yet.
  const isKnown = ({ settledAt }: DeliveryNow): boolean =>
    settledAt !== null && settledAt > one.dueAt - day && settledAt < (one.settledAt ?? 0);
  const known = asked.find(
    ({ key, receiverId }) =>
      receiverId === one.askedId && deliveries.some((delivery) => delivery.key === key && isKnown(delivery)),
  );
  if (known !== undefined) broken('excused as never asked, and it was', one, known);
}
