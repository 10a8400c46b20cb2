import type { Seen } from '#domain/observed-call.ts';
import { perPillar } from '#domain/pillar.ts';
import { addDays } from '#domain/time/civil.ts';
import { toInstant, toLocal } from '#domain/time/zone.ts';
import { answerDebrief } from '#services/answer-debrief.ts';
import { openDebrief } from '#services/open-debrief.ts';
import { shareDebrief } from '#services/share-debrief.ts';
import { accounts, answersToDebriefs, moments, strengths } from '../conversations.ts';
import { dana, isReadyForCertificate, jonas, sessionOn, type TeamMember, team } from '../team.ts';
import { type Deed, day, hour, type PastTeam, pastView, workingDate } from './deed.ts';

const monthsLived = ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];

/** A call a month of each rep: most listened to live, some as a recording, a few missed. */
export function observedCallDeeds(past: PastTeam): Deed[] {
  const { chance, begins, ends } = past;
  return team.flatMap((rep) => {
    const manager = team.find(({ id }) => id === rep.manager);
    if (manager === undefined) return [];
    return monthsLived.flatMap((month) => {
      // Those who are ready for their certificate have shown it on a real account since the training.
      const isReady = isReadyForCertificate(rep) && month === '2026-06';
      const onDay = isReady ? chance.between(2, 4) : chance.between(2, month === '2026-06' ? 18 : 24);
      const date = workingDate(`${month}-${String(onDay).padStart(2, '0')}`);
      const at = toInstant({ date, time: '15:10' }, manager.zone);
      const isMissed = !chance.happens(manager.id === jonas ? 0.65 : manager.id === dana ? 0.95 : 0.85);
      const followed = isReady || chance.happens(0.88) ? ('live' as const) : ('recording' as const);
      const answers = chance.happens(0.35);
      const seen = perPillar(() => (isReady ? 'unasked' : seenOn(past, rep, date)));
      if ((isMissed && !isReady) || at < begins || at > ends) return [];
      return shared(past, { rep, managerId: manager.id, at, followed, answers, seen });
    });
  });
}

/** After the training more is seen, and more of it unasked; of stars first. */
function seenOn({ chance }: PastTeam, { segment }: TeamMember, date: string): Seen {
  const trained = date > sessionOn;
  const unasked = (trained ? 0.42 : 0.12) + (segment === 'star' ? 0.35 : segment === 'low' ? -0.1 : 0);
  if (chance.happens(unasked)) return 'unasked';
  return chance.pick(['reminded', 'reminded', trained ? 'reminded' : 'not_seen', 'not_seen', 'no_chance']);
}

interface Call {
  rep: TeamMember;
  managerId: string;
  at: number;
  followed: 'live' | 'recording';
  answers: boolean;
  seen: Record<'teach' | 'tailor' | 'takeControl', Seen>;
}

function shared({ application, chance }: PastTeam, call: Call): Deed[] {
  const { context, workspaceId } = application;
  const { rep, managerId, at, followed, answers, seen } = call;
  const account = chance.pick(accounts);
  const worked = chance.pick(strengths);
  const moment = chance.pick(moments);
  const answer = chance.pick(answersToDebriefs);
  const minutes = chance.between(4, 9) * 5;
  let debriefId: string | undefined;
  const share = async (): Promise<void> => {
    const opened = await openDebrief(context, workspaceId, managerId, { repId: rep.id });
    if (!opened.ok) return;
    const kept = await shareDebrief(context, workspaceId, {
      viewId: pastView(),
      observerId: managerId,
      repId: rep.id,
      debriefId: undefined,
      plan: undefined,
      content: {
        ...nothingMore,
        heldOn: opened.value.today,
        followed,
        account,
        worked,
        moment,
        seen,
        minutes,
        callType: 'discovery',
      },
    });
    if (kept.ok) debriefId = kept.value.debriefId;
  };
  const reply = async (): Promise<void> => {
    if (debriefId === undefined) return;
    await answerDebrief(context, workspaceId, { repId: rep.id, debriefId, answer });
  };
  const told = toLocal(at, rep.zone);
  const next = toInstant({ date: workingDate(addDays(told.date, 1)), time: '10:00' }, rep.zone);
  return [{ at, run: share }, ...(answers ? [{ at: Math.max(next, at + day - 8 * hour), run: reply }] : [])];
}

const nothingMore = {
  secondStrength: null,
  focusArea: null,
  buyers: null,
  link: null,
  learnings: [],
  questions: null,
  buyerTalk: null,
  pitchMinute: null,
  practiceItemId: null,
  followUpOn: null,
  privateNote: null,
};
