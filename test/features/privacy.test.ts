import { afterAll, beforeAll, expect, test } from 'vitest';
import { erase } from '#services/erase-person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { fillLog, openLog } from './logging.ts';

const team = [
  { name: 'Ellen Park', zone: 'America/New_York', role: 'enablement' },
  { name: 'Ade Obi', zone: 'America/New_York', role: 'admin' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
beforeAll(async () => {
  world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team });
  await world.travelTo('2026-03-05T21:30:00Z');
});
afterAll(() => world.close());

const wordsOf = (modal: SeenModal): string => modal.texts.join('\n');

async function privacyOf(name: string): Promise<SeenModal> {
  const person = world.person(name);
  if (person.hasModal()) await person.modal().close({ all: true });
  await person.run('/coach privacy');
  return person.untilModal((modal) => modal.title === 'Privacy');
}

test('a rep reads what is kept about them and who opened it, and nobody else does', async () => {
  const dana = world.person('Dana Whitfield');
  await (await fillLog(await openLog(dana, 'Sam Rivera'))).submit();
  const sam = world.person('Sam Rivera');
  const modal = await privacyOf('Sam Rivera');
  expect(wordsOf(modal)).toContain('• 1 1:1 that was logged with you, since Thu 5 Mar 2026');
  expect(wordsOf(modal)).toContain('Texts are kept until they are erased.');
  expect(wordsOf(modal)).toContain(`Ask <@${userId('Ade Obi')}> or <@${userId('Ellen Park')}>`);
  await modal.press('Who opened it');
  const opened = await sam.untilModal((one) => one.title === 'Who opened it');
  expect(opened.texts[0]).toBe('*Dana Whitfield*, Thu 5 Mar 2026, 15:30\nyour 1:1s, to write');

  const ana = await privacyOf('Ana Lima');
  await ana.press('Who opened it');
  const ofAna = await world.person('Ana Lima').untilModal((one) => one.title === 'Who opened it');
  expect(wordsOf(ofAna)).toContain('Nobody has opened your record so far.');
});

test('erasure is asked for, can be called off, is confirmed by an admin and told to the person', async () => {
  const sam = world.person('Sam Rivera');
  const ade = world.person('Ade Obi');
  const ask = async () => {
    await (await privacyOf('Sam Rivera')).press('Ask for erasure');
    const form = await sam.untilModal((one) => one.title === 'Ask for erasure');
    expect(wordsOf(form)).toContain('*It does not reach* messages that stand in Slack already');
    await form.submit();
    await sam.untilModal((one) => wordsOf(one).startsWith('Asked. Nothing is erased until'));
  };
  await ask();
  ade.openHome();
  const asksOn = '*Sam Rivera* asked to be erased, on Thu 5 Mar 2026.';
  await ade.untilHome((home) => home.texts.join('\n').includes(asksOn));
  await (await privacyOf('Sam Rivera')).press('Call it off');
  await sam.untilModal((one) => one.buttons.includes('Ask for erasure'));
  await ade.untilHome((home) => !home.texts.join('\n').includes('asked to be erased'));

  await ask();
  const home = await ade.untilHome((one) => one.texts.join('\n').includes(asksOn));
  await home.press('What it means');
  const review = await ade.untilModal((one) => one.title === 'Erasure');
  expect(wordsOf(review)).toContain('• 1 1:1 that was logged with them, since Thu 5 Mar 2026');
  expect(wordsOf(review)).toContain('and what they wrote about others, without their name.');
  expect(wordsOf(review)).not.toContain('buyer');
  await expect(review.press('Erase Sam')).rejects.toThrow('does not come back');
  await review.press('Erase Sam', { confirm: true });
  await ade.untilModal(
    (one) => wordsOf(one).includes('*Sam Rivera* is erased') || wordsOf(one).includes('Sam Rivera is erased'),
  );
  await sam.untilMessage((message) => message.text.startsWith('What Sideline kept about you is erased'));
  await sam.run('/coach privacy');
  await sam.untilMessage(
    (message) => message.shown.ephemeral && message.text.includes('you are not on its list yet'),
  );
});

test('who is neither admin nor enablement cannot confirm, nor can anybody erase who has not asked', async () => {
  const { workspaceId, context } = world.application;
  const ana = userId('Ana Lima');
  for (const [by, problem] of [
    ['Dana Whitfield', 'not_permitted'],
    ['Ana Lima', 'not_permitted'],
    ['Ade Obi', 'unknown'],
  ] as const) {
    expect(await erase(context, workspaceId, ana, userId(by))).toMatchObject({
      ok: false,
      problem: { kind: problem },
    });
  }
});

test('the audit trail tells who did what, and not whose erasure it was', async () => {
  const ade = world.person('Ade Obi');
  if (ade.hasModal()) await ade.modal().close({ all: true });
  await ade.run('/coach settings');
  const settings = await ade.untilModal((one) => one.title === 'Settings');
  await settings.press('Audit trail');
  const trail = await ade.untilModal((one) => one.title === 'Audit trail');
  expect(trail.texts[0]).toMatch(/^\*Ade Obi\*, Thu 5 Mar 2026, 16:\d\d\nerased a person$/);
  expect(wordsOf(trail)).toContain('*Somebody erased*, Thu 5 Mar 2026');
  expect(wordsOf(trail)).not.toContain('Sam Rivera');
});
