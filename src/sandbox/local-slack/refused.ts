import type { Fields } from './types.ts';

/** Slack's answer `ok: false`, thrown to where the answer is written. */
export class Refused extends Error {
  readonly code: string;
  readonly extra: Fields;

  constructor(code: string, extra: Fields = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** Slack lists what is wrong with blocks, views and arguments beside the code. */
export function refusedFor(code: string, problems: string[]): Refused {
  const messages = problems.map((one) => (one.startsWith('[ERROR]') ? one : `[ERROR] ${one}`));
  return new Refused(code, { errors: problems, response_metadata: { messages } });
}
