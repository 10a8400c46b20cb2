import { readFileSync, writeFileSync } from 'node:fs';
import { type Document, parseDocument } from 'yaml';

/**
 * slack-manifest.yaml says what the app is; the variants say the same and differ in how Slack reaches it.
 * `npm run manifests` writes them, comments included.
 */
export const source = 'slack-manifest.yaml';

/** Whoever installs the app puts their own address here. */
const address = 'https://sideline.example.com';

interface Variant {
  file: string;
  about: string;
  adapt(manifest: Document): void;
}

const variants: readonly Variant[] = [
  {
    file: 'manifests/socket-mode.yaml',
    about: 'Socket Mode: the app connects to Slack. For development and for one workspace.',
    adapt: () => {},
  },
  {
    file: 'manifests/http.yaml',
    about: `HTTP: Slack calls the app. For production; put your own address in place of ${address}.`,
    adapt: useHttp,
  },
  {
    file: 'manifests/oauth.yaml',
    about:
      `HTTP with installation by OAuth, for many workspaces; put your own address in place of ${address}.\n` +
      'People install it at /slack/install there. Tokens that are renewed (token_rotation_enabled) work as well; once\n' +
      'turned on, Slack does not let them be turned off.',
    adapt(manifest) {
      useHttp(manifest);
      manifest.setIn(
        ['oauth_config', 'redirect_urls'],
        manifest.createNode([`${address}/slack/oauth_redirect`]),
      );
    },
  },
];

function useHttp(manifest: Document): void {
  const events = `${address}/slack/events`;
  manifest.setIn(['settings', 'socket_mode_enabled'], false);
  manifest.setIn(['settings', 'event_subscriptions', 'request_url'], events);
  manifest.setIn(['settings', 'interactivity', 'request_url'], events);
  manifest.setIn(['features', 'slash_commands', 0, 'url'], events);
}

/** What each variant should hold, by file. */
export function variantsOf(sourceText: string): Map<string, string> {
  return new Map(
    variants.map(({ file, about, adapt }) => {
      const manifest = parseDocument(sourceText);
      manifest.commentBefore = commented(
        `${about}\n\nMade from ${source} by \`npm run manifests\`; edit it there.`,
      );
      adapt(manifest);
      return [file, manifest.toString({ lineWidth: 0 })];
    }),
  );
}

const commented = (text: string): string => text.replaceAll(/^/gm, ' ');

if (import.meta.main) {
  const root = new URL('../', import.meta.url);
  for (const [file, text] of variantsOf(readFileSync(new URL(source, root), 'utf8'))) {
    writeFileSync(new URL(file, root), text);
  }
}
