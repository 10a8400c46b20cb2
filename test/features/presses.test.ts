import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { startWorld, type World } from '#test/world.ts';
import { openCertify, rate } from './certifying.ts';
import { fillLog } from './logging.ts';
import { fillDebrief } from './observing.ts';
import { countWalks, inMarkdown } from './presses.ts';
import { fillIn } from './reporting-time.ts';
import { cardWith, fillBaseline, fillProgramme, linesOf, pressOnCard } from './training.ts';

/** A manager with eight reps, all in one zone: what takes more presses with more people would show. */
const zone = 'America/New_York';
const reps = ['Sam Rivera', 'Ana', 'Bea', 'Cleo', 'Dov', 'Eli', 'Fay', 'Gus'];
const team = [
  { name: 'Ellen Park', zone, role: 'enablement' },
  { name: 'Dana Whitfield', zone, role: 'manager' },
  { name: 'Lee Grant', zone, role: 'manager' },
  ...reps.map((name) => ({ name, zone, role: 'rep', manager: 'Dana Whitfield' })),
];
const docs = new URL('../../docs/presses.md', import.meta.url);

let world: World;
let ellen: Person;
let dana: Person;
let sam: Person;
let ana: Person;
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
  ana = world.person('Ana');
});
afterAll(async () => {
  vi.restoreAllMocks();
  await world.close();
});

const { walks, walk } = countWalks(() => world);
const openAndSave = 2;

/** Saved, whether the modal closes or shows what came of it. */
async function save(modal: SeenModal): Promise<void> {
  const { status, errors } = await modal.submit();
  if (status !== 'closed' && status !== 'updated') throw new Error(`not saved: ${JSON.stringify(errors)}`);
}

async function close(person: Person): Promise<void> {
  if (person.hasModal()) await person.modal().close({ all: true });
}

async function byCommand(person: Person, typed: string): Promise<SeenModal> {
  await person.run(typed);
  return person.untilModal();
}

test('start, digest and a training', async () => {
  const started = await walk({ duty: 'Start', whose: 'enablement', from: '`/coach start`' }, async () =>
    save(await byCommand(ellen, '/coach start')),
  );
  expect(started.presses).toBe(openAndSave);
  await close(ellen);

  const digest = await walk(
    { duty: 'Weekly digest', whose: 'enablement', from: '`/coach digest`' },
    async () => {
      const modal = await byCommand(ellen, '/coach digest');
      await modal.choose('Channel', 'coaching');
      await save(modal);
    },
  );
  expect(digest.presses).toBe(openAndSave);
  await close(ellen);

  // Save twice: the first shows what it will bring.
  const training = await walk(
    { duty: 'Set up a training', whose: 'enablement', from: '`/coach programme new`' },
    async () => {
      const modal = await byCommand(ellen, '/coach programme new');
      await fillProgramme(modal, { sessionOn: '2026-03-03', reps });
      await save(modal);
      await save(ellen.modal());
    },
  );
  expect(training.presses).toBe(openAndSave + 1);
  expect(ellen.hasModal()).toBe(false);

  const person = await walk(
    { duty: 'Wave of a person', whose: 'enablement', from: '`/coach people @name`' },
    async () => {
      const modal = await byCommand(ellen, '/coach people @Gus');
      await modal.choose('Wave', 'Wave 2');
      await save(modal);
    },
  );
  expect(person.presses).toBe(openAndSave);
});

test('days of 1:1s, the questions before a training, and calls', async () => {
  await world.travelTo('2026-03-02T15:00:00Z');
  const cadence = await walk({ duty: 'Days of all 1:1s', whose: 'manager', from: 'the card' }, async () =>
    save(await pressOnCard(dana, 'Set the days')),
  );
  expect(cadence.presses).toBe(openAndSave);

  const own = await walk(
    { duty: 'Questions before a training', whose: 'rep', from: 'the card' },
    async () => {
      const modal = await pressOnCard(sam, 'Answer');
      await fillBaseline(modal, [3, 4, 4, 2, 3, 3, 5, 2, 2, 4]);
      await save(modal);
    },
  );
  expect(own.presses).toBe(openAndSave);
  await close(sam);

  const planned = await walk({ duty: 'Plan a call', whose: 'manager', from: 'the card' }, async () => {
    const modal = await pressOnCard(dana, 'Plan');
    await modal.fill('Account', 'Globex');
    await save(modal);
  });
  expect(planned.presses).toBe(openAndSave);

  const watched = await walk(
    { duty: 'Ask to be listened to', whose: 'rep', from: '`/coach watch`' },
    async () => {
      const modal = await byCommand(ana, '/coach watch');
      await modal.fill('Account', 'Initech');
      await save(modal);
    },
  );
  expect(watched.presses).toBe(openAndSave);

  const debrief = await walk({ duty: 'Observed call', whose: 'manager', from: 'the card' }, async () =>
    save(await fillDebrief(await pressOnCard(dana, 'After the call'))),
  );
  expect(debrief.presses).toBe(openAndSave);
  await close(dana);
});

