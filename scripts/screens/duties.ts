import { team } from '#sandbox/team.ts';
import type { Shots } from './studio.ts';

/** What leads somewhere from a command, from Home, or from the channel. */
export const surfaces: Shots = {
  async commands({ be, run, takeTall, closeModals, attempt }) {
    for (const [name, who, text] of commands) {
      await attempt(name, async () => {
        await be(who, 'messages');
        await run(who, text);
        await takeTall(name);
        await closeModals();
      });
    }
  },
  async weekAhead({ be, page, takeTall, closeModals }) {
    await be('U0PRIYA', 'messages');
    await page.getByRole('button', { name: 'The week ahead' }).last().click();
    await page.waitForTimeout(1500);
    await takeTall('week-ahead');
    await closeModals();
  },
  async homes({ be, page, takeTall }) {
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
  /** As if nobody had pressed start yet. */
  async beforeStart({ sandbox, be, run, page, modal, takeTall, closeModals }) {
    const { owner } = sandbox.application.context.database;
    const { started_at } = await owner.selectFrom('workspace').select('started_at').executeTakeFirstOrThrow();
    await owner.updateTable('workspace').set({ started_at: null }).execute();
    try {
      await be('U0PRIYA', 'messages');
      await run('U0PRIYA', '/coach start');
      await takeTall('before-start');
      await modal().getByRole('radio', { name: 'A pilot group' }).check();
      await page.waitForTimeout(800);
      await takeTall('start-pilot');
      await closeModals();
    } finally {
      await owner.updateTable('workspace').set({ started_at }).execute();
    }
  },
  async digest({ be, run, page, modal, take, takeTall, closeModals }) {
    await be('U0PRIYA', 'C0ENABLEMENT');
    await page.waitForTimeout(800);
    await take('digest');
    await takeTall('digest-tall');
    await be('U0PRIYA', 'messages');
    await run('U0PRIYA', '/coach digest');
    await modal().getByRole('button', { name: 'Preview' }).click();
    await page.waitForTimeout(1200);
    await takeTall('digest-preview');
    await closeModals();
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
  ['started', 'U0PRIYA', '/coach start'],
  ['programme', 'U0PRIYA', '/coach programme'],
  ['digest-settings', 'U0PRIYA', '/coach digest'],
  ['why-command', 'U0SAM', '/coach why'],
  ['why-of-a-rep', 'U0DANA', '/coach why @Sam Rivera'],
];

/** What a duty opens with a press on its row. */
export const duties: Shots = {
  async practice({ be, page, modal, takeTall, save }) {
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
    await save();
  },
  async planACall({ be, page, modal, takeTall, closeModals }) {
    await be('U0DANA', 'home');
    await page
      .getByRole('button', { name: /^Plan to listen/ })
      .first()
      .click();
    await modal().getByLabel('Account').fill('Harbour Freight');
    await takeTall('plan-a-call');
    await modal().getByRole('button', { name: 'Plan it' }).click();
    await modal().waitFor({ state: 'detached' });
    await page.waitForTimeout(1200);
    await takeTall('plan-a-call-done');
    await closeModals();
  },
  async excuse({ be, page, modal, takeTall }) {
    await be('U0DANA', 'home');
    await page.getByRole('button', { name: /^More/ }).first().click();
    await takeTall('row-menu');
    await page.getByRole('menuitem', { name: /Excuse it/ }).click();
    await modal().waitFor();
    await page.waitForTimeout(500);
    await takeTall('excuse');
    await modal().getByRole('radio').nth(1).check();
    await modal().getByRole('button', { name: 'Excuse', exact: true }).click();
    await modal().waitFor({ state: 'detached' });
    await page.waitForTimeout(1200);
    await be('U0DANA', 'messages');
    await takeTall('excuse-done');
  },
  async commitment({ be, page, modal, takeTall, save }) {
    await be('U0DANA', 'home');
    await page
      .getByRole('button', { name: /Say what happened/ })
      .first()
      .click();
    await modal().waitFor();
    await page.waitForTimeout(500);
    await takeTall('commitment');
    await modal().getByRole('radio', { name: 'When reminded' }).check();
    await modal().getByRole('radio', { name: 'Heard it' }).check();
    await save();
  },
  async time({ be, run, page, modal, takeTall, closeModals }) {
    await be('U0MEI', 'messages');
    for (const [hours, suffix] of [
      [['7', '6', '14', '9', '4'], ''],
      [['6', '6', '15', '9', '4'], '-again'],
    ] as const) {
      await run('U0MEI', '/coach time');
      await modal().waitFor();
      await page.waitForTimeout(500);
      const fields = modal().getByRole('textbox');
      for (const [index, some] of hours.entries()) await fields.nth(index).fill(some);
      await takeTall(`time-report${suffix}`);
      await modal().getByRole('button', { name: 'Save and compare' }).click();
      await page.waitForTimeout(1200);
      await takeTall(`time-comparison${suffix}`);
      await closeModals();
    }
  },
};
