import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { isScalar, isSeq, parse, parseDocument } from 'yaml';
import { optionalScopes, scopes } from '#services/register-workspace.ts';
import { source, variantsOf } from '../../scripts/manifests.ts';
import {
  commandWords,
  listeners,
  usedCommands,
  usedEvents,
  usedMethods,
  usedShortcuts,
  usesFileInput,
} from './used-by-code.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const files = [source, ...readdirSync(new URL('manifests/', root)).map((name) => `manifests/${name}`)];

interface Manifest {
  display_information: { name: string };
  features: {
    app_home: {
      home_tab_enabled: boolean;
      messages_tab_enabled: boolean;
      messages_tab_read_only_enabled: boolean;
    };
    slash_commands: { command: string; url?: string; usage_hint: string; should_escape: boolean }[];
    shortcuts?: { callback_id: string }[];
  };
  oauth_config: { redirect_urls?: string[]; scopes: { bot: string[]; bot_optional: string[] } };
  settings: {
    event_subscriptions: { bot_events: string[]; request_url?: string };
    interactivity: { is_enabled: boolean; request_url?: string; message_menu_options_url?: string };
    socket_mode_enabled: boolean;
  };
}

/** Which scopes a bot needs for what the code calls; none for what every bot, or the app-level token, may do. */
const scopesOfMethod: Record<string, string[]> = {
  'apps.connections.open': [],
  'auth.test': [],
  'oauth.v2.access': [],
  'chat.delete': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['im:history'],
  'conversations.open': ['im:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'team.profile.get': ['users.profile:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read', 'users:read.email'],
  'users.list': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'users.profile.get': ['users.profile:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

const scopesOfEvent: Record<string, string[]> = {
  app_home_opened: [],
  app_uninstalled: [],
  team_join: ['users:read'],
  tokens_revoked: [],
  'message.im': ['im:history'],
  user_change: ['users:read'],
};

function usedScopes(): string[] {
  const needs = [
    ...usedMethods().map((method) => ({ what: method, scopes: scopesOfMethod[method] })),
    ...usedEvents().map((event) => ({ what: event, scopes: scopesOfEvent[event] })),
    ...[...usedCommands(), ...usedShortcuts()].map((what) => ({ what, scopes: ['commands'] })),
    ...(usesFileInput() ? [{ what: 'file_input', scopes: ['files:read'] }] : []),
  ];
  const unlisted = needs.filter((need) => need.scopes === undefined).map((need) => need.what);
  expect(unlisted, 'used, but this test does not know the scope they need').toEqual([]);
  return [...new Set(needs.flatMap((need) => need.scopes ?? []))].sort();
}

const validates = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(
  JSON.parse(read('test/manifests/slack-manifest.schema.json')),
);

/** What Slack's schema says is wrong, as lines. */
function problemsOf(manifest: unknown): string[] {
  validates(manifest);
  return (validates.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

test('the scopes the start insists on, and those it does without, are what the code needs', () => {
  expect([...scopes, ...optionalScopes].sort()).toEqual(usedScopes());
});

describe.each(files)('%s', (file) => {
  const manifest = parse(read(file)) as Manifest;

  test('is valid by version 1 of the schema', () => {
    expect(problemsOf(manifest)).toEqual([]);
  });

  test('asks for the scopes that the code uses, and says of each what for', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(usedScopes());
    const listed = parseDocument(read(file)).getIn(['oauth_config', 'scopes', 'bot']);
    const reasons = isSeq(listed) ? listed.items.map((item) => isScalar(item) && item.comment) : [];
    expect(reasons).toEqual([...scopes, ...optionalScopes].map(() => expect.stringMatching(/\w/)));
    expect(manifest.oauth_config.scopes.bot_optional).toEqual(optionalScopes);
  });

  test('declares the commands, shortcuts and events that the code answers to', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(usedCommands());
    expect((manifest.features.shortcuts ?? []).map((one) => one.callback_id).sort()).toEqual(
      usedShortcuts().sort(),
    );
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(usedEvents().sort());
  });

  test('hints at words that the command knows, and escapes mentions', () => {
    for (const { usage_hint, should_escape } of manifest.features.slash_commands) {
      const hinted = usage_hint.split('|').map((part) => part.trim().split(' ')[0]);
      expect(commandWords()).toEqual(expect.arrayContaining(hinted));
      expect(should_escape).toBe(true);
    }
  });

  test('turns on the surfaces that the code uses, and no others', () => {
    const kinds = new Set(listeners().map(({ kind }) => kind));
    const interactive = ['action', 'view', 'shortcut', 'options'].some((kind) => kinds.has(kind));
    expect(manifest.settings.interactivity.is_enabled).toBe(interactive);
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: usedMethods().includes('views.publish'),
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  test('names an address wherever Slack calls, or none at all in Socket Mode', () => {
    const { settings, features, oauth_config: oauth } = manifest;
    const addresses = [
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
      ...features.slash_commands.map(({ url }) => url),
      ...(listeners().some(({ kind }) => kind === 'options')
        ? [settings.interactivity.message_menu_options_url]
        : []),
    ];
    const expected = settings.socket_mode_enabled ? undefined : 'https://sideline.example.com/slack/events';
    expect(addresses).toEqual(addresses.map(() => expected));
    if (settings.socket_mode_enabled) expect(oauth.redirect_urls).toBeUndefined();
  });

  test('is, addresses apart, the same app as the others', () => {
    expect(withoutAddresses(manifest)).toEqual(withoutAddresses(parse(read(source)) as Manifest));
  });
});

test('the variants are up to date with their source (npm run manifests)', () => {
  const made = variantsOf(read(source));
  expect(files).toEqual([source, ...[...made.keys()].sort()]);
  for (const [file, text] of made) expect(read(file), file).toBe(text);
});

test('there is a variant for Socket Mode, one for HTTP and one for installation by OAuth', () => {
  const kinds = files.slice(1).map((file) => {
    const { settings, oauth_config: oauth } = parse(read(file)) as Manifest;
    return { socket: settings.socket_mode_enabled, oauth: oauth.redirect_urls !== undefined };
  });
  expect(kinds).toHaveLength(3);
  expect(kinds).toEqual(
    expect.arrayContaining([
      { socket: true, oauth: false },
      { socket: false, oauth: false },
      { socket: false, oauth: true },
    ]),
  );
});

test('the schema refuses what Slack would', () => {
  const manifest = parse(read(source)) as Manifest;
  expect(problemsOf({ ...manifest, display_information: { name: 'x'.repeat(36) } })).toEqual([
    '/display_information/name must NOT have more than 35 characters',
  ]);
  expect(problemsOf({ ...manifest, event_subscriptions: {} })).toEqual([
    ' must NOT have additional properties',
  ]);
});

function withoutAddresses(manifest: Manifest): unknown {
  const { socket_mode_enabled: _, ...settings } = manifest.settings;
  const { redirect_urls: __, ...oauth } = manifest.oauth_config;
  return JSON.parse(
    JSON.stringify({ ...manifest, settings, oauth_config: oauth }, (key, value) =>
      key === 'url' || key === 'request_url' || key === 'message_menu_options_url' ? undefined : value,
    ),
  );
}
