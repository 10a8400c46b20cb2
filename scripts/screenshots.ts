import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { team } from '#sandbox/team.ts';
import { openBrowser } from '#test/browser/browser-window.ts';
import { startOwnSandbox } from '#test/browser/sandbox.ts';

/**
 * `npm run screenshots`: a picture of each main screen in test-results/screens, from the running sandbox, and those
 * of the README and the docs in docs/pictures. With a directory of a lived past as argument it starts from there.
 */
const root = path.join(import.meta.dirname, '..');
const screens = path.join(root, 'test-results', 'screens');
const pictures = path.join(root, 'docs', 'pictures');
const inDocs = new Set(['start', 'manager', 'rep', 'check-in-rep', 'digest', 'narrow']);

const usual = { width: 1120, height: 740 };
const oneThing = 'When the buyer asks for a discount, ask what changed instead of naming a number.';

mkdirSync(screens, { recursive: true });
mkdirSync(pictures, { recursive: true });
const { sandbox, url, stop } = await startOwnSandbox(process.argv[2]);
const browser = await openBrowser();
const page = await browser.context.newPage();
await page.setViewportSize(usual);
const modal = (): Locator => page.getByRole('dialog').last();
const failed: string[] = [];

const shots: Record<string, () => Promise<void>> = {
  async start() {
    await be('U0DANA', 'messages');
    await page.getByRole('button', { name: 'Log 1:1 with Sam Rivera' }).last().waitFor();
    await take('start');
    await page.emulateMedia({ colorScheme: 'dark' });
    await take('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 780 });
    await take('narrow');
    await page.setViewportSize(usual);
  },
  async commands() {
    for (const [name, who, text] of commands) {
      await attempt(name, async () => {
        await be(who, 'messages');
        const person = sandbox.slack.person(who);
        await person.runCommand(person.appConversation(), text);
        await page.waitForTimeout(700);
        await takeTall(name);
        await closeModals();
      });
    }
  },
  async homes() {
    for (const [name, who] of [
      ['home-manager', 'U0DANA'],
      ['home-rep', 'U0SAM'],
      ['home-enablement', 'U0PRIYA'],
    ] as const) {
      await be(who, 'home');
      await page.waitForTimeout(1200);
      await takeTall(name);
    }
  },
  async digest() {
    await be('U0PRIYA', 'C0ENABLEMENT');
    await page.waitForTimeout(800);
    await take('digest');
    await takeTall('digest-tall');
  },
  async log() {
    await be('U0DANA', 'messages');
    await page.getByRole('button', { name: 'Log 1:1 with Sam Rivera' }).last().click();
    await modal().getByRole('radio', { name: 'When reminded' }).check();
    await modal().getByRole('radio', { name: 'Heard it' }).check();
    await modal().getByRole('radio', { name: 'A skill' }).check();
    await modal().getByLabel('One thing to try').fill(oneThing);
    await page.setViewportSize({ width: 1280, height: 1180 });
    await modal()
      .getByRole('region', { name: 'Content' })
      .evaluate((body) => body.scrollTo(0, 0));
    await take('manager', modal());
    await page.setViewportSize(usual);
    await modal().getByRole('button', { name: 'Save' }).click();
    await modal().waitFor({ state: 'detached' });
    await be('U0SAM', 'home');
    await page.getByText(oneThing).first().waitFor();
    await take('rep');
  },
  async practice() {
    for (const { id } of team) {
      await be(id, 'messages');
      if ((await page.getByRole('button', { name: 'Done, look back' }).count()) > 0) break;
    }
    await takeTall('practice-card');
    await page.getByRole('button', { name: 'Done, look back' }).last().click();
    await page.waitForTimeout(500);
    await takeTall('practice-look-back');
    await modal().getByRole('radio', { name: 'Did it' }).check();
    await modal().getByRole('textbox').last().fill('They came back to the number twice.');
    await modal().getByRole('button', { name: 'Save' }).click();
    await modal().waitFor({ state: 'detached' });
  },
  async time() {
    await be('U0MEI', 'messages');
    const mei = sandbox.slack.person('U0MEI');
    await mei.runCommand(mei.appConversation(), '/coach time');
    await modal().waitFor();
    const fields = modal().getByRole('textbox');
    for (const [index, hours] of ['7', '6', '14', '9', '4'].entries()) await fields.nth(index).fill(hours);
    await takeTall('time-report');
    await modal().getByRole('button', { name: 'Save and compare' }).click();
    await page.waitForTimeout(1200);
    await takeTall('time-comparison');
    await closeModals();
  },
  async day30() {
    await be('U0SAM', 'home');
    await page.getByRole('button', { name: 'Travel to day 30' }).click();
    await page.getByRole('region', { name: 'What happened on the way' }).waitFor({ timeout: 90_000 });
    await be('U0SAM', 'messages');
    await take('day-30-rep-card');
    await page
      .getByRole('button', { name: /Answer the check-in of day 30/ })
      .last()
      .click();
    await modal().waitFor();
    await page.waitForTimeout(500);
    await page.setViewportSize({ width: 1100, height: 1180 });
    await take('check-in-rep', modal());
    await page.setViewportSize(usual);
    for (const group of await modal().getByRole('radiogroup').all()) {
      await group.getByRole('radio').nth(1).check();
    }
    await modal().getByRole('button', { name: 'Save' }).click();
    await modal().waitFor({ state: 'detached' });
    await be('U0DANA', 'messages');
    await takeTall('card-manager');
    await take('card');
    await page
      .getByRole('button', { name: /Day 30 of/ })
      .last()
      .click();
    await modal().waitFor();
    await page.waitForTimeout(500);
    await takeTall('day-30');
    await closeModals();
  },
  async verify() {
    await be('U0DANA', 'messages');
    await page
      .getByRole('button', { name: /what you saw|see it/i })
      .last()
      .click();
    await modal().waitFor();
    await page.waitForTimeout(500);
    await takeTall('practice-verify');
    await closeModals();
  },
  async why() {
    await be('U0DANA', 'messages');
    await page.getByRole('button', { name: 'More about the message of Sideline' }).last().click();
    await page.getByRole('menuitem', { name: 'Why was this sent?' }).click();
    await page.getByText('In the ledger').waitFor();
    await take('why');
  },
  async monday() {
    await sandbox.travelTo(Date.parse('2026-06-22T13:05:00Z'));
    await be('U0DANA', 'messages');
    await page.reload();
    await page.waitForTimeout(800);
    await takeTall('card-monday');
  },
};

const commands: [name: string, who: string, text: string][] = [
  ['menu-manager', 'U0DANA', '/coach'],
  ['menu-rep', 'U0SAM', '/coach'],
  ['help', 'U0PRIYA', '/coach help'],
  ['cadence', 'U0DANA', '/coach cadence'],
  ['away', 'U0DANA', '/coach away'],
  ['certify', 'U0DANA', '/coach certify @Sam Rivera'],
  ['debrief', 'U0DANA', '/coach observe @Sam Rivera'],
  ['watch', 'U0SAM', '/coach watch'],
  ['practice-assign', 'U0DANA', '/coach practice @Sam Rivera'],
  ['settings', 'U0PRIYA', '/coach settings'],
  ['start-preview', 'U0PRIYA', '/coach start'],
  ['programme', 'U0PRIYA', '/coach programme'],
  ['digest-settings', 'U0PRIYA', '/coach digest'],
  ['why-command', 'U0SAM', '/coach why'],
];

try {
  for (const [name, shoot] of Object.entries(shots)) await attempt(name, shoot);
} finally {
  await browser.close();
  await stop();
}
if (failed.length > 0) throw new Error(`no picture of: ${failed.join(', ')}`);

async function attempt(name: string, shoot: () => Promise<void>): Promise<void> {
  try {
    await shoot();
  } catch (error) {
    failed.push(name);
    console.error(name, error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : error);
    await page.screenshot({ path: path.join(screens, `failed-${name}.png`) });
    await page.setViewportSize(usual);
    await closeModals();
  }
}

async function be(who: string, place: string): Promise<void> {
  await page.goto(`${url}/#/${who}/${place}`);
  await page.waitForTimeout(600);
}

async function closeModals(): Promise<void> {
  for (let left = 4; left > 0 && (await page.getByRole('dialog').count()) > 0; left -= 1) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(250);
  }
}

/** All of a long screen. */
async function takeTall(name: string): Promise<void> {
  await page.setViewportSize({ width: 1100, height: 1500 });
  await take(name);
  await page.setViewportSize(usual);
}

/** A part of the page alone, where one is named. */
async function take(name: string, part?: Locator): Promise<void> {
  // What moves has come to rest, and everything asked for has been answered.
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState === 'finished'));
  await page.waitForTimeout(300);
  const file = path.join(screens, `${name}.png`);
  await (part ?? page).screenshot({ path: file });
  if (inDocs.has(name)) copyFileSync(file, path.join(pictures, `${name}.png`));
  console.log(path.relative(root, file));
}
