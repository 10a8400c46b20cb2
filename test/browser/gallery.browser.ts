import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserForFile, expectAccessible } from './browser.ts';
import { ada, type Gallery, startGallery } from './gallery.ts';

let gallery: Gallery;
const browser = browserForFile();

beforeAll(async () => {
  gallery = await startGallery();
});
afterAll(() => gallery.stop());
beforeEach(async () => {
  const session = gallery.slack.person(ada);
  const top = session.modals().at(-1);
  if (top) await session.closeModal(top.id, true);
});

const modal = (page: Page) => page.getByRole('dialog');

async function openInputs(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'All inputs' }).click();
  await modal(page).getByRole('heading', { name: 'All inputs' }).waitFor();
}

const held = (blockId: string) => gallery.slack.person(ada).modals().at(-1)?.values[blockId]?.[blockId];

async function eventually<T>(look: () => T, wanted: T): Promise<void> {
  await expect.poll(look, { timeout: 4000, interval: 20 }).toEqual(wanted);
}

describe('every block', () => {
  test('is shown, readable and accessible', async () => {
    const { page } = await browser.visit(gallery.url);
    const messages = page.getByRole('list', { name: 'Messages with Gallery' });
    for (const words of ['Your week', 'Adherence by duty', 'Retention', 'Where the week went', 'Heading']) {
      await expect.poll(() => messages.getByText(words).count()).toBeGreaterThan(0);
    }
    expect(await messages.getByRole('cell', { name: '87' }).count()).toBe(1);
    expect(await page.getByText(':no_such_emoji:').count()).toBe(1);
    await expectAccessible(page);
  });

  test('unknown to the page is loud', async () => {
    const { page, expectFailures } = await browser.visit(gallery.url);
    const ts = await gallery.post(ada, [{ type: 'divider' }], 'A divider');
    const session = gallery.slack.person(ada);
    // The local Slack would refuse such a block, so it is put where a newer Slack would send it.
    await page.route('**/messages?*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { messages: { ts: string; blocks: object[] }[] };
      for (const one of body.messages) {
        if (one.ts === ts) one.blocks = [{ type: 'hologram', block_id: 'h' }];
      }
      await route.fulfill({ json: body });
    });
    session.say(session.appConversation(), 'Look at this');
    await page.getByTestId('unknown').waitFor();
    expect(await page.getByTestId('unknown').innerText()).toContain('block of type hologram');
    expect(await page.evaluate(() => window.sandboxFailures)).toEqual(['block of type hologram']);
    expectFailures();
  });
});

