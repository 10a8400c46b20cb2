import { afterAll, beforeAll, expect, test } from 'vitest';
import type { View } from '#sandbox/local-slack/types.ts';
import { features } from '#slack/features.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { fillAll } from './filling.ts';
import { endReporting, openViewOf, submitAs, withText, wrongDates } from './forging.ts';
import { markedUp, refusals } from './inert.ts';
import { cardWith, fillProgramme, openProgramme, pressOnCard } from './training.ts';
import { written } from './written.ts';

/** Every form of the product, filled with what nobody should write, by whom it is for and by somebody else. */

const zone = 'America/New_York';
const team = [
  { name: 'Ellen Park', zone, role: 'enablement+admin' },
  { name: 'Dana Whitfield', zone, role: 'manager' },
  { name: 'Lee Grant', zone, role: 'manager' },
  { name: 'Max Berg', zone, role: 'rep', manager: 'Lee Grant' },
  { name: 'Sam Rivera', zone, role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone, role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Kim Osei', zone, role: 'rep', manager: 'Dana Whitfield' },
];

const one =
  '<!channel> @here <@U0VICTIM> <https://evil.example|click> ```rm -rf``` *bold* ~struck~ `code` & &lt; ' +
  'שרה \u202Eturned\u2066 🧑🏽‍🚀🧨\u0000\u0007 "quotes" {"json": true} \\ ';
const hostile = one.repeat(Math.ceil(3_000 / one.length)).slice(0, 3_000);
const inert = [/<!/, /<@U0VICTIM/, /<https:\/\/evil/, /```/, /~struck~/, /[\u202A-\u202E]/];

let world: World;
let ellen: Person;
let dana: Person;
let sam: Person;
beforeAll(async () => {
  // A Friday afternoon.
  world = await startWorld({
    now: '2026-02-27T15:00:00Z',
    team,
    start: false,
    channels: [{ id: 'C0COACHING', name: 'coaching' }],
  });
  ellen = world.person('Ellen Park');
  dana = world.person('Dana Whitfield');
  sam = world.person('Sam Rivera');
});
afterAll(() => world.close());

async function byCommand(person: Person, typed: string): Promise<SeenModal> {
  await person.run(typed);
  return person.untilModal();
}

async function programmeForm(button: string, title: string): Promise<SeenModal> {
  await (await openProgramme(ellen)).press(button);
  return ellen.untilModal((modal) => modal.title === title);
}

interface Form {
  by: () => Person;
  at?: string;
  open: () => Promise<SeenModal>;
  /** What has to be chosen beside the first of everything, once what can be written is written. */
  choose?: (modal: SeenModal) => Promise<void>;
  /** Their own, of anybody who sends it; or of any manager. */
  of?: 'anybody' | 'managers';
  /** About reports of theirs, who may report to somebody else by the time it is sent. */
  aboutReports?: boolean;
}

/** In the order in which a team comes by them. */
const forms: Record<string, Form> = {
  'start.modal': { by: () => ellen, open: () => byCommand(ellen, '/coach start') },
  'digest.modal': {
    by: () => ellen,
    open: () => byCommand(ellen, '/coach digest'),
    choose: (modal) => modal.choose('Channel', 'coaching'),
  },
  'settings.form': {
    by: () => ellen,
    async open() {
      await (await byCommand(ellen, '/coach settings')).press('Edit check-ins');
      return ellen.untilModal((modal) => modal.labels.includes('Closes after'));
    },
  },
  'programme.new_form': {
    by: () => ellen,
    open: () => byCommand(ellen, '/coach programme new'),
    choose: (modal) =>
      fillProgramme(modal, {
        sessionOn: '2026-03-03',
        reps: ['Sam Rivera', 'Ana Lima'],
      }),
  },
  'programme.enrol_form': {
    by: () => ellen,
    open: () => programmeForm('Enrol reps', 'Enrol reps'),
    choose: (modal) => modal.choose('Reps', 'Kim Osei'),
  },
  'programme.withdraw_form': {
    by: () => ellen,
    open: () => programmeForm('Take reps out', 'Take reps out'),
    choose: (modal) => modal.choose(modal.labels[0] ?? '', 'Kim Osei'),
  },
  'cadence.modal': {
    by: () => dana,
    at: '2026-03-02T15:00:00Z',
    open: () => pressOnCard(dana, 'Set the days'),
    of: 'anybody',
  },
  'cadence.pair_modal': {
    by: () => dana,
    aboutReports: true,
    open: () => byCommand(dana, '/coach cadence @Sam Rivera'),
  },
  'baseline.modal': { by: () => sam, open: () => pressOnCard(sam, 'Answer') },
  'baseline.result': {
    by: () => dana,
    async open() {
      const modal = await pressOnCard(dana, 'Answer');
      await fillAll(modal, 'x');
      await modal.submit();
      return dana.modal();
    },
    of: 'anybody',
  },
  'observed_call.plan_modal': { by: () => dana, aboutReports: true, open: () => pressOnCard(dana, 'Plan') },
  'observed_call.request_modal': {
    by: () => sam,
    open: () => byCommand(sam, '/coach watch'),
    of: 'anybody',
  },
  'observed_call.modal': {
    by: () => dana,
    aboutReports: true,
    open: () => byCommand(dana, '/coach observe @Sam Rivera'),
  },
  'one_on_one.modal': {
    by: () => dana,
    aboutReports: true,
    open: () => byCommand(dana, '/coach log @Sam Rivera'),
  },
  'observed_call.answer_modal': {
    by: () => sam,
    at: '2026-03-03T15:00:00Z',
    open: () => pressOnCard(sam, 'Answer Dana'),
  },
  'observed_call.review_modal': {
    by: () => reviewer(),
    open: () => pressOnCard(reviewer(), 'My view'),
  },
  'programme.day_zero_form': {
    by: () => dana,
    aboutReports: true,
    at: '2026-03-03T22:00:00Z',
    async open() {
      dana.openHome();
      await (await dana.untilHome(({ buttons }) => buttons.includes('Day 0'))).press('Day 0');
      return dana.untilModal();
    },
  },
  'preparation.modal': {
    by: () => world.person('Kim Osei'),
    at: '2026-03-04T15:00:00Z',
    open: () => pressOnCard(world.person('Kim Osei'), 'Answer'),
  },
  'check_in.modal': {
    by: () => sam,
    at: '2026-03-05T15:00:00Z',
    open: () => pressOnCard(sam, 'Look back'),
  },
  'card.excuse_modal': { by: () => dana, open: () => pressOnCard(dana, 'Excuse it…') },
  'time_report.modal': {
    by: () => dana,
    of: 'managers',
    at: '2026-03-06T20:30:00Z',
    open: () => byCommand(dana, '/coach time'),
  },
  'practice.assign_modal': {
    by: () => dana,
    aboutReports: true,
    async open() {
      await (await byCommand(dana, '/coach practice @Sam Rivera')).choose(
        'What to practise',
        'Write your own',
      );
      return dana.untilModal((modal) => modal.labels.includes('Its name'));
    },
  },
  'practice.reflect_modal': {
    by: () => sam,
    at: '2026-03-09T15:00:00Z',
    open: () => pressOnCard(sam, 'Done, look back'),
  },
  'practice.verify_modal': {
    by: () => dana,
    aboutReports: true,
    at: '2026-03-10T15:00:00Z',
    open: () => pressOnCard(dana, 'Say what you saw'),
  },
  'check_in.team_modal': {
    by: () => dana,
    aboutReports: true,
    at: '2026-03-11T15:00:00Z',
    open: () => pressOnCard(dana, 'Look back'),
  },
  'away.modal': {
    by: () => dana,
    open: () => byCommand(dana, '/coach away 2026-04-06 2026-04-08'),
    of: 'anybody',
  },
  'commitment.modal': {
    by: () => dana,
    aboutReports: true,
    at: '2026-03-19T15:00:00Z',
    open: () => pressOnCard(dana, 'Say what happened'),
  },
  'certify.modal': {
    by: () => dana,
    aboutReports: true,
    open: () => byCommand(dana, '/coach certify @Sam Rivera'),
  },
  'programme.change_form': {
    by: () => ellen,
    open: () => programmeForm('Change name or date', 'Change programme'),
  },
};

const reviewer = (): Person =>
  team.map(({ name }) => world.person(name)).find((person) => cardWith(person, 'My view')) ?? sam;

/** Whether it is meant so: an absence of years, a takeaway that says little. */
const asksBack = ['away.modal', 'one_on_one.modal'];

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
    await sendIn(person, modal, before, async (now) => {
      if (of !== 'anybody') await isRefused(userId('Max Berg'), now, 'a rep of somebody else');
      if (of === undefined) await isRefused(userId('Lee Grant'), now, 'another manager');
      for (const [day, wrong] of wrongDates(now)) await isRefused(me, wrong, day);
      if (!aboutReports) return;
      const reports = await endReporting(world, me);
      await isRefused(me, now, 'their manager before');
      await reports.again();
    });
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
