import { z } from 'zod';
import { Refused } from '../refused.ts';
import { flag, method } from './method.ts';

export const usergroupsList = method(
  z.object({ include_users: flag, include_disabled: flag, include_count: flag }),
  (ws, args) => ({
    usergroups: ws.state.userGroups
      .filter((one) => args.include_disabled || !one.disabled)
      .map((one) => ({
        id: one.id,
        team_id: ws.team.id,
        is_usergroup: true,
        name: one.name,
        handle: one.handle,
        description: '',
        is_external: false,
        date_delete: one.disabled ? 1 : 0,
        ...(args.include_users ? { users: one.users } : {}),
        ...(args.include_count ? { user_count: one.users.length } : {}),
      })),
  }),
);

export const usergroupsUsersList = method(
  z.object({ usergroup: z.string(), include_disabled: flag }),
  (ws, { usergroup, include_disabled: withDisabled }) => {
    const group = ws.state.userGroups.find((one) => one.id === usergroup);
    if (!group || (group.disabled && !withDisabled)) throw new Refused('no_such_subteam');
    return { users: group.users };
  },
);
