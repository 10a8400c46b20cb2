import { createHmac } from 'node:crypto';
import { oneOnOneModal } from '#slack/one-on-one/view.ts';
import { now } from './load.ts';

export const signingSecret = 'bench';

export type RequestKind = 'command' | 'submission';

const team = 'T0';
const day = 24 * 60 * 60_000;
const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** What Slack sends for the `number`-th request of a run; no two are the same. */
export function bodyOf(kind: RequestKind, run: string, number: number, reps: number): string {
  const rep = number % reps;
  const manager = `m${Math.floor(rep / 8)}`;
  return kind === 'command'
    ? commandBody(`${run}.${number}`, manager)
    : submissionBody(`${run}.${number}`, manager, rep);
}

function commandBody(id: string, userId: string): string {
  return new URLSearchParams({
    token: 'unused',
    team_id: team,
    team_domain: 'bench',
    channel_id: 'D0',
    channel_name: 'directmessage',
    user_id: userId,
    user_name: userId,
    command: '/coach',
    text: 'help',
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1:9/',
    trigger_id: id,
  }).toString();
}

const here = 'ID_OF_THIS_ONE';
const encoded = new Map<number, string>();

/** A 1:1 is logged. Written out once for each rep: what sends the load must not be what is measured. */
function submissionBody(id: string, userId: string, rep: number): string {
  const known = encoded.get(rep) ?? encodedSubmission(userId, rep);
  encoded.set(rep, known);
  return known.replaceAll(here, id);
}

/** As the modal of the product would be sent back. */
function encodedSubmission(userId: string, rep: number): string {
  const view = oneOnOneModal({
    repId: `r${rep}`,
    repName: `r${rep}`,
    pillarNames: { teach: 'Teach', tailor: 'Tailor', takeControl: 'Take control' },
    today: dateOf(now),
    by: dateOf(now + 7 * day),
    more: false,
  });
  const payload = {
    type: 'view_submission',
    team: { id: team, domain: 'bench' },
    user: { id: userId, username: userId, name: userId, team_id: team },
    api_app_id: 'A0BENCH',
    token: 'unused',
    trigger_id: here,
    is_enterprise_install: false,
    enterprise: null,
    response_urls: [],
    view: {
      ...view,
      id: `V${here}`,
      team_id: team,
      hash: '1.a',
      state: {
        values: {
          about: { about: { type: 'radio_buttons', selected_option: { value: 'skill' } } },
          takeaway: {
            takeaway: {
              type: 'plain_text_input',
              value: 'When the buyer names a price, ask what it is compared with.',
            },
          },
          by: { by: { type: 'datepicker', selected_date: dateOf(now + 7 * day) } },
        },
      },
    },
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

export function headersOf(body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
}
