import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { Person } from '#test/person.ts';
import { startTinyApp, type TinyApp } from './tiny-app.ts';
import { MIA, SAM, startWorkspace } from './workspace.ts';

describe.each(['http', 'socket'] as const)('a Bolt app over %s', (mode) => {
  let slack: LocalSlack;
  let app: TinyApp;
  let mia: Person;

  beforeEach(async () => {
    slack = await startWorkspace();
    app = await startTinyApp(slack, mode);
    mia = new Person(slack, MIA);
  });

  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  it('opens a modal for a command, takes what was filled in, and answers with a message', async () => {
    await mia.run('/coach log');
    const modal = await mia.untilModal();
    expect(modal.title).toBe('1:1 with Sam');
    expect(modal.texts).toEqual(['Sam sees this.']);
    expect(modal.labels).toEqual(['One thing to try', 'Mostly about', 'Who else']);
    expect(modal.buttons).toEqual(['More', 'Add a person']);
    await modal.fill('One thing to try', 'Ask one more question');
    await modal.choose('Mostly about', 'A skill');
    await modal.choose('Who else', 'Ada King');
    expect(modal.value('Who else')).toBe('Ada King');
    expect(await modal.submit()).toMatchObject({ closed: true, errors: {} });
    expect(mia.hasModal()).toBe(false);
    const message = await mia.untilMessage((one) => one.text.startsWith('Logged'));
    expect(message.texts).toEqual(['Logged: Ask one more question (A skill)']);
    expect(message.buttons).toEqual(['Log 1:1', 'Remove']);
    expect(new Person(slack, SAM).dm()).toEqual([]);
  });

  it('holds a submission back in the client, then shows the errors of the app', async () => {
    await mia.run('/coach log');
    const modal = await mia.untilModal();
    const sent = slack.calls.list().length;
    expect((await modal.submit()).errors).toEqual({
      'One thing to try': 'Please complete this required field.',
    });
    await modal.fill('One thing to try', 'ab');
    expect((await modal.submit()).errors).toEqual({ 'One thing to try': 'Must be at least 3 characters' });
    expect(
      slack.calls
        .list()
        .slice(sent)
        .filter((one) => one.direction === 'to app'),
    ).toEqual([]);
    await modal.fill('One thing to try', 'improve discovery');
    expect((await modal.submit()).errors).toEqual({ 'One thing to try': 'Say when, and what instead.' });
    expect(modal.errors).toEqual({ 'One thing to try': 'Say when, and what instead.' });
    expect(modal.value('One thing to try')).toBe('improve discovery');
    await modal.fill('One thing to try', 'When they pause, wait');
    expect(modal.errors).toEqual({});
  });

  it('keeps what was typed when the app updates the modal', async () => {
    await mia.run('/coach log');
    const modal = await mia.untilModal();
    await modal.fill('One thing to try', 'Ask twice');
    await modal.press('More');
    await mia.untilModal((one) => one.texts.includes('So far: Ask twice'));
    expect(modal.value('One thing to try')).toBe('Ask twice');
  });

  it('stacks a pushed modal and clears the stack', async () => {
    await mia.run('/coach log');
    const first = await mia.untilModal();
    await first.press('Add a person');
    const second = await mia.untilModal((one) => one.title === 'Add a person');
    expect(first.isOpen).toBe(true);
    await second.fill('Name', 'Ada');
    expect((await second.submit()).status).toBe('cleared');
    expect(mia.hasModal()).toBe(false);
  });

  it('tells the app that a modal was closed where it asked for it', async () => {
    await mia.run('/coach log');
    await (await mia.untilModal()).close();
    expect((await mia.untilMessage()).text).toBe('Maybe later.');
  });

  it('replaces a message through its response_url, and asks before a confirmed press', async () => {
    await mia.run('/coach log');
    const modal = await mia.untilModal();
    await modal.fill('One thing to try', 'Ask twice');
    await modal.submit();
    const message = await mia.untilMessage((one) => one.text.startsWith('Logged'));
    await expect(message.press('Remove')).rejects.toThrow(
      '"Remove" asks first: Remove this? / It is gone then.',
    );
    await message.press('Log 1:1');
    const done = await mia.untilMessage((one) => one.text === 'Done.');
    expect(done.buttons).toEqual([]);
    expect(mia.dm()).toHaveLength(1);
  });

  it('removes a message once the person agreed', async () => {
    await mia.run('/coach log');
    const modal = await mia.untilModal();
    await modal.fill('One thing to try', 'Ask twice');
    await modal.submit();
    await (await mia.untilMessage()).press('Remove', { confirm: true });
    await mia.until(() => mia.dm().length === 0 || undefined);
  });

  it('shows the answer of a command to its author only, mentions encoded', async () => {
    await mia.run('/coach help', { in: 'general' });
    await mia.run('/coach echo @Sam Reed and @Sam Ortiz, @leads #general <b> & @nobody');
    expect(mia.ephemeral().map((one) => one.text)).toContain('Try /coach log @rep');
    const echo = await mia.untilMessage((one) => one.text.startsWith('echo'));
    expect(echo.text).toBe(
      'echo <@U0SAMREED1|sreed> and <@U0SAM00001|sam>, <!subteam^S0LEADS001|@leads> <#C0GENERAL1|general> ' +
        '&lt;b&gt; &amp; @nobody',
    );
    expect(new Person(slack, SAM).ephemeral()).toEqual([]);
    expect(mia.channel('general')).toEqual([]);
  });

  it('hears what is typed to it and when its Home tab is opened', async () => {
    mia.say('hello');
    expect((await mia.untilMessage((one) => one.author === 'Sideline')).text).toBe('You said: hello');
    mia.openHome();
    expect((await mia.untilHome()).texts).toEqual(['Your week']);
  });
});
