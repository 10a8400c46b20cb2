/** What goes into one statement: a long list neither becomes one huge text nor a statement for each. */
const most = 5_000;

export function* chunked<T>(all: readonly T[], size = most): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
