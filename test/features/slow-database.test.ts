import { randomUUID } from 'node:crypto';
import type { KnownBlock } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { features } from '#slack/features.ts';
import type { Person } from '#test/person.ts';
import { holdTable } from '#test/storage/outage.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { refusals } from './inert.ts';

const team = [
  { name: 'Ellen Park', zone: 'America/New_York', role: 'enablement+admin' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
];
const sam = userId('Sam Rivera');
const some = randomUUID();

interface Asked {
  by: string;
  typed: string;
  /** What is read once the data is there. */
  reads: string | RegExp;
}

/** Words that open a modal: whatever is typed after them, it is open before the trigger runs out. */
const opening: Record<string, Asked[]> = {
  log: [
    { by: 'Dana Whitfield', typed: '/coach log @Sam Rivera', reads: '1:1 with Sam' },
    { by: 'Dana Whitfield', typed: '/coach log sam', reads: '1:1 with Sam' },
    { by: 'Dana Whitfield', typed: '/coach log', reads: 'Whose 1:1?' },
  ],
  observe: [
    { by: 'Dana Whitfield', typed: '/coach observe @Sam Rivera', reads: /After/ },
    { by: 'Dana Whitfield', typed: '/coach observe nobody', reads: /“nobody” is not clear. Whose call/ },
  ],
  watch: [{ by: 'Sam Rivera', typed: '/coach watch', reads: /Dana/ }],
  practice: [
    { by: 'Dana Whitfield', typed: '/coach practice @Sam Rivera', reads: /Sam/ },
    { by: 'Dana Whitfield', typed: '/coach practice', reads: 'Who is to practise something?' },
    { by: 'Sam Rivera', typed: '/coach practice', reads: /practise/ },
  ],
  cadence: [
    { by: 'Dana Whitfield', typed: '/coach cadence', reads: /Sam Rivera/ },
    { by: 'Dana Whitfield', typed: '/coach cadence @Sam Rivera', reads: /Sam/ },
    { by: 'Dana Whitfield', typed: '/coach cadence a', reads: /Whose 1:1s/ },
  ],
  certify: [
    { by: 'Dana Whitfield', typed: '/coach certify @Sam Rivera', reads: /Sam/ },
    { by: 'Dana Whitfield', typed: '/coach certify', reads: 'Whom do you want to certify?' },
  ],
  programme: [
    { by: 'Ellen Park', typed: '/coach programme', reads: 'New programme' },
    { by: 'Ellen Park', typed: '/coach programme new', reads: /Session/ },
  ],
  time: [{ by: 'Dana Whitfield', typed: '/coach time', reads: 'Unsticking deals' }],
  digest: [{ by: 'Ellen Park', typed: '/coach digest', reads: /Channel/ }],
  away: [{ by: 'Sam Rivera', typed: '/coach away', reads: /get no messages/ }],
  why: [
    { by: 'Sam Rivera', typed: '/coach why', reads: 'Your messages' },
    { by: 'Dana Whitfield', typed: '/coach why @Sam Rivera', reads: 'Messages to Sam Rivera' },
    { by: 'Dana Whitfield', typed: '/coach why nobody', reads: /“nobody” is not clear. Whose messages/ },
  ],
  people: [
    { by: 'Ellen Park', typed: '/coach people', reads: /Sam Rivera/ },
    { by: 'Dana Whitfield', typed: '/coach people @Sam Rivera', reads: /Working days/ },
    { by: 'Sam Rivera', typed: '/coach people', reads: /People are managed by enablement/ },
  ],
  import: [{ by: 'Ellen Park', typed: '/coach import', reads: 'People file' }],
  settings: [{ by: 'Ellen Park', typed: '/coach settings', reads: 'Settings' }],
  start: [{ by: 'Ellen Park', typed: '/coach start', reads: /Running since/ }],
  privacy: [{ by: 'Sam Rivera', typed: '/coach privacy', reads: 'What is kept about you' }],
};

/** Words that are answered in words: late, and whole. */
const answering: Record<string, Asked> = {
  back: { by: 'Sam Rivera', typed: '/coach back', reads: /^You are not away/ },
  pause: { by: 'Ellen Park', typed: '/coach pause', reads: /With Pause nothing more is sent/ },
  resume: { by: 'Ellen Park', typed: '/coach resume', reads: /is not paused/ },
  setup: { by: 'Ellen Park', typed: '/coach setup', reads: /^Set up Sideline/ },
  menu: { by: 'Dana Whitfield', typed: '/coach', reads: /What would you like to do/ },
  help: { by: 'Dana Whitfield', typed: '/coach help', reads: /What you can do here/ },
};

/** Buttons of cards, prompts, replies and Home that open a modal, with what they carry. */
const openingButtons: Record<string, string> = {
  'card.move': `excuse:${some}`,
  'card.excuse': some,
  'one_on_one.log': sam,
  'one_on_one.another': sam,
  'one_on_one.change': some,
  'one_on_one.history': some,
  'commitment.answer': some,
  'cadence.open': 'open',
  'cadence.pair': sam,
  'preparation.answer': some,
  'practice.assign': sam,
  'practice.show': sam,
  'practice.reflect': some,
  'practice.verify': some,
  'observed_call.observe': sam,
  'observed_call.observe_plan': some,
  'observed_call.change': some,
  'observed_call.plan': sam,
  'observed_call.change_plan': some,
  'observed_call.review': some,
  'observed_call.answer': some,
  'check_in.answer': some,
  'check_in.team': `${some} 30`,
  'check_in.team_all': `${some} 30`,
  'baseline.answer': some,
  'programme.open': some,
  'programme.day_zero': some,
  'certify.open': sam,
  'time_report.report': '',
  'digest.open': 'open',
  'digest.preview': 'preview',
  'digest.test': 'test',
  'away.change': some,
  'start.preview': 'preview',
  'set_up.defaults': 'open',
  'set_up.preview': 'open',
  'why.person': sam,
  'home.as_rep': sam,
  'home.as_manager': 'look',
  'privacy.review': sam,
};

/** Pressed on a message, and answered in words there. */
const answeringButtons: Record<string, string> = {
  'card.move': `tomorrow:${some}`,
  'practice.not_watched': some,
  'practice.retire': some,
  'practice.withdraw': some,
  'practice.bring_back': some,
  'observed_call.accept': some,
  'observed_call.decline': some,
  'observed_call.drop': some,
  'start.resume': 'resume',
  'set_up.begin': 'begin',
  'set_up.no_digest': 'none',
  'set_up.close': 'close',
  'menu.run': 'no such word',
};

/** Their answer is that the card or Home does not show it any more. */
const silentButtons = [
  'observed_call.read_shared',
  'observed_call.read_answer',
  'observed_call.read_declined',
  'certify.read_result',
  'certify.read_taken_back',
  'start.pause',
  'privacy.handed_over',
];

/** Inside a modal, which stays in sight while they work: they draw it anew, or open another on top. */
const insideModals = [
  'privacy.opened',
  'privacy.copy',
  'privacy.later',
  'privacy.ask',
  'privacy.call_off',
  'privacy.erase',
  'audit.open',
  'audit.earlier',
  'one_on_one.withdraw',
  'one_on_one.more',
  'cadence.every_day',
  'cadence.every_time',
  'cadence.row',
  'cadence.page',
  'practice_item',
  'practice.reflect_more',
  'observed_call.more',
  'observed_call.withdraw',
  'check_in.more',
  'check_in.team_more',
  'check_in.row',
  'programme.back',
  'programme.new',
  'programme.change',
  'programme.enrol',
  'programme.withdraw',
  'programme.end',
  'certify.programme',
  'certify.more',
  'certify.history',
  'certify.take_back',
  'time_report.more',
  'time_report.more_reps',
  'time_report.week',
  'away.end',
  'why.more',
  'people.search',
  'people.who',
  'people.segment',
  'people.wave',
  'people.next',
  'people.previous',
  'people.choose',
  'people.choose_all',
  'people.stop_choosing',
  'people.change_chosen',
  'people.edit',
  'people.away',
  'people.end_absence',
  'people.add',
  'people_import.to_group',
  'people_import.to_file',
  'settings.edit',
  'settings.defaults',
  'settings.history',
  'settings.earlier',
  'start.who',
  'start.managers',
  'start.week',
];

/** Nothing that a form is made of can be read; how the app is installed can. */
const data =
  'member, reporting, cadence, occurrence, absence, setting, commitment, one_on_one_log, preparation, ' +
  'call_plan, debrief, programme, enrolment, check_in, time_report, practice_assignment, practice_review, ' +
  'certification, card_note';

const trigger = 3_000;
const isLight = (modal: { texts: string[] }): boolean => modal.texts.includes('One moment…');

let world: World;
let url: string;
beforeAll(async () => {
  world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team });
  url = world.database.url ?? '';
  await world.slack.settled();
});
afterAll(() => world.close());

