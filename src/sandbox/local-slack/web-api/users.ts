import { z } from 'zod';
import { Refused } from '../refused.ts';
import { slackUser } from '../users.ts';
import { count, flag, method, page } from './method.ts';

export const usersInfo = method(
  z.object({ user: z.string().optional(), include_locale: flag }),
  (ws, { user: id, include_locale: withLocale }) => {
    const user = ws.state.users[id ?? ''];
    if (!user) throw new Refused('user_not_found');
    return { user: slackUser(ws, user, withLocale) };
  },
);

export const usersList = method(
  z.object({ cursor: z.string().optional(), limit: count, include_locale: flag }),
  (ws, { cursor, limit, include_locale: withLocale }) => {
    const all = Object.values(ws.state.users);
    const { items, next } = page(all, cursor, limit || all.length);
    return {
      members: items.map((one) => slackUser(ws, one, withLocale)),
      cache_ts: Math.floor(ws.machineNow() / 1000),
      response_metadata: { next_cursor: next },
    };
  },
);

export const usersLookupByEmail = method(z.object({ email: z.string() }), (ws, { email }) => {
  const wanted = email.trim().toLowerCase();
  // A deactivated member cannot be found by address, only in users.list.
  const user = Object.values(ws.state.users).find(
    (one) => !one.deleted && one.email !== '' && one.email.toLowerCase() === wanted,
  );
  if (!user) throw new Refused('users_not_found');
  return { user: slackUser(ws, user) };
});
