import { validateMessage } from '../blocks/validate.ts';
import { payloadName } from '../channels.ts';
import { addEphemeral } from '../messages.ts';
import { commandFields } from '../push/envelope.ts';
import type { Ack } from '../push/push.ts';
import { applyResponse, issueResponseUrl, responseBody } from '../response-urls.ts';
import type { Channel } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { memberChannel } from './reading.ts';
import type { Acted } from './results.ts';
import { encodeTyped } from './typed-text.ts';

function failureCode(ack: Ack & { ok: false }): string {
  if (ack.reason === 'timeout') return 'operation_timeout';
  if (ack.reason === 'not connected') return 'dispatch_failed';
  return (ack.status ?? 500) >= 500 ? 'http_service_error' : 'http_client_error';
}

function fail(ws: Workspace, user: string, channel: Channel, text: string): Acted {
  addEphemeral(ws, { user, channel: channel.id }, 'slackbot', { text });
  return { status: 'failed', message: text };
}

/** The body of an acknowledgement is the command's first answer. */
function answer(ws: Workspace, user: string, channel: Channel, command: string, body: unknown): Acted {
  const read = responseBody.safeParse(typeof body === 'string' ? { text: body } : body);
  if (!read.success)
    return fail(ws, user, channel, `${command} failed with the error "invalid_command_response"`);
  const { text = '', blocks, attachments } = read.data;
  if (text === '' && !blocks?.length && !attachments?.length) return { status: 'done' };
  if (validateMessage({ text, blocks }).length > 0) {
    return fail(ws, user, channel, `${command} failed with the error "invalid_blocks"`);
  }
  const url = { token: '', kind: 'commands' as const, user, channel: channel.id, uses: 0, createdAt: 0 };
  applyResponse(ws, url, read.data);
  return { status: 'done' };
}

export async function runCommand(
  ws: Workspace,
  user: string,
  channelId: string,
  typed: string,
): Promise<Acted> {
  const channel = memberChannel(ws, user, channelId);
  const [command = '', ...words] = typed.trim().split(' ');
  const known = ws.app.commands?.find((one) => one.command === command);
  if (!command.startsWith('/') || (ws.app.commands && !known)) {
    return fail(ws, user, channel, `${command} is not a valid command.`);
  }
  const text = words.join(' ').trim();
  const ack = await ws.link.push({
    kind: 'command',
    method: command,
    payload: {
      ...commandFields(ws, user),
      command,
      text: known?.shouldEscape === false ? text : encodeTyped(ws, text),
      channel_id: channel.id,
      channel_name: payloadName(channel),
      response_url: issueResponseUrl(ws, { kind: 'commands', user, channel: channel.id }),
      trigger_id: ws.triggers.issue(user),
    },
  });
  if (!ack.ok) return fail(ws, user, channel, `${command} failed with the error "${failureCode(ack)}"`);
  return answer(ws, user, channel, command, ack.body);
}
