import type { Shots } from './studio.ts';

/** What was saved before, where it can be read. */
export const histories: Shots = {
  async logHistory({ be, run, page, modal, takeTall, save, closeModals }) {
    await be('U0DANA', 'messages');
    await run('U0DANA', '/coach log @Aisha Bello');
    await modal().waitFor();
    await modal().getByRole('radio', { name: 'When reminded' }).check();
    await modal().getByRole('radio', { name: 'Heard it' }).check();
    await modal().getByRole('radio', { name: 'A skill' }).check();
    const thing = modal().getByLabel('One thing to try');
    await thing.fill('When the buyer is silent, count to five before you speak.');
    await save();
    await be('U0DANA', 'home');
    await page.waitForTimeout(1200);
    await page.getByRole('combobox', { name: 'Change a log' }).click();
    await page.getByRole('option', { name: /Aisha/ }).first().click();
    await modal().waitFor();
    await page.waitForTimeout(800);
    await takeTall('log-change');
    await thing.fill('When the buyer is silent after the price, count to five before you speak.');
    await save();
    await page.waitForTimeout(800);
    await be('U0AISHA', 'home');
    await page.waitForTimeout(800);
    await page
      .getByRole('button', { name: /^History/ })
      .first()
      .click();
    await modal().waitFor();
    await page.waitForTimeout(800);
    await takeTall('log-history-rep');
    await closeModals();
  },
  async settingsHistory({ be, run, page, modal, takeTall, closeModals }) {
    await be('U0PRIYA', 'messages');
    await run('U0PRIYA', '/coach settings');
    await modal().getByRole('button', { name: 'History' }).click();
    await page.waitForTimeout(800);
    await takeTall('settings-history-empty');
    await closeModals();
    await run('U0PRIYA', '/coach settings');
    await modal().getByRole('button', { name: /^Edit/ }).first().click();
    await page.waitForTimeout(800);
    await takeTall('settings-edit');
    await modal().getByRole('checkbox', { name: 'Saturday' }).check();
    await modal().getByRole('button', { name: 'Save' }).click();
    await page.waitForTimeout(1000);
    await modal().getByRole('button', { name: 'History' }).click();
    await page.waitForTimeout(800);
    await takeTall('settings-history');
    await closeModals();
  },
};
