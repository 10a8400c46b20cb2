/** A Bolt app that does nothing but acknowledge, behind Bolt's own receiver. */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { signingSecret } from '../slack-requests.ts';

const receiver = new HTTPReceiver({ signingSecret, port: 0 });
const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'BBOT', botUserId: 'UBOT' }),
});
app.command('/coach', async ({ ack }) => ack());
app.view(/.*/, async ({ ack }) => ack());
const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` });
process.on('disconnect', () => process.exit());
