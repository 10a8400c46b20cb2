import { pillars } from '#domain/pillar.ts';
import type { PillarRating } from '#storage/certifications.ts';
import type { OpenView } from '../feature.ts';
import { filledIn } from '../form.ts';
import { fields } from './view.ts';

export type Read = { ok: true; ratings: PillarRating[] } | { ok: false; errors: Record<string, string> };

/** A rating for each pillar that the form asked about. */
export function readRatings(view: OpenView, programmeId: string): Read {
  const filled = filledIn(view);
  const asked = pillars.filter((pillar) => view.inputs.includes(fields.rating(programmeId, pillar)));
  const ratings = asked.map((pillar) => ({
    pillar,
    score: Number(filled.choice(fields.rating(programmeId, pillar))),
    knownBy: filled.text(fields.knownBy(programmeId, pillar)) ?? null,
  }));
  const errors = Object.fromEntries(
    ratings
      .filter(({ score }) => !(Number.isInteger(score) && score >= 2 && score <= 10))
      .map(({ pillar }) => [fields.rating(programmeId, pillar), 'Choose a number from 2 to 10.']),
  );
  return Object.keys(errors).length === 0 ? { ok: true, ratings } : { ok: false, errors };
}
