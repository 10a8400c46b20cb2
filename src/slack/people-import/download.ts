import { z } from 'zod';
import { done, type Result, refused } from '#domain/result.ts';
import { mostBytes } from './view.ts';

/** A file as Slack tells of it in what was filled in. */
const SlackFile = z.object({ name: z.string(), size: z.number(), url_private_download: z.url() });

export type FileTrouble = 'none' | 'too_large' | 'not_readable' | 'spreadsheet' | 'not_utf8';

/** The text of the file that was given; only Slack's own address is ever shown the token. */
export async function downloadText(
  given: unknown,
  { token, apiUrl }: { token: string; apiUrl: string },
): Promise<Result<string, FileTrouble>> {
  const file = SlackFile.safeParse(given);
  if (!file.success) return refused('none');
  if (file.data.size > mostBytes) return refused('too_large');
  const url = new URL(file.data.url_private_download);
  if (!isSlacks(url, apiUrl)) return refused('not_readable');
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    // Where the scope is missing Slack sends to its sign-in page.
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  });
  if (response.status !== 200) return refused('not_readable');
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > mostBytes) return refused('too_large');
  // So begins whatever is packed, as spreadsheets are.
  if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PK\x03\x04') return refused('spreadsheet');
  try {
    return done(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The one way in which decoding fails: it is not UTF-8, and that is told.
    return refused('not_utf8');
  }
}

function isSlacks(url: URL, apiUrl: string): boolean {
  const isOverTls = url.protocol === 'https:' && /(^|\.)slack(-gov)?\.com$/.test(url.hostname);
  return isOverTls || url.origin === new URL(apiUrl).origin;
}