describe('a modal', () => {
  test('takes every kind of input', async () => {
    const { page } = await browser.visit(gallery.url);
    await openInputs(page);
    const dialog = modal(page);
    await dialog.getByLabel('Words').fill('a few words');
    await dialog.getByLabel('Lines').fill('one\ntwo');
    await dialog.getByLabel('Count').fill('7');
    await dialog.getByLabel('Day').fill('2026-06-18');
    await dialog.getByLabel('Time').fill('09:30');
    await dialog.getByLabel('Moment').fill('2026-06-18T09:30');
    await dialog.getByRole('combobox', { name: 'User (optional)' }).fill('ben');
    await page.getByRole('option', { name: 'Ben Ode' }).click();
    await dialog.getByRole('combobox', { name: 'Some of them' }).click();
    await page.getByRole('option', { name: 'Person 02' }).click();
    await page.getByRole('option', { name: 'Person 05' }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('combobox', { name: 'Looked up' }).fill('person 4');
    await page.getByRole('option', { name: 'Person 41' }).click();
    await dialog.getByRole('radio', { name: 'Heard it' }).check();
    await dialog.getByRole('checkbox', { name: 'Share' }).check();
    await dialog
      .getByLabel('File')
      .setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await dialog.getByText('note.txt').waitFor();

    await eventually(() => held('words')?.['value'], 'a few words');
    await eventually(() => held('moment')?.['selected_date_time'], Date.parse('2026-06-18T13:30:00Z') / 1000);
    await eventually(() => held('user')?.['selected_user'], 'U0BEN');
    await eventually(() => held('some')?.['selected_options'], [expect.anything(), expect.anything()]);
    await eventually(
      () => held('found')?.['selected_option'],
      expect.objectContaining({ value: 'Person 41' }),
    );
    await eventually(
      () => held('radio')?.['selected_option'],
      expect.objectContaining({ value: 'heard it' }),
    );
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await modal(page).waitFor({ state: 'detached' });
  });

  test('shows errors at their fields, keeps what was typed, and goes to the first', async () => {
    const { page } = await browser.visit(gallery.url);
    await openInputs(page);
    const dialog = modal(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Please complete this required field.').waitFor();
    await dialog.getByLabel('Words').fill('improve');
    await dialog.getByLabel('Mail').fill('nobody');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Enter a valid email address').waitFor();
    await dialog.getByLabel('Mail').fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const error = dialog.getByText('Say when, and what instead.');
    await error.waitFor();
    const words = dialog.getByLabel('Words');
    expect(await words.inputValue()).toBe('improve');
    expect(await words.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => words.evaluate((field) => field === document.activeElement)).toBe(true);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('keeps what was typed when the app changes it, and says when the app fails', async () => {
    const { page } = await browser.visit(gallery.url);
    await openInputs(page);
    const dialog = modal(page);
    await dialog.getByLabel('Words').fill('break');
    await dialog.getByRole('button', { name: 'More' }).click();
    await dialog.getByText('There is more now.').waitFor();
    expect(await dialog.getByLabel('Words').inputValue()).toBe('break');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').getByText('We had some trouble connecting').waitFor();
    expect(await dialog.getByLabel('Words').inputValue()).toBe('break');
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('stands in a stack of three; Esc goes back one, the cross closes all', async () => {
    const { page } = await browser.visit(gallery.url);
    await openInputs(page);
    await modal(page).getByLabel('Words').fill('kept below');
    await modal(page).getByRole('button', { name: 'Deeper' }).click();
    await modal(page).getByRole('heading', { name: 'Level 2' }).waitFor();
    await modal(page).getByRole('button', { name: 'Deeper' }).click();
    await modal(page).getByRole('heading', { name: 'Level 3' }).waitFor();
    await page.keyboard.press('Escape');
    await modal(page).getByRole('heading', { name: 'Level 2' }).waitFor();
    await page.keyboard.press('Escape');
    await modal(page).getByRole('heading', { name: 'All inputs' }).waitFor();
    expect(await modal(page).getByLabel('Words').inputValue()).toBe('kept below');
    await modal(page).getByRole('button', { name: 'Deeper' }).click();
    await modal(page).getByRole('heading', { name: 'Level 2' }).waitFor();
    await modal(page).getByRole('button', { name: 'Close', exact: true }).click();
    await modal(page).waitFor({ state: 'detached' });
  });

  test('keeps the focus inside and gives it back', async () => {
    const { page } = await browser.visit(gallery.url);
    await page.getByRole('button', { name: 'Open', exact: true }).focus();
    await page.keyboard.press('Enter');
    await modal(page).getByRole('heading', { name: 'Level 1' }).waitFor();
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement === document.body || activeElement?.closest('dialog') !== null;
      });
      expect(inside).toBe(true);
    }
    await page.keyboard.press('Escape');
    await modal(page).waitFor({ state: 'detached' });
    const name = await page.evaluate(() => document.activeElement?.textContent);
    expect(name).toBe('Open');
  });
});

describe('a menu of sixty people', () => {
  test('is used by keyboard alone', async () => {
    const { page } = await browser.visit(gallery.url);
    await openInputs(page);
    const field = modal(page).getByRole('combobox', { name: 'One of sixty' });
    await field.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.getByRole('option').count()).toBe(60);
    await expectAccessible(page);
    await page.keyboard.type('5');
    await expect.poll(() => page.getByRole('option').count()).toBe(15);
    await page.keyboard.type('7');
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('Person 57');
    await eventually(() => held('one')?.['selected_option'], expect.objectContaining({ value: 'person 57' }));
    // Esc closes the list, then the modal.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('option').count()).toBe(0);
    expect(await modal(page).count()).toBe(1);
    await page.keyboard.press('Escape');
    await modal(page).waitFor({ state: 'detached' });
  });
});

describe('in a message', () => {
  test('a press is asked back, and a failure of the app is told', async () => {
    const { page } = await browser.visit(gallery.url);
    await page.getByRole('button', { name: 'Remove' }).click();
    const ask = page.getByRole('dialog', { name: 'Remove this?' });
    await ask.getByRole('button', { name: 'Keep' }).click();
    await ask.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove' }).click();
    await ask.getByRole('button', { name: 'Remove' }).click();
    await page
      .getByRole('list', { name: 'Notifications' })
      .getByText('We had some trouble connecting')
      .waitFor();
  });

  test('shortcuts reach the app', async () => {
    const { page } = await browser.visit(gallery.url);
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('menuitem', { name: 'Open the inputs' }).click();
    await modal(page).getByRole('heading', { name: 'All inputs' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More about the message of Gallery' }).first().click();
    await page.getByRole('menuitem', { name: 'Take this apart' }).click();
    await expect
      .poll(() => gallery.app.received.some((one) => one.payload['callback_id'] === 'apart'))
      .toBe(true);
  });

  test('threads stand beside the conversation', async () => {
    const { page } = await browser.visit(gallery.url);
    const ts = await gallery.post(ada, [], 'Start of a thread');
    const channel = gallery.slack.person(ada).appConversation();
    await gallery.post(channel, [], 'A reply from the app', { thread_ts: ts });
    await page.getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('A reply from the app').first().waitFor();
    await thread.getByRole('textbox', { name: 'Reply…' }).fill('And one from me');
    await page.keyboard.press('Enter');
    await thread.getByRole('listitem').getByText('And one from me').waitFor();
    await page.getByRole('button', { name: '2 replies' }).waitFor();
    await expectAccessible(page);
  });

  test('the answer to a command is only for whoever typed it, and can be taken away', async () => {
    const { page } = await browser.visit(gallery.url);
    const messages = page.getByRole('list', { name: 'Messages with Gallery' });
    const composer = page.getByRole('textbox', { name: 'Message Gallery' });
    await composer.fill('/show it');
    await page.keyboard.press('Enter');
    const answer = messages.getByRole('listitem').filter({ hasText: 'Shown.' });
    await answer.getByText('Only visible to you').waitFor();
    await answer.getByRole('button', { name: 'Dismiss' }).click();
    await answer.waitFor({ state: 'detached' });
    // What Slack says when an app does not answer.
    await composer.fill('/show nothing');
    await page.keyboard.press('Enter');
    await messages.getByText('/show failed with the error "operation_timeout"').waitFor();
  });

  test('a change is seen in place, and marked as such', async () => {
    const { page } = await browser.visit(gallery.url);
    const messages = page.getByRole('list', { name: 'Messages with Gallery' });
    const ts = await gallery.post(ada, [], 'Before the change');
    await messages.getByText('Before the change').waitFor();
    const channel = gallery.slack.person(ada).appConversation();
    await gallery.call('chat.update', { channel, ts, text: 'After the change', blocks: [] });
    const changed = messages.getByRole('listitem').filter({ hasText: 'After the change' });
    await changed.getByText('(edited)').waitFor();
    expect(await messages.getByText('Before the change').count()).toBe(0);
    await gallery.call('chat.delete', { channel, ts });
    await changed.waitFor({ state: 'detached' });
  });

  test('a message elsewhere is announced, and leads there', async () => {
    const { page } = await browser.visit(`${gallery.url}/#/${ada}/C0GENERAL`);
    await page.getByRole('heading', { name: 'general', exact: true }).waitFor();
    await gallery.post(ada, [], 'Look here');
    const told = page.getByRole('list', { name: 'Notifications' }).getByRole('button', { name: 'Look here' });
    await told.click();
    await page.getByRole('list', { name: 'Messages with Gallery' }).getByText('Look here').waitFor();
  });
});
