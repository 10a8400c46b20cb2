import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { userId, type World } from '#test/world.ts';
import { fillAll } from './filling.ts';
import { cardWith, fillProgramme, openProgramme, pressOnCard } from './training.ts';

/** Every form of the product, by whom it is for and in the order in which a team comes by them. */

const zone = 'America/New_York';
export const team = [
  { name: 'Ellen Park', zone, role: 'enablement+admin' },
  { name: 'Ada Obi', zone, role: 'admin' },
  { name: 'Vera Stone', zone, role: 'manager' },
  { name: 'Dana Whitfield', zone, role: 'manager', manager: 'Vera Stone' },
  { name: 'Lee Grant', zone, role: 'manager' },
  { name: 'Max Berg', zone, role: 'rep', manager: 'Lee Grant' },
  { name: 'Sam Rivera', zone, role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone, role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Kim Osei', zone, role: 'rep', manager: 'Dana Whitfield' },
];

/** In Slack, and not in Sideline. */
export const strangers = [{ name: 'Nora New', zone }];

export const userGroups = [{ id: 'S0REPS', name: 'Sales reps', handle: 'reps', users: [userId('Kim Osei')] }];

export interface Form {
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

/** Over seventeen days, from a Friday afternoon on. */
export const begins = '2026-02-27T15:00:00Z';
export const channels = [{ id: 'C0COACHING', name: 'coaching' }];

export function everyForm(world: () => World): Record<string, Form> {
  const ellen = () => world().person('Ellen Park');
  const dana = () => world().person('Dana Whitfield');
  const sam = () => world().person('Sam Rivera');
  const attachFile = (modal: SeenModal) =>
    modal.attach('People file', {
      name: 'people.csv',
      mimetype: 'text/csv',
      base64: Buffer.from(`slack_user_id,role,wave\n${userId('Sam Rivera')},rep,2\n`).toString('base64'),
    });
  async function byCommand(person: Person, typed: string): Promise<SeenModal> {
    await person.run(typed);
    return person.untilModal();
  }

  async function editSam(): Promise<SeenModal> {
    await ellen().run('/coach people @Sam Rivera');
    return ellen().untilModal((one) => one.title === 'Sam Rivera');
  }

  async function changeSeveral(): Promise<SeenModal> {
    await (await byCommand(ellen(), '/coach people')).press('Change several');
    const list = await ellen().untilModal((one) => one.buttons.includes('Choose all on this page'));
    await list.choose('Who is to be changed?', 'Sam Rivera', 'Ana Lima');
    await list.press('Change those chosen');
    return ellen().untilModal((one) => one.submitLabel === 'Preview');
  }

  async function programmeForm(button: string, title: string): Promise<SeenModal> {
    await (await openProgramme(ellen())).press(button);
    return ellen().untilModal((modal) => modal.title === title);
  }

  const reviewer = (): Person =>
    team.map(({ name }) => world().person(name)).find((person) => cardWith(person, 'My view')) ?? sam();

  return {
    'start.modal': { by: ellen, open: () => byCommand(ellen(), '/coach start') },
    'digest.modal': {
      by: ellen,
      open: () => byCommand(ellen(), '/coach digest'),
      choose: (modal) => modal.choose('Channel', 'coaching'),
    },
    'settings.form': {
      by: ellen,
      async open() {
        await (await byCommand(ellen(), '/coach settings')).press('Edit check-ins');
        return ellen().untilModal((modal) => modal.labels.includes('Closes after'));
      },
    },
    'programme.new_form': {
      by: ellen,
      open: () => byCommand(ellen(), '/coach programme new'),
      choose: (modal) =>
        fillProgramme(modal, {
          sessionOn: '2026-03-03',
          reps: ['Sam Rivera', 'Ana Lima'],
        }),
    },
    'programme.enrol_form': {
      by: ellen,
      open: () => programmeForm('Enrol reps', 'Enrol reps'),
      choose: (modal) => modal.choose('Reps', 'Kim Osei'),
    },
    'programme.withdraw_form': {
      by: ellen,
      open: () => programmeForm('Take reps out', 'Take reps out'),
      choose: (modal) => modal.choose(modal.labels[0] ?? '', 'Kim Osei'),
    },
    'cadence.modal': {
      by: dana,
      at: '2026-03-02T15:00:00Z',
      open: () => pressOnCard(dana(), 'Set the days'),
      of: 'anybody',
    },
    'cadence.pair_modal': {
      by: dana,
      aboutReports: true,
      open: () => byCommand(dana(), '/coach cadence @Sam Rivera'),
    },
    'baseline.modal': { by: sam, open: () => pressOnCard(sam(), 'Answer') },
    'baseline.result': {
      by: dana,
      async open() {
        const modal = await pressOnCard(dana(), 'Answer');
        await fillAll(modal, 'x');
        await modal.submit();
        return dana().modal();
      },
      of: 'anybody',
    },
    'observed_call.plan_modal': { by: dana, aboutReports: true, open: () => pressOnCard(dana(), 'Plan') },
    'observed_call.request_modal': {
      by: sam,
      open: () => byCommand(sam(), '/coach watch'),
      of: 'anybody',
    },
    'observed_call.modal': {
      by: dana,
      aboutReports: true,
      open: () => byCommand(dana(), '/coach observe @Sam Rivera'),
    },
    'one_on_one.modal': {
      by: dana,
      aboutReports: true,
      open: () => byCommand(dana(), '/coach log @Sam Rivera'),
    },
    'observed_call.answer_modal': {
      by: sam,
      at: '2026-03-03T15:00:00Z',
      open: () => pressOnCard(sam(), 'Answer Dana'),
    },
    'observed_call.review_modal': {
      by: () => reviewer(),
      open: () => pressOnCard(reviewer(), 'My view'),
    },
    'programme.day_zero_form': {
      by: dana,
      aboutReports: true,
      at: '2026-03-03T22:00:00Z',
      async open() {
        dana().openHome();
        await (await dana().untilHome(({ buttons }) => buttons.includes('Day 0'))).press('Day 0');
        return dana().untilModal();
      },
    },
    'preparation.modal': {
      by: () => world().person('Kim Osei'),
      at: '2026-03-04T15:00:00Z',
      open: () => pressOnCard(world().person('Kim Osei'), 'Answer'),
    },
    'check_in.modal': {
      by: sam,
      at: '2026-03-05T15:00:00Z',
      open: () => pressOnCard(sam(), 'Look back'),
    },
    'card.excuse_modal': { by: dana, open: () => pressOnCard(dana(), 'Excuse it…') },
    'time_report.modal': {
      by: dana,
      of: 'managers',
      at: '2026-03-06T20:30:00Z',
      open: () => byCommand(dana(), '/coach time'),
    },
    'practice.assign_modal': {
      by: dana,
      aboutReports: true,
      async open() {
        await (await byCommand(dana(), '/coach practice @Sam Rivera')).choose(
          'What to practise',
          'Write your own',
        );
        return dana().untilModal((modal) => modal.labels.includes('Its name'));
      },
    },
    'practice.reflect_modal': {
      by: sam,
      at: '2026-03-09T15:00:00Z',
      open: () => pressOnCard(sam(), 'Done, look back'),
    },
    'practice.verify_modal': {
      by: dana,
      aboutReports: true,
      at: '2026-03-10T15:00:00Z',
      open: () => pressOnCard(dana(), 'Say what you saw'),
    },
    'check_in.team_modal': {
      by: dana,
      aboutReports: true,
      at: '2026-03-11T15:00:00Z',
      open: () => pressOnCard(dana(), 'Look back'),
    },
    'away.modal': {
      by: dana,
      open: () => byCommand(dana(), '/coach away 2026-04-06 2026-04-08'),
      of: 'anybody',
    },
    'commitment.modal': {
      by: dana,
      aboutReports: true,
      at: '2026-03-19T15:00:00Z',
      open: () => pressOnCard(dana(), 'Say what happened'),
    },
    'certify.modal': {
      by: dana,
      aboutReports: true,
      open: () => byCommand(dana(), '/coach certify @Sam Rivera'),
    },
    'programme.change_form': {
      by: ellen,
      open: () => programmeForm('Change name or date', 'Change programme'),
    },
    'people_import.file': {
      by: ellen,
      open: () => byCommand(ellen(), '/coach import'),
      choose: attachFile,
    },
    'people_import.preview': {
      by: ellen,
      async open() {
        const modal = await byCommand(ellen(), '/coach import');
        await attachFile(modal);
        await modal.submit();
        return ellen().untilModal((one) => JSON.stringify(one.shown.submit ?? '').includes('Apply'));
      },
    },
    'people_import.group': {
      by: ellen,
      async open() {
        await (await byCommand(ellen(), '/coach import')).press('Take a user group instead');
        return ellen().untilModal((one) => one.labels.includes('User group'));
      },
    },
    'people.list': {
      by: ellen,
      open: () => byCommand(ellen(), '/coach people'),
      of: 'managers',
    },
    'people.edit_modal': { by: ellen, open: editSam },
    'people.move_modal': {
      by: ellen,
      async open() {
        await ellen().run('/coach people @Max Berg');
        const modal = await ellen().untilModal((one) => one.title === 'Max Berg');
        await modal.clear('Manager');
        await modal.submit();
        return ellen().modal();
      },
    },
    'people.away_modal': {
      by: ellen,
      async open() {
        await (await editSam()).press('Mark away');
        return ellen().untilModal((one) => one.title === 'Away');
      },
      async choose(modal) {
        await modal.pick('First day away', '2026-04-20');
        await modal.pick('Last day away', '2026-04-21');
      },
    },
    'people.bulk_modal': {
      by: ellen,
      open: changeSeveral,
      choose: (modal) => modal.choose('Wave', 'Wave 3'),
    },
    'people.bulk_confirm': {
      by: ellen,
      async open() {
        const modal = await changeSeveral();
        await modal.choose('Wave', 'Wave 4');
        await modal.submit();
        return ellen().modal();
      },
    },
    'people.add_modal': {
      by: ellen,
      async open() {
        await (await byCommand(ellen(), '/coach people')).press('Add a person');
        return ellen().untilModal((one) => one.submitLabel === 'Add');
      },
      choose: (modal) => modal.choose('Who', 'Nora New'),
    },
    'set_up.defaults_modal': {
      by: ellen,
      async open() {
        await ellen().run('/coach setup');
        await ellen().ephemeral().at(-1)?.press('Look at the defaults');
        return ellen().untilModal((one) => one.title === 'Defaults');
      },
    },
    'privacy.ask_modal': {
      by: sam,
      async open() {
        await (await byCommand(sam(), '/coach privacy')).press('Ask for erasure');
        return sam().untilModal((one) => one.title === 'Ask for erasure');
      },
      of: 'anybody',
    },
  };
}
