import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { browserForFile, expectAccessible } from './browser.ts';
import { type OwnSandbox, startOwnSandbox } from './sandbox.ts';

let own: OwnSandbox;
const browser = browserForFile();

beforeAll(async () => {
  own = await startOwnSandbox(inject('past'));
});
afterAll(() => own.stop());

const dm = (name: string) => `${own.url}/#/${name}/messages`;
const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const people = (page: Page) => page.getByRole('navigation', { name: 'You are' });

describe('dark', () => {
  test('follows the system, can be chosen, and stays chosen', async () => {
    const { page } = await browser.visit(dm('U0DANA'));
    expect(await ground(page)).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground(page)).toBe('rgb(26, 29, 33)');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Log 1:1 with Sam Rivera' }).last().click();
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('button', { name: 'Dark colours' }).click();
    expect(await ground(page)).toBe('rgb(26, 29, 33)');
    await page.reload();
    await people(page).waitFor();
    expect(await ground(page)).toBe('rgb(26, 29, 33)');
    await page.getByRole('button', { name: 'Light colours' }).click();
    expect(await ground(page)).toBe('rgb(255, 255, 255)');
  });
});

describe('a window as wide as a phone', () => {
  test('has the people and channels in a drawer, and nothing beyond its edge', async () => {
    const { page } = await browser.visit(dm('U0DANA'));
    await page.setViewportSize({ width: 375, height: 720 });
    expect(await people(page).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Open the list of people and channels' }).click();
    await people(page)
      .getByRole('link', { name: /Aisha Bello/ })
      .click();
    await expect.poll(() => people(page).isVisible()).toBe(false);
    await expect.poll(() => page.url()).toContain('U0AISHA');
    const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await beyond()).toBeLessThanOrEqual(0);
    const edges = await page
      .getByRole('region', { name: 'Time travel' })
      .getByRole('button')
      .last()
      .boundingBox();
    expect((edges?.x ?? 0) + (edges?.width ?? 999)).toBeLessThanOrEqual(375);
    await expectAccessible(page);
    await page.goto(dm('U0DANA'));
    await page.getByRole('button', { name: 'Log 1:1 with Sam Rivera' }).last().click();
    const box = await page.getByRole('dialog').boundingBox();
    expect(box?.width).toBeLessThanOrEqual(375);
    expect((box?.y ?? 0) + (box?.height ?? 999)).toBeLessThanOrEqual(720);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

/** What the field with the focus is called. */
const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.closest('label')?.querySelector('.tick-words > span')?.textContent,
  );

describe('the keyboard alone', () => {
  test('changes person, writes a command with its completion, fills the modal, and sends it', async () => {
    const { page } = await browser.visit(dm('U0SAM'));
    await page.getByRole('heading', { name: 'Sideline', level: 1 }).waitFor();
    await page.keyboard.press('p');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Sam Rivera');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.title()).toContain('Dana');
    await page.keyboard.press('c');
    await page.keyboard.type('/co');
    await page.getByRole('option', { name: /\/coach log/ }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.type('ach log @ais');
    await page.getByRole('option', { name: 'Aisha Bello' }).waitFor();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Message Sideline' }).inputValue())
      .toBe('/coach log @Aisha Bello ');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: '1:1 with Aisha' });
    await dialog.waitFor();
    // What happened, how one knows, what it was about: the modal begins at its first field.
    for (const choice of ['Did it unasked', 'Saw it', 'A skill']) {
      await expect.poll(() => focused(page)).toBe(choice);
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('When they ask for the price first, ask what they compare it with.');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Tab');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Travel to the next message').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('messages', () => {
  test('are one stop of the Tab key; arrows go between them', async () => {
    const { page } = await browser.visit(dm('U0TOMAS'));
    const list = page.getByRole('list', { name: 'Messages with Sideline' });
    await list.focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    const before = await list.getByTestId('message').count();
    const at = await page.evaluate(() => document.activeElement?.getAttribute('data-ts'));
    expect(
      await list
        .getByTestId('message')
        .nth(before - 2)
        .getAttribute('data-ts'),
    ).toBe(at);
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(() => document.activeElement?.closest('[data-ts]')?.getAttribute('data-ts')),
    ).toBe(at);
    await expectAccessible(page);
  });
});

describe('a reload', () => {
  test('comes back to the person and the conversation', async () => {
    const { page } = await browser.visit(`${own.url}/#/U0MEI/C0ENABLEMENT`);
    await page.getByRole('heading', { name: 'sales-enablement' }).first().waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'sales-enablement' }).first().waitFor();
    expect(await people(page).locator('[aria-current=true]').innerText()).toContain('Mei Tanaka');
    await expectAccessible(page);
  });
});

describe('travelling', () => {
  test('goes to nine in the morning on the clock of the person one is', async () => {
    const { page } = await browser.visit(dm('U0MEI'));
    expect(await page.getByTestId('clock').innerText()).toBe('5:00 AM');
    await page.getByRole('button', { name: 'Tomorrow 09:00' }).click();
    const clock = () => page.getByTestId('clock').innerText();
    await expect.poll(clock, { timeout: 30_000 }).toBe('9:00 AM');
    await page.getByRole('button', { name: '+1 hour' }).click({ timeout: 30_000 });
    await expect.poll(clock, { timeout: 30_000 }).toBe('10:00 AM');
    await page.getByRole('region', { name: 'What happened on the way' }).getByText('1 hour passed').waitFor();
  });
});

describe('the page', () => {
  test('is refused to other websites', async () => {
    const asked = async (headers: Record<string, string>) =>
      (await fetch(`${own.url}/page/world`, { headers })).status;
    expect(await asked({})).toBe(200);
    expect(await asked({ origin: 'https://elsewhere.example' })).toBe(403);
    expect(await asked({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    const posted = await fetch(`${own.url}/page/travel`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ to: 'week', as: 'U0DANA' }),
    });
    expect(posted.status).toBe(400);
  });

  test('paints first within a second', async () => {
    const { page } = await browser.visit(dm('U0DANA'));
    const painted = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    );
    console.log(`first contentful paint: ${Math.round(painted)} ms`);
    expect(painted).toBeLessThan(1000);
  });
});
