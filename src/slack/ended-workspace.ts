import type { App } from '@slack/bolt';
import { wordsModal } from './modal.ts';

const words =
  'Sideline was removed from this workspace, so it does nothing here any more, and this was not saved. Whoever manages ' +
  'apps in your workspace can install it again; what was recorded before is still there then, if that is soon.';

type Ack = (answer?: object) => Promise<void>;

/**
 * What comes from a workspace that has removed the app is told so, and goes no further. Messages stay in Slack, and
 * with them their buttons.
 */
export function refuseEnded(app: App): void {
  app.use(async ({ context, body, next, ...args }) => {
    if (context['ended'] !== true) return next();
    const { ack, respond } = args as { ack?: Ack; respond?: (message: object) => Promise<unknown> };
    const message = { response_type: 'ephemeral', replace_original: false, text: words };
    if ('command' in body) return ack?.(message);
    if (!('type' in body)) return ack?.();
    if (body.type === 'view_submission') {
      return ack?.({ response_action: 'update', view: wordsModal('Sideline', words) });
    }
    if (body.type === 'block_suggestion') return ack?.({ options: [] });
    await ack?.();
    if ('response_url' in body && body.response_url) await respond?.(message);
  });
}
