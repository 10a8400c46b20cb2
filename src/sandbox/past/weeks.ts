import { addDays } from '#domain/time/civil.ts';
import { toInstant, toLocal } from '#domain/time/zone.ts';
import { chooseDigest } from '#services/choose-digest.ts';
import { openTimeReport } from '#services/open-time-report.ts';
import { reportTime } from '#services/report-time.ts';
import { setAbsence } from '#services/set-absence.ts';
import { amara, enablementChannel, priya, team, tomas } from '../team.ts';
import { type Deed, day, hour, type PastTeam, pastView, week } from './deed.ts';

/** What managers and enablement do by the week: time reports, the digest, and next week's leave. */
export function weeklyDeeds(past: PastTeam): Deed[] {
  const { application, ends } = past;
  const { context, workspaceId } = application;
  const digest: Deed = {
    at: ends - 5.2 * week,
    run: async () => {
      const when = { channel: enablementChannel, weekday: 2, time: '09:00' };
      await chooseDigest(context, workspaceId, { userId: priya, viewId: pastView(), ...when });
    },
  };
  const leave: Deed = {
    at: ends - 2 * day,
    run: async () => {
      const { date: today } = toLocal(ends, 'Europe/London');
      const firstDay = addDays(today, 4);
      await setAbsence(context, workspaceId, {
        memberId: tomas,
        replaces: undefined,
        firstDay,
        lastDay: addDays(firstDay, 4),
        standInId: amara,
        isSure: true,
      });
    },
  };
  return [digest, leave, ...timeReports(past)];
}

/** Most Fridays; a manager who has yet to find the habit lets some pass. */
function timeReports(past: PastTeam): Deed[] {
  const { chance, begins, ends } = past;
  return team
    .filter(({ roles }) => roles.includes('manager'))
    .flatMap(({ id, zone, startDate }) => {
      const isNew = startDate > '2025';
      const fridays: Deed[] = [];
      for (let date = addDays(toLocal(begins, zone).date, 1); ; date = addDays(date, 7)) {
        const at = toInstant({ date, time: '15:05' }, zone) + chance.between(0, 20) * 60_000;
        if (at > ends) return fridays;
        // The last ones are all in, as a digest of averages needs them.
        const isIn = chance.happens(isNew ? 0.75 : 0.85) || ends - at < 2 * week;
        if (isIn) fridays.push({ at: at + hour / 6, run: () => tell(past, id, (ends - at) / week) });
      }
    });
}

/** Over the months a little more goes into people, and less into running things. */
async function tell({ application, chance }: PastTeam, managerId: string, weeksAgo: number): Promise<void> {
  const { context, workspaceId } = application;
  const opened = await openTimeReport(context, workspaceId, managerId);
  if (!opened.ok) return;
  const shift = Math.round((17 - weeksAgo) / 5);
  await reportTime(context, workspaceId, {
    viewId: pastView(),
    managerId,
    week: opened.value.week,
    unit: 'hours',
    spent: {
      innovating: chance.between(5, 9),
      coaching: chance.between(4, 7) + shift,
      selling: chance.between(10, 15),
      allocation: chance.between(9, 13) - shift,
      everything_else: chance.between(4, 7),
    },
    minutes: new Map(),
    note: undefined,
  });
}
