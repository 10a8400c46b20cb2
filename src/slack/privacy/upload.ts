import type { WebClient } from '@slack/web-api';
import { retryAfterOf, slackErrorOf } from '#services/slack-error.ts';

export interface FileToSend {
  name: string;
  title: string;
  text: string;
}

/**
 * `unsure`: Slack was told to share them and its answer was lost, so that they may be there. `refused`: with its word.
 * `not_sent`: nothing is there, and it may be tried again.
 */
export type Upload =
  | { kind: 'sent' }
  | { kind: 'unsure' | 'not_sent'; error: unknown }
  | { kind: 'refused'; word: string };

/**
 * Files in one message. In three steps, of which only the last shares anything and is made once: the library's
 * uploadV2 does not say at which of them it failed.
 */
export async function sendFiles(
  client: WebClient,
  {
    conversation,
    comment,
    files,
  }: { conversation: Promise<string>; comment: string; files: readonly FileToSend[] },
): Promise<Upload> {
  const uploaded: { id: string; title: string }[] = [];
  let channel: string;
  try {
    channel = await conversation;
    for (const { name, title, text } of files) {
      const bytes = new TextEncoder().encode(text);
      const place = await client.files.getUploadURLExternal({ filename: name, length: bytes.length });
      await put(place.upload_url ?? '', bytes);
      uploaded.push({ id: place.file_id ?? '', title });
    }
  } catch (error) {
    return refusedOr('not_sent', error);
  }
  const [first, ...rest] = uploaded;
  if (first === undefined) throw new Error('There is no file to send');
  try {
    await client.files.completeUploadExternal({
      files: [first, ...rest],
      channel_id: channel,
      initial_comment: comment,
    });
    return { kind: 'sent' };
  } catch (error) {
    return refusedOr('unsure', error);
  }
}

/** The address is a secret of its own: no token goes there. */
async function put(address: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const answer = await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(60_000) });
  if (!answer.ok) throw new Error(`Slack did not take the file: ${answer.status}`);
  await answer.arrayBuffer();
}

/** Words of Slack's for a trouble that passes, after which something may have been done. */
const passing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

function refusedOr(otherwise: 'unsure' | 'not_sent', error: unknown): Upload {
  // Too many calls: an answer, and nothing was done.
  if (retryAfterOf(error) !== undefined) return { kind: 'not_sent', error };
  const word = slackErrorOf(error);
  return word === undefined || passing.has(word) ? { kind: otherwise, error } : { kind: 'refused', word };
}
