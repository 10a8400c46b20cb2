import { peopleFile, priya } from '#sandbox/team.ts';
import { importPeople } from '#services/import-people.ts';
import { startOwnSandbox } from '#test/browser/sandbox.ts';
import { type Shots, usual } from './studio.ts';

/** The way from an empty workspace to one that can start, in a sandbox of its own; then the people in it. */
export const settingUp: Shots = {
  async 'set-up'({ page, modal, take }) {
    const { sandbox, url, stop } = await startOwnSandbox(undefined, { empty: true });
    const press = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).last().click();
    try {
      await page.goto(`${url}/#/${priya}/home`);
      await press('Set up Sideline');
      await press('Look at the defaults');
      await take('set-up-defaults', modal());
      await press('Keep these');
      const { context, workspaceId } = sandbox.application;
      const client = context.slack.client(workspaceId);
      await importPeople({ ...context, client }, workspaceId, peopleFile());
      await page.setViewportSize({ width: 1120, height: 860 });
      await page.goto(`${url}/#/${priya}/messages`);
      await page.goto(`${url}/#/${priya}/home`);
      await page.getByText('26 people, 5 managers').waitFor();
      await take('set-up');
      const person = sandbox.slack.person(priya);
      await person.runCommand(person.appConversation(), '/coach people');
      await page.setViewportSize({ width: 1120, height: 1180 });
      await take('people', modal());
      await press('Edit Aisha Bello');
      await take('person', modal());
    } finally {
      await page.setViewportSize(usual);
      await stop();
    }
  },
};
