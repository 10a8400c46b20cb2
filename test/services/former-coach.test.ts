import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { answerDebrief, openAnswer } from '#services/answer-debrief.ts';
import { acceptRequest } from '#services/plan-call.ts';
import { requestWatch } from '#services/request-watch.ts';
import { shareDebrief } from '#services/share-debrief.ts';
import { withdrawDebrief } from '#services/withdraw-debrief.ts';
import { openPlansOf } from '#storage/call-plans.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { debriefContent } from './debrief-content.ts';
import { type Office, openOffice, person, workspaceId } from './office.ts';

onBothDatabases('what a former manager has to do with the calls of a rep', (open) => {
  let database: TestDatabase;
  let office: Office;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    office = await openOffice(
      database,
      ['Dana', 'Lee', 'Sam', 'Kim'].map((name) => person(name)),
    );
    await giveSamTo('U0DANA');
  });
  afterEach(() => office.close());

  async function giveSamTo(manager: string): Promise<void> {
    office.clock.travelTo(office.clock.now() + 60_000);
    const imported = await office.import(
      'U0DANA,,manager,,,,,',
      'U0LEE,,manager,,,,,',
      `U0SAM,,rep,${manager},,,,`,
      'U0KIM,,rep,U0DANA,,,,',
    );
    expect(imported.ok).toBe(true);
  }

  const form = {
    viewId: 'V1',
    observerId: 'U0DANA',
    repId: 'U0SAM',
    debriefId: undefined,
    plan: undefined,
    content: debriefContent,
  };

  async function share(): Promise<string> {
    const shared = await shareDebrief(office.context, workspaceId, form);
    if (!shared.ok) throw new Error(shared.problem.kind);
    return shared.value.debriefId;
  }

  const openNotes = () =>
    database.inWorkspace(workspaceId, (trx) =>
      trx
        .selectFrom('card_note')
        .select(['kind', 'receiver_id'])
        .where('settled_at', 'is', null)
        .where('kind', '<>', 'set_slots')
        .orderBy('receiver_id')
        .execute(),
    );

  test('a form about one rep changes no debrief of another', async () => {
    const debriefId = await share();
    const other = { ...form, viewId: 'V2', repId: 'U0KIM', debriefId };
    expect(await shareDebrief(office.context, workspaceId, other)).toEqual({
      ok: false,
      problem: { kind: 'not_yours' },
    });
  });

  test('they no longer withdraw what they wrote, until the rep is theirs again', async () => {
    const one = { debriefId: await share(), observerId: 'U0DANA' };
    await giveSamTo('U0LEE');
    expect(await withdrawDebrief(office.context, workspaceId, one)).toEqual({
      ok: false,
      problem: { kind: 'not_your_report' },
    });
    await giveSamTo('U0DANA');
    expect(await withdrawDebrief(office.context, workspaceId, one)).toMatchObject({ ok: true });
  });

  test('what the rep answers goes to whoever manages them now, and the form says so', async () => {
    const debriefId = await share();
    const who = { repId: 'U0SAM', debriefId };
    const readers = async () => (await openNotes()).filter(({ kind }) => kind === 'debrief_answered');
    expect(await openAnswer(office.context, workspaceId, who)).toMatchObject({
      value: { readerName: 'Dana' },
    });
    await giveSamTo('U0LEE');
    expect(await openAnswer(office.context, workspaceId, who)).toMatchObject({
      value: { observerName: 'Dana', readerName: 'Lee' },
    });
    const answered = await answerDebrief(office.context, workspaceId, { ...who, answer: 'I will.' });
    expect(answered).toMatchObject({ ok: true, value: { reader: { id: 'U0LEE' }, first: true } });
    expect(await readers()).toEqual([{ kind: 'debrief_answered', receiver_id: 'U0LEE' }]);
    await giveSamTo('');
    const again = await answerDebrief(office.context, workspaceId, { ...who, answer: 'I have.' });
    expect(again).toMatchObject({ ok: true, value: { reader: undefined, first: false } });
    expect(
      await answerDebrief(office.context, workspaceId, { ...who, repId: 'U0KIM', answer: 'Me.' }),
    ).toEqual({
      ok: false,
      problem: { kind: 'not_yours' },
    });
  });

  test('a request is put to the new manager, and what was planned is off', async () => {
    const ask = async (account: string): Promise<void> => {
      const one = { repId: 'U0SAM', account, callOn: '2026-03-10', lookFor: undefined };
      expect(await requestWatch(office.context, workspaceId, one)).toMatchObject({ ok: true });
    };
    const plans = () => database.inWorkspace(workspaceId, (trx) => openPlansOf(trx, workspaceId, ['U0SAM']));
    await ask('Globex');
    await ask('Initech');
    const planId = (await plans()).find(({ account }) => account === 'Globex')?.id ?? '';
    const decided = { observerId: 'U0DANA', planId };
    expect(await acceptRequest(office.context, workspaceId, decided)).toMatchObject({ ok: true });
    await giveSamTo('U0LEE');
    expect(await plans()).toMatchObject([{ account: 'Initech', state: 'asked', watcherId: 'U0LEE' }]);
    expect(await openNotes()).toEqual([{ kind: 'watch_requested', receiver_id: 'U0LEE' }]);
    // Back to whom it was put first.
    await giveSamTo('U0DANA');
    expect(await openNotes()).toEqual([{ kind: 'watch_requested', receiver_id: 'U0DANA' }]);
    const waiting = await database.inWorkspace(workspaceId, (trx) =>
      trx
        .selectFrom('delivery_note')
        .innerJoin('card_note', 'card_note.note_id', 'delivery_note.note_id')
        .innerJoin('delivery', 'delivery.delivery_id', 'delivery_note.delivery_id')
        .select(['delivery.receiver_id', 'delivery.state'])
        .where('card_note.settled_at', 'is', null)
        .where('card_note.kind', '=', 'watch_requested')
        .execute(),
    );
    expect(waiting).toEqual([{ receiver_id: 'U0DANA', state: 'pending' }]);
  });
});
