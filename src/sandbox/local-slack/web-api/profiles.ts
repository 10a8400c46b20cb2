import { z } from 'zod';
import { Refused } from '../refused.ts';
import { profile } from '../users.ts';
import { flag, method } from './method.ts';

export const teamProfileGet = method(
  z.object({ visibility: z.enum(['all', 'visible', 'hidden']).optional() }),
  (ws, { visibility = 'all' }) => ({
    profile: {
      fields: (ws.state.profileFields ?? [])
        .filter(({ isHidden = false }) => visibility === 'all' || isHidden === (visibility === 'hidden'))
        .map(({ id, label, type, isHidden = false }, ordering) => ({
          id,
          ordering,
          label,
          hint: '',
          type,
          possible_values: null,
          options: { is_scim: false, is_protected: false },
          is_hidden: isHidden,
        })),
      sections: [],
    },
  }),
);

export const usersProfileGet = method(
  z.object({ user: z.string().optional(), include_labels: flag }),
  (ws, { user: id, include_labels: withLabels }) => {
    const user = ws.state.users[id ?? ''];
    if (!user) throw new Refused('user_not_found');
    const fields = Object.entries(user.profileFields ?? {}).map(([field, value]) => {
      const label = ws.state.profileFields?.find((one) => one.id === field)?.label ?? '';
      return [field, { value, alt: '', ...(withLabels ? { label } : {}) }];
    });
    return {
      profile: {
        ...profile(ws, user, ws.app.scopes.includes('users:read.email')),
        // Where a profile has none of them, Slack says an empty list.
        fields: fields.length === 0 ? [] : Object.fromEntries(fields),
      },
    };
  },
);
