import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { DutyKind } from '#domain/occurrence.ts';
import { pillars } from '#domain/pillar.ts';
import { checkInAnswers } from '#domain/retention.ts';
import { chanceOf } from '#sandbox/chance.ts';
import type { Tables } from '#storage/schema/index.ts';
import type { TestDatabase } from '#test/database.ts';
import { assignmentOf, type Reviewed, reviewOf } from './measured-practice.ts';
import { berlinMidnight, day, managerOf, managers, now, reps, waveOf, workspaceId } from './measured-team.ts';

type Row<T extends keyof Tables> = Insertable<Tables[T]>;

/** Some of everything, by chance that repeats. */
export async function fill(database: TestDatabase): Promise<void> {
  const chance = chanceOf(7);
  const insert = async <T extends keyof Tables>(table: T, rows: Row<T>[]) => {
    for (let from = 0; from < rows.length; from += 100) {
      await database.owner
        .insertInto(table)
        .values(rows.slice(from, from + 100) as never)
        .execute();
    }
  };
  const cadences: Row<'cadence'>[] = [];
  const occurrences: Row<'occurrence'>[] = [];
  const logs: Row<'one_on_one_log'>[] = [];
  const debriefs: Row<'debrief'>[] = [];
  const reports: Row<'time_report'>[] = [];
  const reviewed: Reviewed[] = [];
  /** Of those whose occurrences there are. */
  const commitmentIds: string[] = [];
  const addOccurrence = (
    kind: DutyKind,
    who: { asked: string; about: string; subject?: string; period: string },
    dueAt: number,
  ) => {
    const cadenceId = randomUUID();
    const state = chance.pick(['done', 'done', 'done', 'expired', 'expired', 'excused', 'due'] as const);
    const at = new Date(dueAt + day);
    cadences.push({
      workspace_id: workspaceId,
      cadence_id: cadenceId,
      kind,
      asked_id: who.asked,
      about_id: who.about,
      rule: null,
      subject_id: who.subject ?? null,
      next_period: null,
      next_due_at: null,
      plan_at: null,
      ended_at: at,
    });
    const occurrence = {
      workspace_id: workspaceId,
      occurrence_id: randomUUID(),
      cadence_id: cadenceId,
      period: who.period,
      kind,
      asked_id: who.asked,
      about_id: who.about,
      due_at: new Date(dueAt),
      closes_at: new Date(dueAt + 7 * day),
      state,
      asked_at: null,
      settled_at: state === 'due' ? null : at,
      reason: state === 'excused' ? 'away' : null,
      subject_id: who.subject ?? null,
      ask_at: null,
      snoozed_until: null,
      stand_in_id: null,
    };
    occurrences.push(occurrence);
    return occurrence;
  };

  for (const rep of reps) {
    const pair = { asked: managerOf(rep), about: rep };
    for (let week = 0; week < 7; week++) {
      // From before the four weeks to after the last; some on the very edges of a week.
      const monday = berlinMidnight('2026-01-26') + week * 7 * day;
      const edge = chance.pick([0, -1, 7 * day - 1, 3 * day + 57_600_000]);
      const oneOnOne = addOccurrence('one_on_one', { ...pair, period: `W${week}` }, monday + edge);
      if (chance.happens(0.5)) logs.push(logOf(oneOnOne.occurrence_id, pair, oneOnOne.state === 'expired'));
      const practice = addOccurrence(
        'practice',
        { asked: rep, about: rep, period: `P${week}` },
        monday + 2 * day,
      );
      if (chance.happens(0.5))
        reviewed.push({ rep, occurrence: practice.occurrence_id, late: practice.state === 'expired' });
      const commitmentId = randomUUID();
      commitmentIds.push(commitmentId);
      addOccurrence('commitment', { ...pair, subject: commitmentId, period: `C${week}` }, monday + day);
    }
    for (const month of ['2026-02', '2026-03']) {
      const dueAt = berlinMidnight(`${month}-02`) + 9 * 3_600_000;
      const observed = addOccurrence('observed_call', { ...pair, period: month }, dueAt);
      const calls = chance.between(0, 2);
      for (let call = 0; call < calls; call++) {
        const late = call === 0 && observed.state === 'expired';
        debriefs.push(debriefOf(late ? observed.occurrence_id : null, pair, `${month}-0${3 + call}`, late));
      }
    }
  }
  for (const [index, manager] of managers.entries()) {
    for (let week = 0; week < 6; week++) {
      const monday = berlinMidnight('2026-01-26') + week * 7 * day;
      const pair = { asked: manager, about: manager };
      const due = addOccurrence(
        'time_report',
        { ...pair, period: `T${week}` },
        monday + 4 * day + 54_000_000,
      );
      // The last of them tells one week only.
      if (index < 5 ? chance.happens(0.8) : week === 5) {
        const date = new Date(monday + 2 * 3_600_000).toISOString().slice(0, 10);
        reports.push(reportOf(due.occurrence_id, manager, date, due.state === 'expired'));
      }
    }
  }

  function logOf(occurrenceId: string, { asked, about }: { asked: string; about: string }, late: boolean) {
    return {
      workspace_id: workspaceId,
      log_id: randomUUID(),
      view_id: randomUUID(),
      occurrence_id: occurrenceId,
      manager_id: asked,
      rep_id: about,
      held_on: '2026-03-05',
      about: 'skill',
      private_note: null,
      insisted: false,
      logged_at: new Date(now),
      late,
      revision: 1,
      content_hash: '',
    } as Row<'one_on_one_log'>;
  }
  function debriefOf(
    occurrenceId: string | null,
    { asked, about }: { asked: string; about: string },
    heldOn: string,
    late: boolean,
  ): Row<'debrief'> {
    return {
      workspace_id: workspaceId,
      debrief_id: randomUUID(),
      rep_id: about,
      observer_id: asked,
      plan_id: null,
      occurrence_id: occurrenceId,
      held_on: heldOn,
      followed: chance.pick(['live', 'live', 'recording'] as const),
      account: 'Acme',
      worked: 'Asked twice.',
      moment: 'The price.',
      learnings: [],
      late,
      logged_at: new Date(now),
      withdrawn_at: chance.happens(0.2) ? new Date(now) : null,
    } as unknown as Row<'debrief'>;
  }
  function reportOf(
    occurrenceId: string,
    managerId: string,
    week: string,
    late: boolean,
  ): Row<'time_report'> {
    const hours = () => chance.between(0, 20);
    return {
      workspace_id: workspaceId,
      report_id: randomUUID(),
      manager_id: managerId,
      week,
      occurrence_id: occurrenceId,
      unit: 'hours',
      innovating: hours() + 1,
      coaching: hours(),
      selling: hours(),
      allocation: hours(),
      everything_else: hours(),
      note: null,
      reported_at: new Date(now),
      saved_at: new Date(now),
      late,
    };
  }

  const programmes: Row<'programme'>[] = [];
  const enrolments: Row<'enrolment'>[] = [];
  const dayZero: Row<'day_zero'>[] = [];
  const checkIns: Row<'check_in'>[] = [];
  const certificates: Row<'certification'>[] = [];
  const deliveries: Row<'delivery'>[] = [];
  const links: Row<'delivery_occurrence'>[] = [];
  for (const [index, covered] of [[...pillars], [...pillars].slice(0, 2)].entries()) {
    const programmeId = randomUUID();
    programmes.push({
      workspace_id: workspaceId,
      programme_id: programmeId,
      name: `Training ${index}`,
      session_on: index === 0 ? '2026-01-05' : '2026-02-02',
      pillars: covered,
      made_by: 'U0M1',
      made_at: new Date(now),
      ended_at: null,
    });
    for (const rep of reps) {
      if (chance.happens(0.15)) continue;
      const enrolmentId = randomUUID();
      enrolments.push({
        workspace_id: workspaceId,
        enrolment_id: enrolmentId,
        programme_id: programmeId,
        rep_id: rep,
        wave: waveOf(rep),
        asked: true,
        enrolled_by: 'U0M1',
        enrolled_at: new Date(now),
        withdrawn_at: null,
      });
      if (chance.happens(0.6)) certificates.push(certificateOf(programmeId, rep));
      for (const pillar of covered) {
        dayZero.push({
          workspace_id: workspaceId,
          programme_id: programmeId,
          rep_id: rep,
          pillar,
          shown: chance.happens(0.7),
          recorded_by: 'U0M1',
          recorded_at: new Date(now),
        });
      }
      for (const atDay of [2, 7, 14, 30]) {
        const who = { asked: rep, about: rep, subject: enrolmentId, period: `D${atDay}` };
        const asked = addOccurrence('check_in', who, berlinMidnight('2026-01-12') + atDay * day);
        for (const side of ['rep', 'manager'] as const) {
          const deliveryId = randomUUID();
          const arrived = chance.happens(0.7);
          deliveries.push({
            workspace_id: workspaceId,
            delivery_id: deliveryId,
            kind: 'card',
            key: deliveryId,
            post_key: randomUUID(),
            receiver_id: side === 'rep' ? rep : managerOf(rep),
            target_channel: null,
            due_at: new Date(now),
            state: arrived ? 'delivered' : 'dropped',
            reason: arrived ? null : 'nothing_left_to_ask',
            intent_at: new Date(now),
            retry_at: null,
            channel: 'D0ANY',
            last_answer: null,
            settled_at: new Date(now),
            sent_on: null,
          });
          links.push({
            workspace_id: workspaceId,
            delivery_id: deliveryId,
            occurrence_id: asked.occurrence_id,
          });
          if (!chance.happens(0.7)) continue;
          const answers = covered.map((pillar) => [pillar, chance.pick(checkInAnswers)]);
          checkIns.push({
            workspace_id: workspaceId,
            check_in_id: randomUUID(),
            enrolment_id: enrolmentId,
            day: atDay,
            side,
            occurrence_id: asked.occurrence_id,
            answers: JSON.stringify(Object.fromEntries(answers)),
            example: null,
            late: asked.state === 'expired',
            answered_by: side === 'rep' ? rep : managerOf(rep),
            answered_at: new Date(now),
          });
        }
      }
    }
  }
  /** Valid, run out, not yet, or taken back. */
  function certificateOf(programmeId: string, rep: string): Row<'certification'> {
    const validUntil = chance.pick(['2026-08-01', '2026-08-01', '2026-03-10', '2026-03-09', null]);
    const back = validUntil !== null && chance.happens(0.2) ? new Date(now - day) : null;
    return {
      workspace_id: workspaceId,
      certification_id: randomUUID(),
      programme_id: programmeId,
      rep_id: rep,
      judged_on: '2026-02-20',
      judged_by: managerOf(rep),
      judged_at: new Date(now - 18 * day),
      valid_until: validUntil,
      missing: JSON.stringify(validUntil === null ? [{ pillar: 'teach', missing: 'rating' }] : []),
      evidence: JSON.stringify([]),
      withdrawn_at: back,
      withdrawn_by: back && managerOf(rep),
    };
  }

  await insert('cadence', cadences);
  await insert('occurrence', occurrences);
  await insert('one_on_one_log', logs);
  await insert('debrief', debriefs);
  await insert('practice_assignment', reps.map(assignmentOf));
  await insert('practice_review', reviewed.map(reviewOf));
  await insert('time_report', reports);
  await insert('programme', programmes);
  await insert('enrolment', enrolments);
  await insert('day_zero', dayZero);
  await insert('certification', certificates);
  await insert('check_in', checkIns);
  await insert('delivery', deliveries);
  await insert('delivery_occurrence', links);
  await insert('commitment', commitmentsOf());

  function commitmentsOf(): Row<'commitment'>[] {
    const withOpen = new Set<string>();
    return logs.map(({ log_id, manager_id, rep_id }) => {
      const closed = chance.happens(0.6);
      const open = !closed && !withOpen.has(rep_id);
      if (open) withOpen.add(rep_id);
      return {
        workspace_id: workspaceId,
        commitment_id: commitmentIds.shift() ?? randomUUID(),
        log_id,
        manager_id,
        rep_id,
        text: 'Ask what it is compared with.',
        by_date: chance.pick(['2026-03-01', '2026-03-02', '2026-03-05', '2026-03-08', '2026-03-09']),
        // One at a time is open between two people; the others have been replaced.
        state: closed ? 'closed' : open ? 'open' : 'replaced',
        outcome: closed ? chance.pick(['unasked', 'reminded', 'not_this_time', 'no_chance'] as const) : null,
        evidence: closed ? chance.pick(['saw', 'heard', 'told'] as const) : null,
        outcome_log_id: null,
        made_at: new Date(now),
        closed_at: closed ? new Date(now) : null,
      } as Row<'commitment'>;
    });
  }
}
