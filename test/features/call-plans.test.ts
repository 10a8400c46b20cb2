import { afterEach, describe, expect, test } from 'vitest';
import { dropPlan } from '#services/plan-call.ts';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { debriefsAbout, fillDebrief, observationsAbout, openObserve, plansAbout } from './observing.ts';
import { cardWith } from './training.ts';

const team = [
  { name: 'Priya', zone: 'Europe/London', role: 'enablement' },
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Lee', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
  { name: 'Rey', zone: 'America/Chicago', role: 'rep' },
];

let world: World;
let dana: Person;
let sam: Person;
afterEach(() => world.close());

async function begin(database: 'embedded' | 'postgres' = 'postgres') {
  world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team });
  dana = world.person('Dana');
  sam = world.person('Sam');
}

const said = (person: Person): string =>
  person
    .dm()
    .flatMap(({ texts }) => texts)
    .join('\n');
const lastCard = (person: Person): string => person.dm().at(-1)?.texts.join('\n') ?? '';

async function pressed(label: 'Plan' | 'Change') {
  await cardWith(dana, label)?.press(label);
  return dana.untilModal((one) => one.title === 'Plan to listen');
}

async function ask(account: string, callOn: string, lookFor?: string) {
  await sam.run('/coach watch');
  const modal = await sam.untilModal((one) => one.title === 'A call to listen to');
  await modal.fill('Account', account);
  await modal.pick('When is the call?', callOn);
  if (lookFor !== undefined) await modal.fill('What should they look for?', lookFor);
  return modal;
}

describe.each(oneDatabase)('a call that a rep asks to have listened to (%s)', (database) => {
  test('is put to the manager, planned in one press, reviewed by the rep first, and written about', async () => {
    await begin(database);
    const modal = await ask('Globex', '2026-03-10', 'Do I talk too much?');
    expect(modal.submitLabel).toBe('Ask Dana');
    expect(await modal.submit()).toMatchObject({ closed: true });
    expect(await plansAbout(world, 'Sam')).toMatchObject([{ state: 'asked', call_on: '2026-03-10' }]);
    const request = await dana.untilMessage((one) => one.texts.join('\n').includes('Sam asks you to listen'));
    expect(request.texts.join('\n')).toContain('Globex, Tue 10 Mar');
    expect(request.texts.join('\n')).toContain('To look for: Do I talk too much?');

    await request.press('I will listen');
    await dana.until(() => (said(dana).includes('You will listen.') ? true : undefined));
    expect(await plansAbout(world, 'Sam')).toMatchObject([{ state: 'planned' }]);
    // The rep learns of it with the next card.
    await world.travelTo('2026-03-03T15:00:00Z');
    expect(lastCard(sam)).toContain('Dana will listen.');
    // Nothing more before the day after.
    await world.travelTo('2026-03-10T15:00:00Z');
    expect(lastCard(dana)).not.toContain('How did it go?');

    await world.travelTo('2026-03-11T14:00:00Z');
    expect(lastCard(dana)).toContain("Sam's call: Globex, Tue 10 Mar. How did it go?");
    expect(lastCard(sam)).toContain('How did it go? One thing that worked, one moment to replay.');
    await sam.dm().at(-1)?.press('My view');
    const review = await sam.untilModal((one) => one.title === 'How did it go?');
    await review.fill('One thing that worked', 'I asked for the budget early.');
    await review.fill('One moment to replay', 'The silence after the price.');
    expect(await review.submit()).toMatchObject({ closed: true });
    await dana.until(() => (said(dana).includes('Sam has written their own view') ? true : undefined));

    await dana.dm().at(-1)?.press('After the call');
    const form = await dana.untilModal((one) => one.title.startsWith('After '));
    const shown = form.texts.join('\n');
    expect(shown).toContain('Sam asked you to look for: Do I talk too much?');
    expect(shown).toContain('Worked: I asked for the budget early.');
    expect(shown).toContain('To replay: The silence after the price.');
    expect(form.value('Account')).toBe('Globex');
    expect(await (await fillDebrief(form, { Account: 'Globex Inc' })).submit()).toMatchObject({
      closed: true,
    });
    const [plan] = await plansAbout(world, 'Sam');
    expect(plan?.state).toBe('watched');
    expect(await debriefsAbout(world, 'Sam')).toMatchObject([
      { plan_id: plan?.plan_id, held_on: '2026-03-10', account: 'Globex Inc', late: false },
    ]);
    // Begun after the first working day, the month had nothing to ask for.
    expect(await observationsAbout(world, 'Sam')).toEqual([]);
  });
});