test('a 1:1 by command, what a rep answers, and day 0', async () => {
  // Agreed for tomorrow, so that its outcome is asked about on a card of this week.
  const logged = await walk({ duty: 'Log a 1:1', whose: 'manager', from: '`/coach log @name`' }, async () =>
    save(await fillLog(await byCommand(dana, '/coach log @Sam Rivera'))),
  );
  expect(logged.presses).toBe(openAndSave);

  await world.travelTo('2026-03-03T15:00:00Z');
  const accepted = await walk({ duty: 'Agree to listen', whose: 'manager', from: 'the card' }, async () => {
    const request = await dana.untilMessage(({ buttons }) => buttons.includes('I will listen'));
    await request.press('I will listen');
  });
  expect(accepted.presses).toBe(1);

  const answered = await walk({ duty: 'Answer a debrief', whose: 'rep', from: 'the card' }, async () => {
    const person = reps.map((name) => world.person(name)).find((one) => cardWith(one, 'Answer Dana'));
    if (person === undefined) throw new Error(`nobody is asked: ${linesOf(sam)}`);
    const modal = await pressOnCard(person, 'Answer Dana');
    await modal.fill('What do you make of it?', 'I will ask for the number first.');
    await save(modal);
  });
  expect(answered.presses).toBe(openAndSave);

  await world.travelTo('2026-03-03T22:00:00Z');
  const zero = await walk({ duty: 'Day 0 of a training', whose: 'manager', from: 'Home' }, async () => {
    dana.openHome();
    const home = await dana.untilHome(({ buttons }) => buttons.includes('Day 0'));
    await home.press('Day 0');
    const modal = await dana.untilModal();
    await modal.choose('Sam Rivera', 'Teach', 'Tailor');
    await save(modal);
  });
  expect(zero.presses).toBe(openAndSave);
});

test('the week of a rep and a manager', async () => {
  await world.travelTo('2026-03-04T15:00:00Z');
  const prepared = await walk({ duty: 'Prepare a 1:1', whose: 'rep', from: 'the card' }, async () => {
    const person = reps.map((name) => world.person(name)).find((one) => linesOf(one).includes('1:1'));
    if (person === undefined) throw new Error('nobody is asked to prepare');
    const card = person.dm().findLast(({ texts }) => texts.join('\n').includes('1:1'));
    await card?.press('Answer');
    const modal = await person.untilModal();
    await modal.fill('One moment you would like to replay', 'The price question.');
    await save(modal);
  });
  expect(prepared.presses).toBe(openAndSave);

  await world.travelTo('2026-03-05T15:00:00Z');
  const day2 = await walk({ duty: 'Check-in', whose: 'rep', from: 'the card' }, async () => {
    const modal = await pressOnCard(sam, 'Look back');
    for (const label of ['Teach', 'Tailor', 'Take Control']) await modal.choose(label, 'Did it unasked');
    await save(modal);
  });
  expect(day2.presses).toBe(openAndSave);

  const snoozed = await walk({ duty: 'Put off', whose: 'manager', from: 'the card' }, async () => {
    await cardWith(dana, 'Tomorrow')?.press('Tomorrow');
    await dana.untilMessage(({ text }) => text.startsWith('It comes back on the card of'));
  });
  expect(snoozed.presses).toBe(1);
  const excused = await walk({ duty: 'Excuse', whose: 'manager', from: 'the card' }, async () => {
    const modal = await pressOnCard(dana, 'Excuse it…');
    await modal.choose('What got in the way?', modal.choices('What got in the way?')[0] ?? '');
    await save(modal);
  });
  expect(excused.presses).toBe(openAndSave);

  await world.travelTo('2026-03-05T22:00:00Z');
  const logged = await walk({ duty: 'Log a 1:1', whose: 'manager', from: 'the prompt' }, async () =>
    save(await fillLog(await pressOnCard(dana, 'Log 1:1'))),
  );
  expect(logged.presses).toBe(openAndSave);

  await world.travelTo('2026-03-06T20:30:00Z');
  const time = await walk({ duty: 'Time report', whose: 'manager', from: 'the prompt' }, async () => {
    const modal = await pressOnCard(dana, 'Report time');
    await fillIn(modal, '10', '10', '10', '6', '4');
    await save(modal);
  });
  expect(time.presses).toBe(openAndSave);
  await close(dana);

  const given = await walk(
    { duty: 'Give practice', whose: 'manager', from: '`/coach practice @name`' },
    async () => {
      const form = await byCommand(dana, '/coach practice @Sam Rivera');
      await form.choose('What to practise', 'A number before a feature (Business case)');
      await dana.untilModal(({ texts }) => texts.some((text) => text.startsWith('When: ')));
      await save(dana.modal());
    },
  );
  expect(given.presses).toBe(openAndSave);
});

