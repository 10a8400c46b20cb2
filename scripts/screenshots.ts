import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from '#test/browser/browser-window.ts';
import { startOwnSandbox } from '#test/browser/sandbox.ts';

/** `npm run screenshots`: the pictures of the README and the docs, from the running sandbox. */

const pictures = path.join(import.meta.dirname, '..', 'docs', 'pictures');
const oneThing = 'When the buyer asks for a discount, ask what changed instead of naming a number.';

mkdirSync(pictures, { recursive: true });
const { url, stop } = await startOwnSandbox();
const browser = await openBrowser();
try {
  const page = await browser.context.newPage();
  await page.goto(`${url}/#/U0DANA/messages`);
  await page.getByRole('button', { name: 'Log 1:1 with Sam Rivera' }).waitFor();
  await take(page, 'start');
  await withDark(page, () => take(page, 'dark'));
  await narrow(page, () => take(page, 'narrow'));
  await logOneOnOne(page);
  await page.goto(`${url}/#/U0SAM/home`);
  await page.getByText(oneThing).waitFor();
  await take(page, 'rep');
  await page.getByRole('button', { name: "Travel to Dana's next 1:1 with Sam" }).click();
  await page.getByRole('region', { name: 'What happened on the way' }).waitFor();
  await take(page, 'follow-up');
  await page.getByRole('button', { name: 'More about the message of Sideline' }).last().click();
  await page.getByRole('menuitem', { name: 'Why was this sent?' }).click();
  await page.getByText('In the ledger').waitFor();
  await take(page, 'why');
} finally {
  await browser.close();
  await stop();
}

async function logOneOnOne(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log 1:1 with Sam Rivera' }).click();
  const modal = page.getByRole('dialog');
  await modal.getByRole('radio', { name: 'When reminded' }).check();
  await modal.getByRole('radio', { name: 'Heard it' }).check();
  await modal.getByRole('radio', { name: 'A skill' }).check();
  await modal.getByLabel('One thing to try').fill(oneThing);
  await page.setViewportSize({ width: 1280, height: 1180 });
  await modal.getByRole('region', { name: 'Content' }).evaluate((body) => body.scrollTo(0, 0));
  await take(page, 'manager');
  await page.setViewportSize({ width: 1280, height: 800 });
  await modal.getByRole('button', { name: 'Save' }).click();
  await modal.waitFor({ state: 'detached' });
}

async function withDark(page: Page, look: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await look();
  await page.emulateMedia({ colorScheme: 'light' });
}

async function narrow(page: Page, look: () => Promise<void>): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize({ width: 390, height: 780 });
  await look();
  await page.setViewportSize(before);
}

async function take(page: Page, name: string): Promise<void> {
  // What moves has come to rest, and everything asked for has been answered.
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState === 'finished'));
  await page.waitForTimeout(300);
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  console.log(`docs/pictures/${name}.png`);
}
