import type { Acted, ConfirmShown, Submitted } from '../../local-slack/person/results.ts';
import type { Suggested } from '../../local-slack/person/suggestions.ts';
import type { Target } from '../../local-slack/person/surfaces.ts';
import { ask } from '../ui/ask.tsx';
import { say } from '../ui/toasts.tsx';
import { post, Refused } from './api.ts';

/** What the person does; what Slack or the sandbox has to say about it is told here. */

async function perform<T>(
  as: string,
  name: string,
  body: unknown,
  onFailure: () => void = () => {},
): Promise<T | undefined> {
  try {
    return await post<T>(`/page/as/${as}/${name}`, body);
  } catch (error) {
    console.warn(name, error);
    say(toldOf(error));
    onFailure();
    return undefined;
  }
}

/** What was pressed may be gone: the app or another window changed it meanwhile. */
function toldOf(error: unknown): { kind: 'problem'; title: string; text: string } {
  const stale = error instanceof Refused && error.status === 409;
  return {
    kind: 'problem',
    title: stale ? 'Not there any more' : 'That did not work',
    text: stale
      ? 'It changed meanwhile. The page shows it as it is now.'
      : error instanceof Refused
        ? error.message
        : 'The sandbox does not answer. Is it still running in the terminal?',
  };
}

type Given = string | number | string[] | { name: string; mimetype: string; base64: string }[] | null;

export async function act(
  as: string,
  target: Target,
  input: Given,
  options: { confirmed?: boolean; enter?: boolean } = {},
): Promise<Acted | undefined> {
  const acted = await perform<Acted>(as, 'act', { target, input, ...options });
  if (acted?.status === 'confirm') {
    const agreed = await ask(asked(acted.confirm));
    return agreed ? act(as, target, input, { ...options, confirmed: true }) : acted;
  }
  if (acted?.status === 'refused') say({ kind: 'problem', title: 'Not possible', text: acted.message });
  return acted;
}

const asked = (confirm: ConfirmShown) => ({
  title: confirm.title,
  text: confirm.text,
  yes: confirm.confirm,
  no: confirm.deny,
  danger: confirm.danger,
});

export const loadOptions = (as: string, target: Target, typed: string) =>
  perform<Suggested>(as, 'options', { target, typed });

export const submit = (as: string, view: string) => perform<Submitted>(as, 'submit', { view });

const closing = new Set<string>();

/** Pressed again before it is gone, it is the same wish. */
export async function closeModal(as: string, view: string, all: boolean): Promise<void> {
  if (closing.has(view)) return;
  closing.add(view);
  // Where that failed it is still there, and the next press is a new try.
  await perform(as, 'close', { view, all }, () => closing.delete(view));
}

export const runCommand = (as: string, channel: string, text: string) =>
  perform<Acted>(as, 'command', { channel, text });

export const sayIn = (as: string, channel: string, text: string, thread?: string) =>
  perform(as, 'say', { channel, text, ...(thread === undefined ? {} : { thread }) });

export const globalShortcut = (as: string, callbackId: string) => perform(as, 'shortcut', { callbackId });

export const messageShortcut = (as: string, callbackId: string, channel: string, ts: string) =>
  perform(as, 'message-shortcut', { callbackId, channel, ts });

export const dismiss = (as: string, ts: string) => perform(as, 'dismiss', { ts });

export const markRead = (as: string, channel: string) => perform(as, 'read', { channel });

export const openApp = (as: string, tab: 'home' | 'messages') =>
  perform<{ channel: string }>(as, 'open-app', { tab });

export async function travel(as: string, to: string): Promise<void> {
  try {
    await post('/page/travel', { as, to });
  } catch (error) {
    say({ kind: 'problem', title: 'Not now', text: error instanceof Error ? error.message : String(error) });
  }
}
