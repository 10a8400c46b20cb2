import { describe, expect, test } from 'vitest';
import { endAtClosing, mayBecome, type OccurrenceState, statesBefore } from '#domain/occurrence.ts';

const states: OccurrenceState[] = ['planned', 'due', 'done', 'excused', 'expired'];
const ends: OccurrenceState[] = ['done', 'excused', 'expired'];

describe('the life of an occurrence', () => {
  test('goes these ways and no others', () => {
    const ways = states.flatMap((from) =>
      states.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(ways.sort()).toEqual(
      [
        'planned → due',
        'planned → done',
        'planned → excused',
        'planned → expired',
        'due → done',
        'due → excused',
        'due → expired',
      ].sort(),
    );
  });

  test('has exactly three ends, and what has ended stays as it ended', () => {
    expect(states.filter((from) => states.every((to) => !mayBecome(from, to)))).toEqual(ends);
    for (const end of ends) expect(statesBefore(end)).toEqual(['planned', 'due']);
  });

  test('closes as expired when somebody was asked, and is excused when our own outage kept us from asking', () => {
    expect(endAtClosing(new Date())).toEqual({ state: 'expired', reason: null });
    expect(endAtClosing(null)).toEqual({ state: 'excused', reason: 'not_asked_in_time' });
  });
});
