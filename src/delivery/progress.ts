/** What a drain got done, and when there is more to do. */
export interface Progress {
  /** How many deliveries or edits got on. After none, there is no use in draining again before time passes. */
  moved: number;
  /** The instant of machine time at which more can be done, where that is known; a past one means at once. */
  again: number | undefined;
}

export const nothing: Progress = { moved: 0, again: undefined };

export function together(...parts: readonly Progress[]): Progress {
  const instants = parts.flatMap(({ again }) => (again === undefined ? [] : [again]));
  return {
    moved: parts.reduce((sum, { moved }) => sum + moved, 0),
    again: instants.length === 0 ? undefined : Math.min(...instants),
  };
}
