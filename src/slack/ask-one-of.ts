const named = 3;

/** "Ask @Ellen or @Ada", in Slack's mark-up: the first few of those who may do what somebody else may not. */
export function askOneOf(ids: readonly string[], nobody: string): string {
  const shown = ids.slice(0, named).map((id) => `<@${id}>`);
  return shown.length === 0 ? nobody : `Ask ${shown.join(' or ')}`;
}
