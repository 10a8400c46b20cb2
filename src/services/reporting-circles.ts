/** From everybody who stands in a circle to the circle, in the order of its managers. */
export function circlesIn(
  managerOf: ReadonlyMap<string, string | undefined>,
): Map<string, readonly string[]> {
  const circleOf = new Map<string, readonly string[]>();
  /** By whom somebody was come to first: each person is passed once. */
  const passed = new Map<string, string>();
  for (const start of managerOf.keys()) {
    const way: string[] = [];
    let id: string | undefined = start;
    while (id !== undefined && !passed.has(id)) {
      passed.set(id, start);
      way.push(id);
      id = managerOf.get(id);
    }
    // Who was passed on an earlier way leads to no circle, or to one that is known.
    if (id === undefined || passed.get(id) !== start) continue;
    const circle = way.slice(way.indexOf(id));
    for (const one of circle) circleOf.set(one, circle);
  }
  return circleOf;
}
