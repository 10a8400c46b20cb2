import { afterAll, beforeAll, expect, test } from 'vitest';
import type { View } from '#sandbox/local-slack/types.ts';
import { features } from '#slack/features.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { begins, channels, everyForm, strangers, team, userGroups } from './every-form.ts';
import { fillAll } from './filling.ts';
import { endReporting, openViewOf, submitAs, withText, wrongDates } from './forging.ts';
import { markedUp, refusals } from './inert.ts';
import { isNotedAsRefused, written } from './written.ts';

/** Every form of the product, filled with what nobody should write, by whom it is for and by somebody else. */

const one =
  '<!channel> @here <@U0VICTIM> <https://evil.example|click> ```rm -rf``` *bold* ~struck~ `code` & &lt; ' +
  'שרה \u202Eturned\u2066 🧑🏽‍🚀🧨\u0000\u0007 "quotes" {"json": true} \\ ';
const hostile = one.repeat(Math.ceil(3_000 / one.length)).slice(0, 3_000);
const inert = [/<!/, /<@U0VICTIM/, /<https:\/\/evil/, /```/, /~struck~/, /[\u202A-\u202E]/];

let world: World;
const forms = everyForm(() => world);
beforeAll(async () => {
  world = await startWorld({ now: begins, team, strangers, start: false, channels, userGroups });
});
afterAll(() => world.close());

/** Whether it is meant so: an absence of years, a takeaway that says little. */
const asksBack = ['away.modal', 'people.away_modal', 'one_on_one.modal'];

/** Since when somebody is here, or is to be, may be any day. */
const anyDay = ['people.edit_modal'];

/** Sent in until it is taken: what is refused is said at its field, kept as typed, and mended there alone. */
async function sendIn(
  person: Person,
  modal: SeenModal,
  before: Map<string, string | null>,
  refusedBefore: (view: View) => Promise<void>,
): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    await refusedBefore(openViewOf(world, person.session.userId));
    const typed = [...before.keys()].map((label) => [label, modal.value(label)] as const);
    const { status, errors, failure } = await modal.submit();
    expect(failure).toBeNull();
    if (status === 'closed') return;
    // What was looked for is there.
    if (status === 'updated' && modal.submitLabel === 'Search') return;
    // The same form again, with a question or a preview; or what came of it.
    if (status === 'updated' && person.modal().shown.submit === null) return;
    if (status === 'updated' && !modal.labels.some((label) => before.has(label))) return;
    for (const [label, value] of typed) expect(modal.value(label)).toBe(value);
    for (const [label, why] of Object.entries(errors)) {
      expect(why).not.toContain('just now');
      const was = before.get(label);
      if (was === undefined) throw new Error(`${label}: ${why}`);
      if (was !== null) await modal.fill(label, was);
      else if (modal.value(label) === null) await modal.fill(label, '10');
      else await modal.clear(label);
    }
  }
  throw new Error(`never taken: ${JSON.stringify(modal.errors)}`);
}

/** Slack refused nothing and read nothing into it, but for updates of a modal that was closed, and for used-up addresses. */
function expectInert(): void {
  const calls = world.slack.calls.list().filter(({ kind }) => kind !== 'event');
  const outdated = ['views.update: not_found', 'response_url: refused'];
  const open = calls.filter(({ method, error }) => !outdated.includes(`${method}: ${error}`));
  expect(refusals(open)).toEqual([]);
  expect(markedUp(calls, inert)).toEqual([]);
}

test('every form is among these', () => {
  const all = features.flatMap((feature) => Object.keys(feature.submissions ?? {}));
  expect(Object.keys(forms).toSorted()).toEqual(all.toSorted());
});

test.each(Object.entries(forms))(
  '%s takes what it can, keeps what it refuses, and is nobody else’s',
  async (id, { by, at, open, choose, of, aboutReports = false }) => {
    if (at !== undefined) await world.travelTo(at);
    const person = by();
    const me = person.session.userId;
    world.slack.calls.clear();
    const modal = await open();
    if (modal.buttons.includes('More')) {
      await modal.press('More');
      await person.until(() => (modal.buttons.includes('More') ? undefined : true));
    }
    const before = await fillAll(modal, hostile);
    await choose?.(modal);
    const view = openViewOf(world, me);
    expect(view.callbackId).toBe(id);

    /** Nothing is written, and the modal stays as it is, asks back, or shows words. */
    const isRefused = async (from: string, what: View, why: string): Promise<void> => {
      const rows = await written(world);
      const answer = await submitAs(world, from, what, `V0${why}${id}`);
      expect(answer, why).toMatch(from === me && !asksBack.includes(id) ? /"errors"/ : /"errors"|"update"/);
      expect(answer, why).not.toContain('just now');
      expect(await written(world), why).toEqual(rows);
    };
    const others = [
      ...(of !== 'anybody' ? [{ from: userId('Max Berg'), why: 'a rep of somebody else' }] : []),
      ...(of === undefined ? [{ from: userId('Lee Grant'), why: 'another manager' }] : []),
    ];
    await sendIn(person, modal, before, async (now) => {
      for (const { from, why } of others) await isRefused(from, now, why);
      for (const [day, wrong] of anyDay.includes(id) ? [] : wrongDates(now)) {
        await isRefused(me, wrong, day);
      }
      if (!aboutReports) return;
      const reports = await endReporting(world, me);
      await isRefused(me, now, 'their manager before');
      await reports.again();
    });
    // What they filled in was in order at last, so that it was refused for who they are.
    const formerly = aboutReports ? [{ from: me, why: 'their manager before' }] : [];
    for (const { from, why } of [...others, ...formerly]) {
      expect(await isNotedAsRefused(world, from, id), `${why} is noted`).toBe(true);
    }
    if (person.hasModal()) await person.modal().close({ all: true });

    // From another device, with more in each field than Slack lets anybody write.
    const again = await submitAs(world, me, withText(view, hostile), `V0OTHER${id}`);
    expect(again).not.toContain('just now');

    await world.slack.settled();
    expectInert();
  },
  60_000,
);

test('the days after show all of it, as text', async () => {
  world.slack.calls.clear();
  await world.travelTo('2026-03-24T15:00:00Z');
  for (const { name } of team) {
    const person = world.person(name);
    person.openHome();
    await person.untilHome();
  }
  await world.slack.settled();
  expectInert();
});
