import { type Shots, usual } from './studio.ts';

const oneThing = 'When the buyer asks for a discount, ask what changed instead of naming a number.';

/** What a visitor comes to first: the prompt after a 1:1, its form, and the rep's side. */
export const firstMinute: Shots = {
  async start({ be, page, take }) {
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
  async log({ be, page, modal, take, save }) {
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
    await save();
    await be('U0SAM', 'home');
    await page.getByText(oneThing).first().waitFor();
    await take('rep');
  },
};

/** The check-in of day 30, and what comes with the days around it. */
export const dayThirty: Shots = {
  async day30({ be, page, modal, take, takeTall, save, closeModals }) {
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
    await save();
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
  async verify({ be, page, modal, takeTall, closeModals }) {
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
  async why({ be, page, take }) {
    await be('U0DANA', 'messages');
    await page.getByRole('button', { name: 'More about the message of Sideline' }).last().click();
    await page.getByRole('menuitem', { name: 'Why was this sent?' }).click();
    await page.getByText('In the ledger').waitFor();
    await take('why');
  },
  async monday({ sandbox, be, page, takeTall }) {
    await sandbox.travelTo(Date.parse('2026-06-22T13:05:00Z'));
    await be('U0DANA', 'messages');
    await page.reload();
    await page.waitForTimeout(800);
    await takeTall('card-monday');
  },
};