/** The modal is there while nothing can be read, and filled, whole, when everything can. */
async function opensLight(person: Person, held: string, act: () => Promise<unknown>): Promise<string> {
  const hold = await holdTable(url, held);
  let done: Promise<unknown>;
  try {
    const began = performance.now();
    done = act();
    const light = await person.untilModal(isLight, { deadlineMs: trigger });
    expect(performance.now() - began).toBeLessThan(trigger);
    expect(light.shown.submit).toBeNull();
  } finally {
    await hold.letGo();
  }
  const filled = await person.untilModal((modal) => !isLight(modal));
  const read = [filled.title, ...filled.texts, ...filled.labels, ...filled.buttons].join('\n');
  await done;
  await filled.close({ all: true });
  expect(read).not.toContain('That did not work');
  return read;
}

describe('commands', () => {
  test('every word has its way, and no way is of a word that is gone', () => {
    const words = features.flatMap((feature) => Object.keys(feature.commands ?? {}));
    expect([...Object.keys(opening), ...Object.keys(answering)].toSorted()).toEqual(words.toSorted());
  });

  test.each(Object.values(opening).flat())('$typed of $by opens in time', async ({ by, typed, reads }) => {
    const person = world.person(by);
    const read = await opensLight(person, 'member', () => person.run(typed));
    expect(read).toMatch(reads);
  });

  test('a name that was not clear is chosen in the modal, which becomes the form', async () => {
    const dana = world.person('Dana Whitfield');
    const hold = await holdTable(url, 'member');
    const running = dana.run('/coach log a');
    const light = await dana.untilModal(isLight);
    await hold.letGo();
    const question = await dana.untilModal(({ buttons }) => buttons.includes('Ana Lima'));
    expect(question.id).toBe(light.id);
    await running;
    await question.press('Ana Lima');
    const form = await dana.untilModal(({ title }) => title === '1:1 with Ana');
    expect(form.id).toBe(light.id);
    expect(form.submitLabel).toBe('Save');
    await form.close();
  });

  test('what is answered in words is answered late, and whole', async () => {
    const asked = Object.values(answering);
    const before = asked.map(({ by }) => world.person(by).ephemeral().length);
    const hold = await holdTable(url, 'member');
    const acted = Promise.all(asked.map(({ by, typed }) => world.person(by).run(typed)));
    // Slack has its answer in time; the person does not have theirs yet.
    await acted;
    expect(asked.map(({ by }) => world.person(by).ephemeral().length)).toEqual(before);
    await hold.letGo();
    for (const [index, { by, reads }] of asked.entries()) {
      const person = world.person(by);
      const late = () => person.ephemeral().slice(before[index]);
      const found = await person.until(() => late().find(({ text }) => new RegExp(reads).test(text)));
      expect(found.text).toMatch(reads);
    }
  });
});

