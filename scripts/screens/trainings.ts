import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { priya } from '#sandbox/team.ts';
import { makeProgramme } from '#services/make-programme.ts';
import type { Shots, Studio } from './studio.ts';

/** Before a training and at its end. */
export const trainings: Shots = {
  async dayZero({ be, run, page, modal, takeTall, closeModals }) {
    await be(priya, 'messages');
    await run(priya, '/coach programme');
    await modal().getByRole('button', { name: /^Open/ }).first().click();
    await page.waitForTimeout(800);
    await takeTall('programme-open');
    await modal()
      .getByRole('button', { name: /^Day 0|^What each showed/ })
      .click();
    await page.waitForTimeout(800);
    await takeTall('day-0');
    await closeModals();
  },
  async newProgramme({ be, run, page, modal, takeTall, closeModals }) {
    await be(priya, 'messages');
    await run(priya, '/coach programme');
    await modal().getByRole('button', { name: 'New programme' }).click();
    await page.waitForTimeout(800);
    await takeTall('programme-new');
    await closeModals();
  },
  async baseline(studio) {
    const { be, page, modal, takeTall } = studio;
    await plan(studio);
    for (const [name, who] of [
      ['rep', 'U0SAM'],
      ['manager', 'U0DANA'],
    ] as const) {
      await be(who, 'home');
      await page.reload();
      await page.waitForTimeout(1200);
      await takeTall(`baseline-row-${name}`);
      await page
        .getByRole('button', { name: /Answer ten questions/ })
        .last()
        .click();
      await modal().waitFor();
      await page.waitForTimeout(800);
      await takeTall(`baseline-${name}`);
      await answerAll(studio);
      await takeTall(`baseline-result-${name}`);
      await studio.closeModals();
    }
  },
};

/** Another training, a week and a half ahead. */
async function plan({ sandbox }: Studio): Promise<void> {
  const { context, workspaceId } = sandbox.application;
  const today = toLocal(context.clock.now(), 'Europe/London').date;
  const wanted: Omit<Parameters<typeof makeProgramme>[2], 'seen'> = {
    userId: priya,
    viewId: 'V0SCREENS',
    choice: { picked: ['U0SAM', 'U0LENA'], teamsOf: [], waves: [], pasted: '' },
    content: { name: 'Talking to finance', sessionOn: addDays(today, 11), pillars: ['teach', 'tailor'] },
  };
  const seen = await makeProgramme(context, workspaceId, { ...wanted, seen: undefined });
  if (!seen.ok || seen.value.kind !== 'preview') throw new Error('the programme was refused');
  await makeProgramme(context, workspaceId, { ...wanted, seen: seen.value.preview.mark });
}

async function answerAll({ page, modal }: Studio): Promise<void> {
  const choosers = modal().getByRole('combobox');
  for (let index = 0; index < (await choosers.count()); index += 1) {
    await choosers.nth(index).click();
    await page
      .getByRole('option')
      .nth(1 + (index % 4))
      .click();
  }
  await modal().getByRole('button', { name: 'Save and compare' }).click();
  await page.waitForTimeout(1200);
}