test('the week after', async () => {
  await world.travelTo('2026-03-09T15:00:00Z');
  const looked = await walk({ duty: 'Practice', whose: 'rep', from: 'the card' }, async () => {
    const modal = await pressOnCard(sam, 'Done, look back');
    await modal.choose('How did it go?', 'Did it');
    await modal.fill(modal.labels.at(-1) ?? '', 'The number, twice.');
    await save(modal);
  });
  expect(looked.presses).toBe(openAndSave);

  await world.travelTo('2026-03-10T15:00:00Z');
  const verified = await walk({ duty: 'Verify practice', whose: 'manager', from: 'the card' }, async () => {
    const modal = await pressOnCard(dana, 'Say what you saw');
    await modal.choose('Could you see it?', 'Seen');
    await save(modal);
  });
  expect(verified.presses).toBe(openAndSave);

  await world.travelTo('2026-03-11T15:00:00Z');
  const checked = await walk(
    { duty: 'Check-in, eight reps at once', whose: 'manager', from: 'the card' },
    async () => {
      const modal = await pressOnCard(dana, 'Look back');
      expect(modal.labels.length).toBeGreaterThanOrEqual(reps.length * 3);
      await save(modal);
    },
  );
  expect(checked.presses).toBe(openAndSave);
  expect(dana.hasModal()).toBe(false);

  await world.travelTo('2026-03-11T16:00:00Z');
  const away = await walk(
    { duty: 'Away, with a stand-in', whose: 'manager', from: '`/coach away [days]`' },
    async () => {
      const modal = await byCommand(dana, '/coach away 2026-04-06 2026-04-08');
      await modal.choose('Who stands in for you', 'Lee Grant');
      await save(modal);
    },
  );
  expect(away.presses).toBe(openAndSave);
  expect(dana.hasModal()).toBe(false);
});

test('what became of a commitment, and a certificate', async () => {
  await world.travelTo('2026-03-19T15:00:00Z');
  const told = await walk({ duty: 'Commitment', whose: 'manager', from: 'the card' }, async () => {
    const modal = await pressOnCard(dana, 'Say what happened');
    const [outcome = '', evidence = ''] = modal.labels;
    await modal.choose(outcome, 'Did it unasked');
    await modal.choose(evidence, modal.choices(evidence)[0] ?? '');
    await save(modal);
  });
  expect(told.presses).toBe(openAndSave);

  const certified = await walk(
    { duty: 'Certify', whose: 'manager', from: '`/coach certify @name`' },
    async () => {
      const modal = await openCertify(dana, 'Sam Rivera');
      await rate(modal, 8, 8, 8);
      await save(modal);
    },
  );
  expect(certified.presses).toBe(openAndSave);
  await close(dana);
});

test('the table in the docs is this one; UPDATE_DOCS=1 writes it', () => {
  const table = inMarkdown(walks);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(docs, table);
  expect(readFileSync(docs, 'utf8')).toBe(table);
});
