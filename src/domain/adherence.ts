export interface Endings {
  done: number;
  expired: number;
  excused: number;
  late: number;
}

/** Below this many no rate is shown, only counts. */
export const fewestForARate = 5;

/**
 * Done of those that counted. Excused occurrences count in neither direction; one logged late stays expired.
 * Undefined where there are too few for a rate to mean anything.
 */
export function adherence({ done, expired }: Endings): number | undefined {
  const counted = done + expired;
  return counted < fewestForARate ? undefined : done / counted;
}