test('not this one: the rep is told with the next card, and may ask for another', async () => {
  await begin();
  expect(await (await ask('Globex', '2026-03-10')).submit()).toMatchObject({ closed: true });
  const request = await dana.untilMessage((one) => one.texts.join('\n').includes('Sam asks you to listen'));
  await request.press('Not this one');
  await dana.until(() => (said(dana).includes('Not this one; Sam is told.') ? true : undefined));
  await world.travelTo('2026-03-03T15:00:00Z');
  expect(lastCard(sam)).toContain('Dana will not listen to this call: Globex, Tue 10 Mar.');
  await sam.dm().at(-1)?.press('Got it');
  expect(await (await ask('Initech', '2026-03-11')).submit()).toMatchObject({ closed: true });
  // The same call as the one that was declined may be asked for again, and only once.
  expect(await (await ask('globex ', '2026-03-10')).submit()).toMatchObject({ closed: true });
  expect((await (await ask('GLOBEX', '2026-03-10')).submit()).errors).toEqual({
    Account: 'You have asked for this call already; your request still stands.',
  });
  expect((await plansAbout(world, 'Sam')).map(({ state }) => state)).toEqual(['declined', 'asked', 'asked']);
});

test('pressed twice, or by somebody else meanwhile, it is decided once', async () => {
  await begin();
  await (await ask('Globex', '2026-03-10')).submit();
  const request = await dana.untilMessage((one) => one.texts.join('\n').includes('Sam asks you to listen'));
  await Promise.allSettled([request.press('I will listen'), request.press('Not this one')]);
  await world.slack.settled();
  expect(await plansAbout(world, 'Sam')).toHaveLength(1);
  const [plan] = await plansAbout(world, 'Sam');
  expect(['planned', 'declined']).toContain(plan?.state);
  const told = dana.ephemeral().map(({ text }) => text);
  expect(told).toContain('This was settled before, so nothing was changed.');
});

test('the manager plans from the row, the row says so, and a call that was not heard is dropped', async () => {
  await begin();
  await world.travelTo('2026-04-01T13:00:00Z');
  await dana.dm().at(-1)?.press('Plan');
  const modal = await dana.untilModal((one) => one.title === 'Plan to listen');
  await modal.fill('Account', 'Hooli');
  await modal.pick('I will listen to this call on', '2026-03-31');
  expect((await modal.submit()).errors).toEqual({
    'I will listen to this call on':
      'This date is past. For a call you have heard already, use “After the call”.',
  });
  await modal.pick('I will listen to this call on', '2026-09-01');
  expect((await modal.submit()).errors).toEqual({
    'I will listen to this call on': 'This is more than 120 days away. Choose an earlier day.',
  });
  await modal.pick('I will listen to this call on', '2026-04-03');
  expect(await modal.submit()).toMatchObject({ closed: true });
  await dana.until(() => (said(dana).includes('Planned for Fri 3 Apr: Hooli.') ? true : undefined));
  // Friday's call is asked about on Monday.
  await world.travelTo('2026-04-06T14:00:00Z');
  expect(lastCard(dana)).toContain("Sam's call: Hooli, Fri 3 Apr. How did it go?");
  await dana.dm().at(-1)?.press('I did not listen');
  await dana.until(() => (said(dana).includes('It did not come to pass.') ? true : undefined));
  await sam.until(() => (said(sam).includes('Dana could not listen.') ? true : undefined));
  expect(await plansAbout(world, 'Sam')).toMatchObject([{ state: 'dropped' }]);
  expect((await observationsAbout(world, 'Sam')).at(-1)).toMatchObject({ state: 'due' });
});

