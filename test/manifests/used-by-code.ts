import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Workspaces } from '#slack/dispatch/endings.ts';
import { dispatch } from '#slack/dispatch.ts';
import { features } from '#slack/features.ts';
import type { AppContext } from '../../src/context.ts';

/** What the code asks of Slack, found out from the code. */

/** Every listener the dispatcher registers: its kind, and the id or pattern it listens for. */
export function listeners(): { kind: string; id: unknown }[] {
  const registered: { kind: string; id: unknown }[] = [];
  const app = new Proxy({} as App, {
    get: (_, kind) => (id: unknown) => {
      registered.push({ kind: String(kind), id });
    },
  });
  dispatch(app, {} as AppContext, features, {} as Workspaces);
  return registered;
}

/** Bolt's name of an event, and the subscriptions that bring it to us. */
const subscriptions: Record<string, string[]> = { message: ['message.im'] };

export function usedEvents(): string[] {
  return idsOf('event').flatMap((event) => subscriptions[event] ?? [event]);
}

export function usedCommands(): string[] {
  return idsOf('command');
}

/** The words after the command that somebody answers to. */
export function commandWords(): string[] {
  return features.flatMap((feature) => Object.keys(feature.commands ?? {}));
}

/** A pattern for shortcuts is served by the features' own ids, as for actions. */
export function usedShortcuts(): string[] {
  const ofFeatures = features.flatMap((feature) =>
    'shortcuts' in feature ? Object.keys(Object(feature.shortcuts)) : [],
  );
  return [...new Set([...idsOf('shortcut'), ...ofFeatures])];
}

function idsOf(kind: string): string[] {
  return listeners().flatMap((one) => (one.kind === kind && typeof one.id === 'string' ? [one.id] : []));
}

/** Methods of the Web API that src/ calls or names, the local Slack apart: it serves them. */
export function usedMethods(): string[] {
  const source = sources(path.resolve(import.meta.dirname, '../../src'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .replaceAll(/\s*\.\s*/g, '.');
  return knownMethods().filter((method) => new RegExp(`\\.${method}\\(|['"]${method}['"]`).test(source));
}

/** Slack shows an input for files only to apps that may read them. */
export function usesFileInput(): boolean {
  const root = path.resolve(import.meta.dirname, '../../src/slack');
  return sources(root).some((file) => readFileSync(file, 'utf8').includes("type: 'file_input'"));
}

function sources(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith(path.join('sandbox', 'local-slack')))
    .map((file) => path.join(directory, file));
}

/** The names of all methods, as Slack's own client has them. */
function knownMethods(): string[] {
  const found: string[] = [];
  const walk = (group: object, names: string[]): void => {
    for (const [name, member] of Object.entries(group)) {
      const here = [...names, name];
      if (typeof member === 'function' && names.length > 0) found.push(here.join('.'));
      else if (isPlain(member)) walk(member, here);
    }
  };
  walk(new WebClient(), []);
  return found;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
