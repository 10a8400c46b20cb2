import { type Pillar, pillars } from '#domain/pillar.ts';
import { type CheckInAnswer, checkInAnswers } from '#domain/retention.ts';
import type { GivenAnswers } from '#services/answer-check-in.ts';
import type { OpenView } from '../feature.ts';
import { filledIn } from '../form.ts';
import { menuOf } from './team-view.ts';
import { exampleField, fieldOf } from './view.ts';

/** What a rep says of themself. */
export function ownAnswers(view: OpenView, occurrenceId: string): GivenAnswers {
  const filled = filledIn(view);
  return given(view, occurrenceId, (pillar) => filled.choice(fieldOf(occurrenceId, pillar)));
}

export function missingIn(view: OpenView): string[] {
  const filled = filledIn(view);
  const isPillar = (id: string): boolean => pillars.includes((id.split('.')[1] ?? '') as Pillar);
  return view.inputs.filter((id) => isPillar(id) && filled.choice(id) === undefined);
}

const row = /^([0-9a-f-]{36})\.row$/;

/** By rep, in an order of their own: sent twice, the form must read the same. */
export function teamAnswers(view: OpenView): GivenAnswers[] {
  return Object.entries(view.values)
    .flatMap(([blockId, block]): GivenAnswers[] => {
      const [, occurrenceId] = row.exec(blockId) ?? [];
      if (occurrenceId === undefined) return [];
      const menus = block as Record<string, { selected_option?: { value: string } | null }>;
      return [given(view, occurrenceId, (pillar) => menus[menuOf(pillar)]?.selected_option?.value)];
    })
    .toSorted((one, other) => (one.occurrenceId < other.occurrenceId ? -1 : 1));
}

function given(
  view: OpenView,
  occurrenceId: string,
  chosen: (pillar: Pillar) => string | undefined,
): GivenAnswers {
  const answers = pillars.flatMap((pillar): [Pillar, CheckInAnswer][] => {
    const answer = checkInAnswers.find((one) => one === chosen(pillar));
    return answer === undefined ? [] : [[pillar, answer]];
  });
  return {
    occurrenceId,
    answers: Object.fromEntries(answers),
    example: filledIn(view).text(fieldOf(occurrenceId, exampleField)),
  };
}
