import { z } from 'zod';
import { addFile, slackFile } from '../files.ts';
import type { Element } from '../surface/blocks.ts';
import type { Option } from '../surface/options.ts';
import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { memberChannel } from './reading.ts';

const fileGiven = z.object({ name: z.string(), mimetype: z.string(), base64: z.string() });

export type FileGiven = z.infer<typeof fileGiven>;

/**
 * What a person puts into an element: text; a date, time or seconds; an option's value or several; a
 * person's or conversation's id or several; files; rich text as words or as a block. Null empties it.
 */
export type InputValue = string | number | string[] | FileGiven[] | Fields | null;

/** Slack's client would not take this. */
export class NotAccepted extends Error {}

interface Given {
  ws: Workspace;
  user: string;
  element: Element;
  input: InputValue;
  /** Options of an external menu that this person has seen. */
  menu: Option[];
}

function text({ input }: Given): string | null {
  if (input === null || input === '') return null;
  if (typeof input === 'string' || typeof input === 'number') return String(input);
  throw new NotAccepted('This field takes text');
}

function matching(given: Given, pattern: RegExp, what: string): string | null {
  const value = text(given);
  if (value !== null && !pattern.test(value)) throw new NotAccepted(`${value} is no ${what}`);
  return value;
}

function seconds({ input }: Given): number | null {
  if (input === null || input === '') return null;
  const value = Number(input);
  if (!Number.isInteger(value)) throw new NotAccepted('A date and time is given in whole seconds');
  return value;
}

function one<T>(given: Given, find: (id: string) => T | undefined): T | null {
  const id = text(given);
  if (id === null) return null;
  const found = find(id);
  if (found === undefined) throw new NotAccepted(`${id} is not among the choices`);
  return found;
}

function several<T>(given: Given, find: (id: string) => T | undefined): T[] {
  const ids = z.array(z.string()).safeParse(given.input ?? []);
  if (!ids.success) throw new NotAccepted('This field takes several choices');
  const most = given.element['max_selected_items'];
  if (typeof most === 'number' && ids.data.length > most)
    throw new NotAccepted(`At most ${most} can be chosen`);
  return ids.data.flatMap((id) => one({ ...given, input: id }, find) ?? []);
}

function fromMenu(given: Given): (value: string) => Option | undefined {
  return (value) => given.menu.find((option) => option.value === value);
}

function person({ ws }: Given): (id: string) => string | undefined {
  return (id) => (ws.state.users[id] && !ws.state.users[id].deleted ? id : undefined);
}

function conversation({ ws, user }: Given, kinds: string[]): (id: string) => string | undefined {
  return (id) => {
    const channel = ws.state.channels[id];
    if (!channel || !kinds.includes(channel.kind)) return undefined;
    return channel.kind === 'channel' ? id : memberChannel(ws, user, id).id;
  };
}

function files({ ws, user, element, input }: Given): Fields[] {
  const read = z.array(fileGiven).safeParse(input ?? []);
  if (!read.success) throw new NotAccepted('This field takes files');
  const most = typeof element['max_files'] === 'number' ? element['max_files'] : 10;
  if (read.data.length > most) throw new NotAccepted(`At most ${most} files can be added`);
  const types = z.array(z.string()).safeParse(element['filetypes']);
  return read.data.map((file) => {
    const type = file.name.split('.').at(-1)?.toLowerCase() ?? '';
    if (types.success && !types.data.includes(type)) throw new NotAccepted(`${file.name} is of another type`);
    const size = Buffer.from(file.base64, 'base64').length;
    return slackFile(ws, addFile(ws, { ...file, size, user }));
  });
}

function richText({ input }: Given): Fields {
  if (input === null || input === '') return {};
  if (typeof input !== 'string') return { rich_text_value: input };
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: input }] };
  return { rich_text_value: { type: 'rich_text', elements: [section] } };
}

/** A new value in the shape in which Slack reports it. */
export function shapedValue(given: Given): Fields {
  const { type } = given.element;
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: text(given) };
    case 'rich_text_input':
      return { type, ...richText(given) };
    case 'file_input':
      return { type, files: files(given) };
    case 'datepicker':
      return { type, selected_date: matching(given, /^\d{4}-\d\d-\d\d$/, 'date') };
    case 'timepicker':
      return { type, selected_time: matching(given, /^([01]\d|2[0-3]):[0-5]\d$/, 'time') };
    case 'datetimepicker':
      return { type, selected_date_time: seconds(given) };
    case 'radio_buttons':
    case 'static_select':
    case 'external_select':
      return { type, selected_option: one(given, fromMenu(given)) };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: several(given, fromMenu(given)) };
    case 'users_select':
      return { type, selected_user: one(given, person(given)) };
    case 'multi_users_select':
      return { type, selected_users: several(given, person(given)) };
    case 'conversations_select':
      return { type, selected_conversation: one(given, conversation(given, ['im', 'channel', 'group'])) };
    case 'multi_conversations_select':
      return {
        type,
        selected_conversations: several(given, conversation(given, ['im', 'channel', 'group'])),
      };
    case 'channels_select':
      return { type, selected_channel: one(given, conversation(given, ['channel'])) };
    case 'multi_channels_select':
      return { type, selected_channels: several(given, conversation(given, ['channel'])) };
    default:
      throw new Error(`The local Slack cannot fill in an element of type ${type}`);
  }
}
