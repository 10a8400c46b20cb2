import { toLocal } from '#domain/time/zone.ts';
import { givePractice } from '#services/give-practice.ts';
import { reflectOnPractice } from '#services/reflect-practice.ts';
import { verifyPractice } from '#services/verify-practice.ts';
import { reviewsOfReps } from '#storage/practice-reviews.ts';
import { practiceTimesOf } from '#storage/practice-times.ts';
import { accounts, reflectionsOnPractice } from '../conversations.ts';
import { dana, sam, team } from '../team.ts';
import { type Deed, day, hour, type PastTeam, pastView, week } from './deed.ts';

const given: { repId: string; itemId: string; weeksAgo: number; why: string }[] = [
  {
    repId: sam,
    itemId: 'price-then-silence',
    weeksAgo: 5.1,
    why: 'On Harbour you filled the silence yourself.',
  },
  { repId: sam, itemId: 'number-before-feature', weeksAgo: 2.2, why: 'Your last demo began with features.' },
  {
    repId: 'U0LENA',
    itemId: 'ask-why-three-times',
    weeksAgo: 6.2,
    why: 'Two calls stopped at the first answer.',
  },
  { repId: 'U0DEVON', itemId: 'see-who-signs', weeksAgo: 4.3, why: 'Procurement came as a surprise twice.' },
  {
    repId: 'U0MARC',
    itemId: 'ask-compared-with-what',
    weeksAgo: 5.4,
    why: 'They asked for the price first.',
  },
  {
    repId: 'U0HANNAH',
    itemId: 'date-before-goodbye',
    weeksAgo: 3.4,
    why: 'Three calls ended without a next date.',
  },
  { repId: 'U0YUKI', itemId: 'who-else-feels-it', weeksAgo: 4.2, why: 'One champion, nobody else.' },
  {
    repId: 'U0ELIF',
    itemId: 'hidden-cost-of-today',
    weeksAgo: 3.2,
    why: 'They had no reason to move this year.',
  },
];

/** Some reps practise between their calls: most look back when asked, and most managers say what they saw. */
export function practiceDeeds(past: PastTeam): Deed[] {
  const { application, chance, ends } = past;
  const { context, workspaceId } = application;
  const gifts = given.map(({ repId, itemId, weeksAgo, why }): Deed => {
    const managerId = team.find(({ id }) => id === repId)?.manager ?? dana;
    const viewId = pastView();
    return {
      at: ends - weeksAgo * week,
      run: async () => {
        await givePractice(context, workspaceId, { viewId, managerId, repId, itemId, why });
      },
    };
  });
  const looks: Deed[] = [];
  for (const repId of new Set(given.map((one) => one.repId))) {
    const managerId = team.find(({ id }) => id === repId)?.manager ?? dana;
    for (let at = ends - 5 * week; at < ends - 2 * day; at += 2 * day + chance.between(0, 20) * hour) {
      looks.push({ at, run: () => lookBack(past, repId) });
      // What Sam wrote last waits for Dana to say what she saw.
      const isLast = at > ends - 10 * day && repId === sam;
      if (!isLast) looks.push({ at: at + day, run: () => verify(past, managerId, repId) });
    }
  }
  return [...gifts, ...looks];
}

async function lookBack({ application, chance }: PastTeam, repId: string): Promise<void> {
  const { context, workspaceId } = application;
  const now = context.clock.now();
  const times = await context.database.inWorkspace(workspaceId, (trx) =>
    practiceTimesOf(trx, workspaceId, [repId]),
  );
  const open = times.find(({ state, dueAt }) => state === 'due' && dueAt.getTime() <= now);
  if (open === undefined || !chance.happens(0.85)) return;
  await reflectOnPractice(context, workspaceId, {
    viewId: pastView(),
    repId,
    occurrenceId: open.occurrenceId,
    reflection: chance.pick(['did_it', 'did_it', 'partly', 'not_yet']),
    account: chance.pick(accounts),
    sentence: chance.pick(reflectionsOnPractice),
    obstacle: null,
  });
}

async function verify({ application, chance }: PastTeam, managerId: string, repId: string): Promise<void> {
  const { context, workspaceId } = application;
  const reviews = await context.database.inWorkspace(workspaceId, (trx) =>
    reviewsOfReps(trx, workspaceId, [repId]),
  );
  const { date: today } = toLocal(context.clock.now(), 'UTC');
  for (const { id, verified, reflectedOn } of reviews) {
    if (verified !== null || reflectedOn >= today || !chance.happens(0.8)) continue;
    const verification = chance.pick(['seen', 'seen', 'partly', 'not_seen'] as const);
    const noteToRep = chance.happens(0.3) ? 'The pause worked. Keep it as long as that.' : undefined;
    await verifyPractice(context, workspaceId, {
      viewId: pastView(),
      managerId,
      reviewId: id,
      verification,
      noteToRep,
    });
  }
}
