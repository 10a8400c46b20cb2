import { z } from 'zod';
import type { PersonSession } from '../local-slack/person-session.ts';

/** What a person can do, each with the form of what the page sends for it. */

const id = z.string().min(1).max(300);
const words = z.string().max(12_000);

const target = z.object({
  surface: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('message'), channel: id, ts: id }),
    z.object({ kind: z.literal('view'), id }),
  ]),
  blockId: id,
  actionId: id,
});

const file = z.object({
  name: z.string().min(1).max(255),
  mimetype: z.string().max(255),
  base64: z.base64(),
});

const input = z.union([
  words,
  z.number(),
  z.array(z.string()),
  z.array(file).max(10),
  z.record(z.string(), z.unknown()),
  z.null(),
]);

const deed = <Shape extends z.ZodType>(
  shape: Shape,
  perform: (session: PersonSession, given: z.infer<Shape>) => unknown,
) => ({
  /** Undefined when the body is not of this form. */
  run(session: PersonSession, body: unknown): { answer: unknown } | { refused: string } {
    const read = shape.safeParse(body);
    return read.success ? { answer: perform(session, read.data) } : { refused: z.prettifyError(read.error) };
  },
});

export const deeds = {
  act: deed(
    z.object({ target, input, confirmed: z.boolean().optional(), enter: z.boolean().optional() }),
    (session, { target: at, input: given, confirmed = false, enter = false }) =>
      session.act(at, given, { confirmed, enter }),
  ),
  options: deed(z.object({ target, typed: z.string().max(300) }), (session, given) =>
    session.loadOptions(given.target, given.typed),
  ),
  submit: deed(z.object({ view: id }), (session, { view }) => session.submit(view)),
  close: deed(z.object({ view: id, all: z.boolean() }), (session, { view, all }) =>
    session.closeModal(view, all),
  ),
  command: deed(z.object({ channel: id, text: words }), (session, { channel, text }) =>
    session.runCommand(channel, text),
  ),
  say: deed(z.object({ channel: id, text: words, thread: id.optional() }), (session, given) => ({
    ts: session.say(given.channel, given.text, given.thread),
  })),
  shortcut: deed(z.object({ callbackId: id }), (session, { callbackId }) =>
    session.globalShortcut(callbackId),
  ),
  'message-shortcut': deed(z.object({ callbackId: id, channel: id, ts: id }), (session, given) =>
    session.messageShortcut(given.callbackId, given.channel, given.ts),
  ),
  dismiss: deed(z.object({ ts: id }), (session, { ts }) => session.dismiss(ts)),
  read: deed(z.object({ channel: id }), (session, { channel }) => session.markRead(channel)),
  'open-app': deed(z.object({ tab: z.enum(['home', 'messages']) }), (session, { tab }) => {
    session.openApp(tab);
    return { channel: session.appConversation() };
  }),
} as const;

export type DeedName = keyof typeof deeds;

export function isDeed(name: string): name is DeedName {
  return Object.hasOwn(deeds, name);
}
