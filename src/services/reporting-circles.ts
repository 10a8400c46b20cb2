/** From everybody who stands in a circle to the circle, in the order of its managers. Each person is passed once. */
export function circlesIn(
  managerOf: ReadonlyMap<string, string | undefined>,
): Map<string, readonly string[]> {
  const circleOf = new Map<string, readonly string[]>();
  const passed = new Set<string>();
  for (const start of managerOf.keys()) {
    const way = new Map<string, number>();
    let id: string | undefined = start;
    while (id !== undefined && !passed.has(id)) {
      passed.add(id);
      way.set(id, way.size);
      id = managerOf.get(id);
    }
    const from = id === undefined ? undefined : way.get(id);
    if (from === undefined) continue;
    const circle = [...way.keys()].slice(from);
    for (const one of circle) circleOf.set(one, circle);
  }
  return circleOf;
}
