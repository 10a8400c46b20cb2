import type { Call } from '#sandbox/local-slack/calls.ts';

/** Where in what the app sent Slack would read text of people as more than text. */
export function markedUp(calls: readonly Call[], written: readonly RegExp[]): string[] {
  return calls.flatMap((call) => {
    const sent = call.direction === 'from app' ? call.request : call.response;
    return markupIn(sent).flatMap((text) =>
      written
        .filter((pattern) => pattern.test(text))
        .map((pattern) => `${call.method}: ${pattern} in ${text}`),
    );
  });
}

/** What Slack refused of what the app sent. */
export function refusals(calls: readonly Call[]): string[] {
  return calls.flatMap(({ method, error, response }) =>
    error === null ? [] : [`${method}: ${error} ${JSON.stringify(response)}`],
  );
}

/** Everything in which Slack reads mark-up: mrkdwn objects, and the text of a message itself. */
export function markupIn(sent: unknown): string[] {
  const value = parsed(sent);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'text' in value && typeof value.text === 'string' && isMarkup(value) ? [value.text] : [];
  // What a modal carries for the app is shown to nobody.
  const inner = Object.entries(value).filter(([key]) => key !== 'private_metadata');
  return [...own, ...inner.flatMap(([, one]) => markupIn(one))];
}

function isMarkup(value: object): boolean {
  return !('type' in value) || value.type === 'mrkdwn';
}

/** Blocks and views travel as JSON inside the form. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // Text that only begins like JSON is text.
    return value;
  }
}
