import type { PageParts, PageSandbox } from './parts.ts';
import type { Desk } from './protocol.ts';

export function deskOf<S extends PageSandbox>({ slack }: S, userId: string, parts: PageParts<S>): Desk {
  const session = slack.person(userId);
  const { id, realName, title, tz } = session.me();
  const roles = parts.members?.find((one) => one.id === userId)?.roles ?? [];
  return {
    me: { id, name: realName, title, zone: tz },
    conversations: session.conversations(),
    home: session.home(),
    modals: session.modals(),
    notices: session.notices(),
    commands: session.commands(),
    usages: (parts.help ?? [])
      .filter((one) => one.for.length === 0 || one.for.some((role) => roles.includes(role)))
      .map(({ usage, does }) => ({ usage, does })),
    shortcuts: session.shortcuts(),
    channels: session.channels(),
  };
}