test('a planned call stands once on Home, and another day can be chosen for it', async () => {
  await begin();
  await world.travelTo('2026-04-01T13:00:00Z');
  const plan = await pressed('Plan');
  await plan.fill('Account', 'Hooli');
  await plan.pick('I will listen to this call on', '2026-04-03');
  expect(await plan.submit()).toMatchObject({ closed: true });
  dana.openHome();
  const home = await dana.untilHome(({ texts }) =>
    texts.join('\n').includes('Planned for Fri 3 Apr: Hooli.'),
  );
  expect(home.texts.join('\n').match(/Hooli/g)).toHaveLength(1);
  expect(home.buttons).not.toContain('Plan');
  await world.travelTo('2026-04-02T15:00:00Z');
  expect(said(sam)).toContain('Hooli, Fri 3 Apr. Dana will listen.');

  const change = await pressed('Change');
  expect(change.value('Account')).toBe('Hooli');
  expect(change.value('I will listen to this call on')).toBe('2026-04-03');
  await change.pick('I will listen to this call on', '2026-04-07');
  expect(await change.submit()).toMatchObject({ closed: true });
  await dana.until(() => said(dana).includes('Planned for Tue 7 Apr: Hooli.') || undefined);
  await sam.until(() => said(sam).includes('Hooli, Tue 7 Apr. Dana will listen.') || undefined);
  // Nobody is asked about the former day.
  await world.travelTo('2026-04-06T15:00:00Z');
  expect(said(dana) + said(sam)).not.toContain('How did it go?');
  await world.travelTo('2026-04-08T15:00:00Z');
  expect(lastCard(dana)).toContain("Sam's call: Hooli, Tue 7 Apr. How did it go?");
  expect(lastCard(sam)).toContain('Your call: Hooli, Tue 7 Apr. How did it go?');
  expect(await plansAbout(world, 'Sam')).toMatchObject([{ state: 'planned', call_on: '2026-04-07' }]);
});

test('a plan that is over, or of a call that is planned twice, is not changed', async () => {
  await begin();
  await world.travelTo('2026-04-01T13:00:00Z');
  const plan = await pressed('Plan');
  await plan.fill('Account', 'Hooli');
  await plan.pick('I will listen to this call on', '2026-04-03');
  await plan.submit();
  await (await ask('Hooli', '2026-04-09')).submit();
  await dana.until(() => said(dana).includes('Planned for Fri 3 Apr') || undefined);
  const change = await pressed('Change');
  await change.pick('I will listen to this call on', '2026-04-09');
  expect((await change.submit()).errors).toEqual({
    Account: 'This call is planned already, or asked for, on this day.',
  });
  await change.pick('I will listen to this call on', '2026-04-10');
  const { context, workspaceId } = world.application;
  const [planned] = await plansAbout(world, 'Sam');
  const given = { observerId: userId('Dana'), planId: planned?.plan_id ?? '' };
  expect(await dropPlan(context, workspaceId, given)).toMatchObject({ ok: true });
  expect((await change.submit()).errors).toEqual({
    Account: 'Not saved. This call is not planned any more. Home shows what is.',
  });
});

test('a debrief of another account leaves the plan as it is', async () => {
  await begin();
  await (await ask('Globex', '2026-03-02')).submit();
  const form = await openObserve(dana, 'Sam');
  expect(form.value('Account')).toBe('Globex');
  await (await fillDebrief(form, { Account: 'Initech' })).submit();
  expect(await plansAbout(world, 'Sam')).toMatchObject([{ state: 'asked' }]);
  await (await fillDebrief(await openObserve(dana, 'Sam'), { Account: ' GLOBEX' })).submit();
  expect(await plansAbout(world, 'Sam')).toMatchObject([{ state: 'watched' }]);
});

test('who may not ask is told why', async () => {
  await begin();
  await dana.run('/coach watch');
  expect(dana.ephemeral().at(-1)?.text).toMatch(/^This is for reps, to ask their manager\./);
  const rey = world.person('Rey');
  await rey.run('/coach watch');
  expect(rey.ephemeral().at(-1)?.text).toMatch(/^Nobody is your manager in Sideline yet/);
  expect((await (await ask('Globex', '2025-12-01')).submit()).errors).toEqual({
    'When is the call?': 'This is more than 60 days ago. Choose a later call.',
  });
});
