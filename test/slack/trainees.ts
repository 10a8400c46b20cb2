import { fitted } from '#slack/text.ts';
import type { CheckInFacts } from '#storage/check-ins.ts';
import type { Enrolment, Programme } from '#storage/programmes.ts';

/** Names that Slack would read as something else, or that do not fit. */
export const hostileNames = [
  'M'.repeat(120),
  '&<>"*_~`@here',
  '🧑🏽‍🚀'.repeat(20),
  'שרה כהן'.repeat(8),
  '\u202Eevil',
  '<!channel>\n```code```',
];

export const crowds = [0, 1, 8, 60];

const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

export function programmeCalled(name: string): Programme {
  return {
    id: uuid(999),
    name,
    sessionOn: '2026-03-03',
    pillars: ['teach', 'tailor', 'takeControl'],
    endedAt: null,
  };
}

export function enrolled(count: number, name: string): Enrolment[] {
  return Array.from({ length: count }, (_, index) => ({
    id: uuid(index),
    programmeId: uuid(999),
    repId: `U${index}`,
    repName: `${name} ${index}`,
    repTime: { zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], starts: '09:00', ends: '17:00' },
    managerId: index % 7 === 0 ? null : 'UDANA',
    wave: index % 4,
    asked: index % 5 !== 0,
  }));
}

/** Every second one answered by the rep, every third by the manager, with an example. */
export function checkInsOf(count: number, name: string): CheckInFacts[] {
  const said = (answer: 'unasked' | 'not_seen') => ({
    id: uuid(1),
    answers: { teach: answer, tailor: answer, takeControl: answer },
    example: fitted(name.repeat(5), 600),
    late: true,
  });
  return Array.from({ length: count }, (_, index) => ({
    occurrenceId: uuid(index),
    state: 'due',
    dueAt: new Date('2026-03-10T08:00:00Z'),
    day: 7,
    enrolmentId: uuid(index),
    programmeId: uuid(999),
    programmeName: name,
    pillars: ['teach', 'tailor', 'takeControl'],
    repId: `U${index}`,
    repName: `${name} ${index}`,
    managerId: `UDANA${index}`,
    managerName: `${name} ${index}`,
    stoodInForId: null,
    rep: index % 2 === 0 ? said('unasked') : null,
    manager: index % 3 === 0 ? said('not_seen') : null,
  }));
}
