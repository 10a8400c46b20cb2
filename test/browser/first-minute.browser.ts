import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { enablementChannel, team } from '#sandbox/team.ts';
import { browserForFile, expectAccessible } from './browser.ts';
import { type OwnSandbox, startOwnSandbox } from './sandbox.ts';

let own: OwnSandbox;
const browser = browserForFile();

beforeAll(async () => {
  own = await startOwnSandbox(inject('past'));
});
afterAll(() => own.stop());

const oneThing = 'When the buyer asks for a discount, ask what changed instead of naming a number.';
const note = 'Tired; ask about the territory change.';

const modal = (page: Page) => page.getByRole('dialog');
const guide = (page: Page) => page.getByRole('region', { name: 'Your first minute' });
const messages = (page: Page) => page.getByRole('list', { name: 'Messages with Sideline' });

/** One story, each step where the one before ended. */
describe('the first minute', () => {
  test('begins with Dana, who is asked about the 1:1 that just ended', async () => {
    const { page } = await browser.visit(own.url);
    await expect.poll(() => page.title()).toContain('sandbox');
    expect(await page.getByTestId('clock').innerText()).toBe('4:00 PM');
    await messages(page).getByText("Sam's 1:1 just ended. Log one thing.").waitFor();
    await guide(page).getByText('Log one thing').first().waitFor();
    await expectAccessible(page);
  });

  test('the 1:1 is logged in the message; a vague text gets an example back', async () => {
    const { page } = await browser.visit(own.url);
    await page.getByRole('button', { name: 'Log 1:1 with Sam Rivera' }).last().click();
    const dialog = modal(page);
    await dialog.getByText('Sam would like to replay').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Please complete this required field.').first().waitFor();
    await dialog.getByRole('radio', { name: 'When reminded' }).check();
    await dialog.getByRole('radio', { name: 'Heard it' }).check();
    await dialog.getByRole('radio', { name: 'A skill' }).check();
    await dialog.getByLabel('One thing to try').fill('improve discovery');
    await dialog.getByRole('button', { name: 'More' }).click();
    await dialog.getByLabel('Private note').fill(note);
    expect(await dialog.getByLabel('One thing to try').inputValue()).toBe('improve discovery');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Could Sam tell afterwards whether it happened?').waitFor();
    await dialog.getByLabel('One thing to try').fill(oneThing);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await messages(page).getByText(oneThing).first().waitFor();
    await guide(page).getByRole('button', { name: 'Be Sam' }).waitFor();
  });

  test('Sam sees the one thing, and not the note', async () => {
    const { page } = await browser.visit(own.url);
    await guide(page).getByRole('button', { name: 'Be Sam' }).click();
    await page.getByRole('region', { name: 'Home of Sideline' }).getByText(oneThing).waitFor();
    expect(await page.getByText(note).count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Messages', exact: true }).click();
    await messages(page).waitFor();
    expect(await page.getByText(note).count()).toBe(0);
  });

  test('on day 30 Sam looks back, and a working day later Dana', async () => {
    const { page } = await browser.visit(`${own.url}/#/U0SAM/home`);
    await guide(page).getByRole('button', { name: 'Travel to day 30' }).click();
    await page.getByRole('region', { name: 'What happened on the way' }).waitFor({ timeout: 30_000 });
    await page
      .getByRole('button', { name: /Answer the check-in of day 30/ })
      .last()
      .click();
    const dialog = modal(page);
    await dialog.waitFor();
    for (const one of await dialog.getByRole('radio', { name: 'When reminded' }).all()) await one.check();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await guide(page).getByRole('button', { name: "Open Dana's messages" }).click();
    await page
      .getByRole('button', { name: /Day 30 of/ })
      .last()
      .click();
    await dialog.waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await guide(page).getByRole('button', { name: "Travel to Dana's next 1:1 with Sam" }).waitFor();
  });

  test('at the next 1:1 the follow-up closes the chain', async () => {
    const { page } = await browser.visit(`${own.url}/#/U0SAM/home`);
    await guide(page).getByRole('button', { name: "Travel to Dana's next 1:1 with Sam" }).click();
    const arrival = page.getByRole('region', { name: 'What happened on the way' });
    // A week is lived, not skipped: some seconds, more on a busy machine.
    await arrival.waitFor({ timeout: 30_000 });
    expect(await arrival.innerText()).toMatch(/2 days passed\. \d+ messages went out/);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Log 1:1 with Sam Rivera' }).last().click();
    const dialog = modal(page);
    await dialog.getByText(oneThing).waitFor();
    await dialog.getByRole('radio', { name: 'Did it unasked' }).check();
    await dialog.getByRole('radio', { name: 'Saw it' }).check();
    await dialog.getByRole('radio', { name: 'A skill' }).check();
    await dialog
      .getByLabel('One thing to try')
      .fill('When the buyer goes quiet, wait five seconds instead of filling it.');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await guide(page).getByRole('button', { name: "Open Priya's channel" }).click();
    await page.getByText('Of what fell due: done').last().waitFor();
    await expectAccessible(page);
    await guide(page).getByText('That is the loop').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'sales-enablement' }).first().waitFor();
    expect(await guide(page).count()).toBe(0);
  });
});

describe('what was sent', () => {
  test('is explained, with its ledger row', async () => {
    const { page } = await browser.visit(`${own.url}/#/U0DANA/messages`);
    await page.getByRole('button', { name: 'More about the message of Sideline' }).last().click();
    await page.getByRole('menuitem', { name: 'Why was this sent?' }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText('because what the day asked for was over').waitFor();
    await inspector.getByText('delivered', { exact: true }).waitFor();
    await expectAccessible(page);
  });

  test('is listed with what Slack answered, newest first', async () => {
    const { page } = await browser.visit(`${own.url}/#/U0DANA/messages`);
    await page.keyboard.press('i');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('searchbox').fill('views.open');
    await inspector
      .getByRole('button', { name: /views\.open/ })
      .first()
      .click();
    await inspector.getByText('"callback_id": "one_on_one.modal"').first().waitFor();
    await inspector.getByRole('button', { name: 'To the app' }).click();
    await inspector.getByText('No request fits.').waitFor();
    await expectAccessible(page);
  });
});

describe('the message that goes to the person one is not', () => {
  test('is a mark at their name, and a link after a journey', async () => {
    // The digest that came on the way here is none of it.
    for (const { id } of team) own.sandbox.slack.person(id).markRead(enablementChannel);
    const { page } = await browser.visit(`${own.url}/#/U0PRIYA/home`);
    await page.getByRole('button', { name: 'To the next message' }).click();
    const arrival = page.getByRole('region', { name: 'What happened on the way' });
    await arrival.getByRole('link').first().waitFor();
    const link = arrival.getByRole('link').first();
    const name = (await link.innerText()).replace(/\s*\d+$/, '');
    const people = page.getByRole('navigation', { name: 'You are' });
    expect(await people.getByRole('link', { name: new RegExp(`${name}.*unread`, 's') }).count()).toBe(1);
    await link.click();
    await expect.poll(() => people.locator('[aria-current=true]').innerText()).toContain(name);
    await messages(page).waitFor();
    await expect
      .poll(() => people.getByRole('link', { name: new RegExp(`${name}.*unread`, 's') }).count(), {
        timeout: 10_000,
      })
      .toBe(0);
  });
});
