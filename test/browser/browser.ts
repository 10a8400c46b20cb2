import { mkdirSync } from 'node:fs';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openBrowser } from './browser-window.ts';

/** A page at an address; whatever it could not show, or failed on, fails the test. */
export interface Visit {
  page: Page;
  /** Problems that this test brings about on purpose. */
  expectFailures(): void;
}

/** One browser for a file; its pages are looked after. */
export function browserForFile(options: BrowserContextOptions = {}): { visit(url: string): Promise<Visit> } {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let open: { page: Page; problems: string[]; expected: boolean }[] = [];
  beforeAll(async () => {
    browser = await openBrowser(options);
  });
  afterAll(() => browser?.close());
  afterEach(async ({ task }) => {
    const looked = open;
    open = [];
    for (const one of looked) {
      if (task.result?.state === 'fail') await leaveScreenshot(one.page, task.name);
      const failures = await one.page.evaluate(() => window.sandboxFailures ?? []);
      await one.page.close();
      if (!one.expected) expect([...failures, ...one.problems]).toEqual([]);
    }
  });
  return {
    async visit(url) {
      const page = await browser.context.newPage();
      const own = { page, problems: [] as string[], expected: false };
      open.push(own);
      page.on('pageerror', (error) => own.problems.push(String(error)));
      page.on('request', (request) => {
        if (!request.url().startsWith(new URL(url).origin) && !/^(data|blob):/.test(request.url())) {
          own.problems.push(`asked another host: ${request.url()}`);
        }
      });
      await page.goto(url);
      await page.getByRole('navigation', { name: 'You are' }).waitFor({ state: 'attached' });
      return {
        page,
        expectFailures() {
          own.expected = true;
        },
      };
    },
  };
}

async function leaveScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync('test-results', { recursive: true });
  await page.screenshot({ path: `test-results/${name.replaceAll(/\W+/g, '-').slice(0, 100)}.png` });
}

interface AxeResult {
  violations: {
    id: string;
    impact: string | null;
    nodes: { target: unknown[]; failureSummary?: string }[];
  }[];
}

/** No serious or critical violation on what is shown now. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] })",
  )) as AxeResult;
  const grave = violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map(
      (one) =>
        `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`,
    );
  expect(grave).toEqual([]);
}
