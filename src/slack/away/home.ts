import { toLocal } from '#domain/time/zone.ts';
import { absencesFrom } from '#storage/absences.ts';
import type { HomePart } from '../home/part.ts';
import { plain, richText } from '../rich-text.ts';
import { daysInWords, ids, standInWords } from './view.ts';

const mostShown = 3;

/** When they are away, at the place where they would wonder why nothing is asked. */
export const awayHome: HomePart = async ({ trx, workspaceId, person, now, viewerId }) => {
  const { date: today } = toLocal(now, person.timeZone);
  const absences = await absencesFrom(trx, workspaceId, person.id, today);
  return {
    own: absences.slice(0, mostShown).flatMap((one) => [
      richText({ bold: 'Away' }, ` ${daysInWords(one)}${standInWords(one)}`),
      ...(viewerId === undefined
        ? [
            {
              type: 'actions' as const,
              elements: [
                {
                  type: 'button' as const,
                  action_id: `${ids.change}:home_${one.id}`,
                  text: plain('Change'),
                  value: one.id,
                  accessibility_label: `Change: away ${daysInWords(one)}`,
                },
              ],
            },
          ]
        : []),
    ]),
  };
};
