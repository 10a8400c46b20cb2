import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { openBrowser } from '#test/browser/browser-window.ts';
import { startOwnSandbox } from '#test/browser/sandbox.ts';

/** The running sandbox before a camera. */
export interface Studio {
  sandbox: Sandbox;
  page: Page;
  /** The modal on top. */
  modal(): Locator;
  be(who: string, place: string): Promise<void>;
  /** Types a command as somebody, in their conversation with the app. */
  run(who: string, text: string): Promise<void>;
  /** A picture; of a part of the page alone, where one is named. */
  take(name: string, part?: Locator): Promise<void>;
  /** A picture of all of a long screen. */
  takeTall(name: string, part?: Locator): Promise<void>;
  /** Saves the modal on top, and waits until it is gone. */
  save(): Promise<void>;
  closeModals(): Promise<void>;
  /** What cannot be taken does not keep the others from being taken. */
  attempt(name: string, shoot: () => Promise<void>): Promise<void>;
  failed: readonly string[];
  close(): Promise<void>;
}

/** What is shown together, in the order in which it is taken. */
export type Shots = Record<string, (studio: Studio) => Promise<void>>;

export const usual = { width: 1120, height: 740 };

const root = path.join(import.meta.dirname, '..', '..');
const screens = path.join(root, 'test-results', 'screens');
const pictures = path.join(root, 'docs', 'pictures');
const inDocs = new Set(['start', 'manager', 'rep', 'check-in-rep', 'digest', 'narrow', 'set-up']);

export async function openStudio(past?: string): Promise<Studio> {
  mkdirSync(screens, { recursive: true });
  mkdirSync(pictures, { recursive: true });
  const { sandbox, url, stop } = await startOwnSandbox(past);
  const browser = await openBrowser();
  const page = await browser.context.newPage();
  await page.setViewportSize(usual);
  const modal = (): Locator => page.getByRole('dialog').last();
  const failed: string[] = [];

  async function take(name: string, part?: Locator): Promise<void> {
    // What moves has come to rest, and everything asked for has been answered.
    await page.waitForFunction(() => document.getAnimations().every((one) => one.playState === 'finished'));
    await page.waitForTimeout(300);
    const file = path.join(screens, `${name}.png`);
    await (part ?? page).screenshot({ path: file });
    if (inDocs.has(name)) copyFileSync(file, path.join(pictures, `${name}.png`));
    console.log(path.relative(root, file));
  }

  async function closeModals(): Promise<void> {
    for (let left = 4; left > 0 && (await page.getByRole('dialog').count()) > 0; left -= 1) {
      await page.keyboard.press('Escape');
      await page.waitForTimeout(250);
    }
  }

  return {
    sandbox,
    page,
    modal,
    take,
    closeModals,
    failed,
    async be(who, place) {
      await page.goto(`${url}/#/${who}/${place}`);
      await page.waitForTimeout(600);
    },
    async run(who, text) {
      const person = sandbox.slack.person(who);
      await person.runCommand(person.appConversation(), text);
      await page.waitForTimeout(700);
    },
    async takeTall(name, part) {
      await page.setViewportSize({ width: 1100, height: 1500 });
      await take(name, part);
      await page.setViewportSize(usual);
    },
    async save() {
      const saved = modal();
      await saved.getByRole('button', { name: 'Save' }).click();
      await saved.waitFor({ state: 'detached' });
    },
    async attempt(name, shoot) {
      try {
        await shoot();
      } catch (error) {
        failed.push(name);
        console.error(name, error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : error);
        await page.screenshot({ path: path.join(screens, `failed-${name}.png`) });
        await page.setViewportSize(usual);
        await closeModals();
      }
    },
    async close() {
      await browser.close();
      await stop();
    },
  };
}
