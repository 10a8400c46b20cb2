import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { View } from '#sandbox/local-slack/types.ts';
import { features } from '#slack/features.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { begins, channels, everyForm, strangers, team, userGroups } from './every-form.ts';
import { fillAll } from './filling.ts';
import { endReporting, openViewOf, submitAs, textFields, withText, wrongDates } from './forging.ts';
import { markedUp, refusals } from './inert.ts';
import { buttonsIn, type OldButton, pressAs } from './old-buttons.ts';
import { isNotedAsRefused, written } from './written.ts';

/** Every form of the product, filled with what nobody should write, by whom it is for and by somebody else. */

const one =
  '<!channel> @here <@U0VICTIM> <https://evil.example|click> ```rm -rf``` *bold* ~struck~ `code` & &lt; ' +
  'שרה \u202Eturned\u2066 🧑🏽‍🚀🧨\u0000\u0007 "quotes" {"json": true} \\ ';
const hostile = one.repeat(Math.ceil(3_000 / one.length)).slice(0, 3_000);
/** In whole characters, which is how a text is measured. */
const shortestHostile = [...new Intl.Segmenter().segment(hostile)].length;
const inert = [/<!/, /<@U0VICTIM/, /<https:\/\/evil/, /```/, /~struck~/, /[\u202A-\u202E]/];

let world: World;
const forms = everyForm(() => world);
/** By their ids; the latest that came of each. */
const buttons = new Map<string, OldButton>();
const outsiders = ['Max Berg', 'Lee Grant', 'Vera Stone', 'Ada Obi'];
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

    // From another device; then with more in each field than Slack lets anybody write.
    expect(await submitAs(world, me, view, `V0OTHER${id}`)).not.toContain('just now');
    const again = await submitAs(world, me, withText(view, hostile), `V0LONG${id}`);
    expect(again).not.toContain('just now');
    // Which of its fields take less than that is said in the form.
    const tooMuch = textFields(view).filter(({ most }) => most < shortestHostile);
    for (const { blockId, most } of tooMuch) {
      expect(JSON.parse(again)).toMatchObject({
        response_action: 'errors',
        errors: { [blockId]: expect.stringContaining(`takes ${most} characters`) },
      });
    }

    await world.slack.settled();
    expectInert();
    const sent = buttonsIn(world, world.slack.calls.list(), outsiders.map(userId));
    for (const one of sent) buttons.set(one.actionId, one);
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

/** To whom each is refused that others got: M is a colleague, L another manager, V above the manager, A an admin. */
const refusedTo: Record<string, string> = {
  'audit.open': 'MLV',
  'baseline.answer': 'MLVA',
  'card.move': 'MLVA',
  'certify.more': 'MLVA',
  'certify.open': 'MLVA',
  'check_in.answer': 'MLVA',
  'check_in.more': 'MLVA',
  'check_in.team': 'MLVA',
  'check_in.team_all': 'MLVA',
  'check_in.team_more': 'MLVA',
  'digest.preview': 'MLVA',
  'digest.test': 'MLVA',
  'observed_call.answer': 'MLVA',
  'observed_call.change': 'MLVA',
  'observed_call.change_plan': 'MLVA',
  'observed_call.drop': 'MLVA',
  'observed_call.observe': 'MLVA',
  'observed_call.observe_plan': 'MLVA',
  'observed_call.plan': 'MLVA',
  'one_on_one.change': 'MLVA',
  'one_on_one.log': 'MLVA',
  'people_import.to_file': 'MLV',
  'people_import.to_group': 'MLV',
  'practice.reflect': 'MLVA',
  'practice.show': 'MLA',
  // The list shows managers what their own people are in, which may be nothing.
  'programme.back': 'MA',
  'programme.change': 'MLVA',
  'programme.day_zero': 'MLVA',
  'programme.end': 'MLVA',
  'programme.enrol': 'MLVA',
  'programme.new': 'MLVA',
  'programme.open': 'MLA',
  'programme.withdraw': 'MLVA',
  'settings.edit': 'MLV',
  'settings.history': 'MLV',
  'start.week': 'MLV',
  // Every manager tells their own; by now nobody reports to L.
  'time_report.more': 'MLA',
  'time_report.report': 'MLA',
  'practice.verify': 'MLVA',
  'practice.not_watched': 'MLVA',
  'practice.retire': 'MLVA',
  'practice.withdraw': 'MLVA',
  'practice.bring_back': 'MLVA',
  'one_on_one.history': 'MLVA',
  'commitment.answer': 'MLVA',
  'cadence.pair': 'MLVA',
  'certify.history': 'MLA',
  'preparation.answer': 'MLVA',
};

/** About nobody but who presses, or only the form in front of them drawn anew from what it holds. */
const refusedToNobody = [
  'away.change',
  'cadence.every_day',
  'cadence.every_time',
  'cadence.open',
  'cadence.row',
  'check_in.row',
  'home.as_manager',
  'home.as_rep',
  'observed_call.more',
  'observed_call.read_answer',
  'one_on_one.more',
  'practice.reflect_more',
  'privacy.ask',
  'privacy.copy',
  'privacy.opened',
  'settings.defaults',
];

/** Not on the way through these forms, nor about what they leave; the tests of their features press them. */
const notMet =
  'observed_call.accept observed_call.decline card.excuse cadence.page menu.run digest.open away.end one_on_one.another one_on_one.withdraw practice.assign practice_item observed_call.withdraw observed_call.review observed_call.read_shared observed_call.read_declined certify.programme certify.take_back certify.read_result certify.read_taken_back time_report.more_reps time_report.week why.person why.more people.search people.who people.segment people.wave people.next people.previous people.choose people.choose_all people.stop_choosing people.change_chosen people.edit people.away people.end_absence people.add privacy.later privacy.handed_over privacy.call_off privacy.review privacy.erase settings.earlier set_up.begin set_up.defaults set_up.no_digest set_up.preview set_up.close audit.earlier start.who start.managers start.preview start.pause start.resume';

test('every button is in one of these lists, and every kind of entry is known', () => {
  const all = features.flatMap((feature) => Object.keys(feature.actions ?? {}));
  const listed = [...Object.keys(refusedTo), ...refusedToNobody, ...notMet.split(' ')];
  expect(all.toSorted()).toEqual(listed.toSorted());
  const entries = new Set(features.flatMap((feature) => Object.keys(feature)));
  const known = ['actions', 'commands', 'help', 'home', 'name', 'notes', 'rows', 'submissions', 'typed'];
  expect([...entries].toSorted()).toEqual(known);
});

/** What is not on the way either, with the latest of what each is about as Slack would send it back. */
const crafted: Record<string, string> = {
  'cadence.pair': "select user_id as id from member where name = 'Sam Rivera'",
  'certify.history': "select user_id as id from member where name = 'Sam Rivera'",
  'commitment.answer': 'select commitment_id as id from commitment order by made_at desc',
  'one_on_one.history': 'select log_id as id from one_on_one_log order by logged_at desc',
  'practice.bring_back': 'select assignment_id as id from practice_assignment',
  'practice.not_watched': 'select review_id as id from practice_review',
  'practice.retire': 'select assignment_id as id from practice_assignment',
  'practice.verify': 'select review_id as id from practice_review',
  'practice.withdraw': 'select assignment_id as id from practice_assignment',
  'preparation.answer': 'select occurrence_id as id from preparation',
};

test.each(Object.entries(crafted))('%s stands on a button with an id of somebody else', async (id, query) => {
  const { rows } = await sql<{ id: string }>`${sql.raw(query)}`.execute(world.database.owner);
  const value = rows[0]?.id;
  if (value === undefined) throw new Error(`${id} has nothing to be about`);
  const text = { type: 'plain_text', text: 'Old' };
  const element = { type: 'button', action_id: id, text, value };
  // A history opens on top of the modal that its button stands in.
  const view = id === 'certify.history' ? { privateMetadata: '', callbackId: 'old' } : undefined;
  buttons.set(id, { actionId: id, element, view });
});

test.each(outsiders)(
  '%s is refused what was given to others, is told so, and it is noted',
  async (name) => {
    const person = world.person(name);
    const before = await written(world);
    const refused: string[] = [];
    const unclear: string[] = [];
    for (const [id, button] of buttons) {
      if (!(id in refusedTo) && !refusedToNobody.includes(id)) continue;
      if (person.hasModal()) await person.modal().close({ all: true });
      const told = await pressAs(world, person, button);
      if (!(await isNotedAsRefused(world, userId(name), id))) continue;
      refused.push(id);
      // Slack is answered first; the words come on top of it.
      const words = await person
        .until(() => told() || undefined, { deadlineMs: 5_000 })
        .catch(() => 'silence');
      if (!/\w{3}.* \w{3}/.test(words) || /just now|U0VICTIM/.test(words)) unclear.push(`${id}: ${words}`);
    }
    expect(unclear).toEqual([]);
    const [letter = ''] = name;
    const expected = Object.keys(refusedTo).filter((id) => refusedTo[id]?.includes(letter));
    expect(refused.toSorted()).toEqual(expected.toSorted());
    // A copy of what is kept about oneself is one's own to ask for.
    expect({ ...(await written(world)), copy_request: 0 }).toEqual({ ...before, copy_request: 0 });
  },
  60_000,
);
