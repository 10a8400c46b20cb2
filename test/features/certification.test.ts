import { afterEach, describe, expect, test } from 'vitest';
import { changeSettings } from '#services/change-settings.ts';
import { viewCertificationHistory } from '#services/view-certification-history.ts';
import { quickDatabase } from '#test/database.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import {
  certificationsAbout,
  certifyAs,
  coverageAt,
  openCertify,
  pressesIn,
  rate,
  toldOnHome,
} from './certifying.ts';
import { shareOnce } from './observing.ts';
import { cardWith, linesOf, makeProgramme, team } from './training.ts';

let world: World;
afterEach(() => world.close());

describe.each(quickDatabase)('certification (%s)', (database) => {
  test('is had by what was seen and rated, runs out, is renewed by newer evidence, and taken back', async () => {
    world = await startWorld({ database, now: '2026-02-27T15:00:00Z', team });
    const [ellen, dana, sam] = ['Ellen Park', 'Dana Whitfield', 'Sam Rivera'].map((name) =>
      world.person(name),
    );
    if (!ellen || !dana || !sam) throw new Error('no team');
    const set = await changeSettings(world.application.context, 'T0WORLD', {
      userId: userId('Ellen Park'),
      viewId: 'V-settings',
      wanted: { certificationValidDays: 40 },
    });
    expect(set.ok).toBe(true);

    await dana.run('/coach certify @Sam Rivera');
    expect(dana.ephemeral().at(-1)?.text).toContain('in no training that goes on');
    await makeProgramme(ellen, { sessionOn: '2026-03-03', reps: ['Sam Rivera', 'Kim Osei'] });

    // Seen before day 14: too early for a certificate, and for its evidence.
    await world.travelTo('2026-03-16T15:00:00Z');
    await shareOnce(dana, 'Sam Rivera', { Account: 'Early Inc', 'Take Control': 'Unasked' });
    await dana.run('/coach certify @Sam Rivera');
    expect(dana.ephemeral().at(-1)?.text).toContain('can be certified from Tue 17 Mar 2026 on');
    await toldOnHome(sam, 'A certificate can be had from Tue 17 Mar 2026 on.');

    // Day 17: two pillars seen unasked, one of them on a recording, and one rated too low.
    await world.travelTo('2026-03-20T15:00:00Z');
    await shareOnce(dana, 'Sam Rivera', {
      Account: 'Acme',
      'How did you follow it?': 'Recording',
      Tailor: 'Unasked',
    });
    const first = await openCertify(dana, 'Sam Rivera');
    const shown = first.texts.join('\n');
    expect(shown).toContain('Teach: seen unasked\nAcme, Fri 20 Mar, recording');
    expect(shown).toContain(
      'Take Control: last seen unasked on Mon 16 Mar; what counts begins on Tue 17 Mar.',
    );
    expect(first.value('Teach, on the whole')).toBeNull();
    expect((await first.submit()).errors).toHaveProperty('Teach, on the whole');
    await rate(first, 7, 8, 8);
    expect(await first.submit()).toMatchObject({ status: 'updated' });
    const notYet = dana.modal().texts.join('\n');
    expect(notYet).toContain('Teach: you rated it 7, and 8 is needed.');
    expect(notYet).toContain('Give what is rated low to practise: /coach practice @Sam');
    expect(notYet).toContain('Listen to one call: /coach observe @Sam');
    expect(notYet).not.toContain('Tailor');
    await dana.modal().close();
    expect(await coverageAt(world, '2026-03-20T16:00:00Z')).toBe('0/2 enrolled, 0/3 eligible');
    // A rating that is too low, and a pillar nobody has seen in time: two things are not close.
    dana.openHome();
    await dana.untilHome(({ texts }) => {
      const home = texts.join('\n');
      return home.includes('0 of 2 certified.') && !home.includes('Close: Sam Rivera');
    });

    // The rep reads it on the next card, with what they can do; the last ratings are filled in.
    await world.travelTo('2026-03-24T16:30:00Z');
    const card = cardWith(sam, 'Got it');
    expect(card?.texts.join('\n')).toContain('Certificate for Winning Teach: not yet');
    expect(card?.texts.join('\n')).toContain('Teach: rated 7, 8 needed.');
    expect(card?.texts.join('\n')).toContain('Have a call of yours listened to: /coach watch');
    expect(card?.texts.join('\n')).toContain('Ask Dana what would make the difference.');
    await shareOnce(dana, 'Sam Rivera', { Account: 'Birch', 'Take Control': 'Unasked' });
    const second = await openCertify(dana, 'Sam Rivera');
    expect(second.value('Teach, on the whole')).toBe('7: foundation');
    await second.choose('Teach, on the whole', '8: strong');
    await second.press('More');
    const wide = await dana.untilModal((modal) => modal.labels.includes('Teach: how do you know?'));
    expect(wide.value('Teach, on the whole')).toBe('8: strong');
    await wide.fill('Teach: how do you know?', 'Birch did the sum aloud.');
    expect(await wide.submit()).toMatchObject({ status: 'updated' });
    expect(dana.modal().texts.join('\n')).toContain(
      'Sam is certified in Winning Teach until Sun 3 May 2026.\nTeach: 8, seen unasked: Birch, Tue 24 Mar, live',
    );
    await dana.modal().close();
    expect(await coverageAt(world, '2026-03-24T17:00:00Z')).toBe('1/2 enrolled, 1/3 eligible');
    expect(await coverageAt(world, '2026-03-24T16:00:00Z')).toBe('0/2 enrolled, 0/3 eligible');
    await toldOnHome(ellen, 'Of all reps: 1 of 3, aimed at 80 %.');
    await world.travelTo('2026-03-25T16:30:00Z');
    expect(linesOf(sam)).toContain('You are certified in Winning Teach until Sun 3 May 2026.');
    expect(linesOf(sam)).toContain('Dana on Teach: Birch did the sum aloud.');

    // Given by mistake: taken back where it is shown, told to the rep, and had again with the same evidence.
    const third = await openCertify(dana, 'Sam Rivera');
    await third.press('History');
    const history = await dana.untilModal((modal) => modal.title === 'Rated before');
    expect(history.texts.join('\n')).toContain(
      'Tue 24 Mar 2026, Dana Whitfield\nWinning Teach: Teach 8, Tailor 8, Take Control 8.\n' +
        'Certified until Sun 3 May 2026.\nTeach, known by: Birch did the sum aloud.',
    );
    expect(history.texts.join('\n')).toContain(
      'Fri 20 Mar 2026, Dana Whitfield\nWinning Teach: Teach 7, Tailor 8, Take Control 8.\nNot yet certified.\n' +
        'Missing: Teach: rated 7, 8 needed.\nMissing: Take Control: not seen unasked since Tue 17 Mar.',
    );
    await history.close();
    for (const [viewer, isShown] of [
      ['Ellen Park', true],
      ['Sam Rivera', true],
      ['Kim Osei', false],
      ['Priya Nair', false],
    ] as const) {
      const asked = { viewerId: userId(viewer), repId: userId('Sam Rivera') };
      const seen = await viewCertificationHistory(world.application.context, 'T0WORLD', asked);
      expect([viewer, seen.ok]).toEqual([viewer, isShown]);
    }
    await third.press('Given by mistake: take it back', { confirm: true });
    await dana.untilModal((modal) =>
      modal.texts.join('').includes('Taken back: Sam counts as not certified'),
    );
    await dana.modal().close();
    expect(await coverageAt(world, '2026-03-25T17:00:00Z')).toBe('0/2 enrolled, 0/3 eligible');
    expect(await coverageAt(world, '2026-03-24T17:00:00Z')).toBe('0/2 enrolled, 0/3 eligible');
    await world.travelTo('2026-03-26T16:30:00Z');
    expect(linesOf(sam)).toContain('Dana took back the one of Tue 24 Mar');
    const fourth = await openCertify(dana, 'Sam Rivera');
    await fourth.press('History');
    await dana.untilModal(({ texts }) =>
      texts.join('\n').includes('Taken back on Wed 25 Mar 2026 by Dana Whitfield.'),
    );
    await dana.modal().close({ all: true });
    expect(await certifyAs(dana, 'Sam Rivera', [8, 8, 9])).toContain('until Tue 5 May 2026');

    // Ten days on its end is near: a row with a way to renew it, and only newer evidence does.
    await world.travelTo('2026-04-07T15:00:00Z');
    expect(await toldOnHome(sam, 'which is soon')).toContain('It is renewed by new calls and a new rating.');
    expect(await toldOnHome(dana, 'ends on Tue 5 May 2026')).toContain('1 of 2 certified.');
    const pressedBefore = pressesIn(world);
    await dana.home().press('Renew');
    const renewal = await dana.untilModal((modal) => modal.title === 'Certify Sam');
    expect(await renewal.submit()).toMatchObject({ status: 'updated' });
    // Open and save.
    expect(pressesIn(world) - pressedBefore).toBe(2);
    const kept = dana.modal().texts.join('\n');
    expect(kept).toContain('The certificate until Tue 5 May 2026 stays. To renew it');
    expect(kept).toContain('Teach: what was seen on Tue 24 Mar counted for the last certificate.');
    await dana.modal().close();
    expect(await coverageAt(world, '2026-04-07T16:00:00Z')).toBe('1/2 enrolled, 1/3 eligible');
    await shareOnce(dana, 'Sam Rivera', { Account: 'Cedar', Tailor: 'Unasked', 'Take Control': 'Unasked' });
    expect(await certifyAs(dana, 'Sam Rivera', [8, 8, 9])).toContain('until Sun 17 May 2026');

    // Nobody renews it: from the day after its last it counts no more, and says so.
    await world.travelTo('2026-05-18T15:00:00Z');
    expect(await coverageAt(world, '2026-05-17T15:00:00Z')).toBe('1/2 enrolled, 1/3 eligible');
    expect(await coverageAt(world, '2026-05-18T15:00:00Z')).toBe('0/2 enrolled, 0/3 eligible');
    expect(await toldOnHome(dana, '1 ran out')).toContain('0 of 2 certified, 1 ran out.');
    expect(await toldOnHome(sam, 'the certificate ended on Sun 17 May 2026')).toContain('Still missing');
    const all = await certificationsAbout(world, 'Sam Rivera');
    expect(all.map((one) => one.valid_until)).toEqual([null, '2026-05-03', '2026-05-05', null, '2026-05-17']);
    expect(all.map((one) => one.withdrawn_by !== null)).toEqual([false, true, false, false, false]);
  }, 300_000);
});
