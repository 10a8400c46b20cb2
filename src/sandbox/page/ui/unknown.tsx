import { useEffect } from 'preact/hooks';

declare global {
  interface Window {
    /** What this page could not show; the browser tests fail when there is any. */
    sandboxFailures?: string[];
  }
}

export function fail(what: string, value: unknown): void {
  window.sandboxFailures = [...(window.sandboxFailures ?? []), what];
  console.error(`The sandbox page cannot show ${what}`, value);
}

/** Slack would show something here, this page cannot: never silently nothing. */
export function Unknown({ what, value }: { what: string; value: unknown }) {
  useEffect(() => fail(what, value), [what]);
  return (
    <div class="unknown" role="alert" data-testid="unknown">
      <strong>The sandbox page cannot show this {what}.</strong>
      <p>Slack may show it. Add it to src/sandbox/page, or do not send it.</p>
      <pre>{JSON.stringify(value, null, 2)}</pre>
    </div>
  );
}