describe('buttons', () => {
  /** A message of the app with a button for each, as old messages have them. */
  async function withButtons(person: Person, buttons: Record<string, string>, text: string) {
    const { context, workspaceId } = world.application;
    const elements = Object.entries(buttons).map(([id, value]) => ({
      type: 'button' as const,
      action_id: `${id}:planted`,
      text: { type: 'plain_text' as const, text: id },
      ...(value === '' ? {} : { value }),
    }));
    const blocks: KnownBlock[] = [];
    while (elements.length > 0) blocks.push({ type: 'actions', elements: elements.splice(0, 20) });
    await context.slack
      .client(workspaceId)
      .chat.postMessage({ channel: person.session.appConversation(), text, blocks });
    return person.untilMessage((message) => message.text === text);
  }

  test('every button has its way, and no way is of a button that is gone', () => {
    const all = features.flatMap((feature) => Object.keys(feature.actions ?? {}));
    const known = [
      ...Object.keys(openingButtons),
      ...Object.keys(answeringButtons),
      ...silentButtons,
      ...insideModals,
    ];
    expect([...new Set(known)].toSorted()).toEqual(all.toSorted());
  });

  test.each(Object.entries(openingButtons))('%s opens in time', async (id, value) => {
    const dana = world.person('Dana Whitfield');
    const message = await withButtons(dana, { [id]: value }, `opens: ${id}`);
    expect(await opensLight(dana, data, () => message.press(id))).not.toBe('');
  });

  // Half of them at a time: there are ten connections, and whoever finds none is told so at once.
  test.each([0, 1])('what is answered in words is answered late, and whole (%d)', async (half) => {
    const dana = world.person('Dana Whitfield');
    const before = dana.ephemeral().length;
    const buttons = Object.keys(answeringButtons).filter((_, index) => index % 2 === half);
    const message = await withButtons(dana, answeringButtons, `answers ${half}`);
    const hold = await holdTable(url, data);
    await Promise.all(buttons.map((id) => message.press(id)));
    expect(
      dana
        .ephemeral()
        .slice(before)
        .map(({ text }) => text),
    ).toEqual([]);
    await hold.letGo();
    const answers = await dana.until(() => {
      const late = dana.ephemeral().slice(before);
      return late.length < buttons.length ? undefined : late;
    });
    for (const { text } of answers) expect(text).not.toContain('did not work');
  });

  test('nothing of all this was refused by Slack', () => {
    expect(refusals(world.slack.calls.list())).toEqual([]);
  });
});
