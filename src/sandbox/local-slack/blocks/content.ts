/**
 * The characters that a piece of a payload carries: all its strings but the words of `type`. Slack does
 * not say what it counts towards a message's blocks or a table; its maintainers speak of text plus room
 * for the blocks around it (bolt-js issue 2509), so ids, values and URLs count here too.
 */
export function contentLength(content: unknown): number {
  let length = 0;
  // A list of what is left, not recursion: a hostile payload can nest deeper than the call stack.
  const rest = [content];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next === 'string') length += next.length;
    else if (Array.isArray(next)) for (const item of next) rest.push(item);
    else if (typeof next === 'object' && next !== null) {
      for (const [key, value] of Object.entries(next)) if (key !== 'type') rest.push(value);
    }
  }
  return length;
}
