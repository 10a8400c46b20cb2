import { authTest, connectionsOpen, teamInfo } from './auth.ts';
import { deleteMessage, getPermalink, postEphemeral, postMessage, updateMessage } from './chat.ts';
import {
  conversationsInfo,
  conversationsList,
  conversationsMembers,
  conversationsOpen,
} from './conversations.ts';
import { completeUpload, filesInfo, getUploadUrl } from './files.ts';
import { conversationsHistory, conversationsReplies } from './history.ts';
import type { ApiMethod } from './method.ts';
import { oauthAccess } from './oauth.ts';
import { teamProfileGet, usersProfileGet } from './profiles.ts';
import { reactionsAdd } from './reactions.ts';
import { usergroupsList, usergroupsUsersList } from './usergroups.ts';
import { usersInfo, usersList, usersLookupByEmail } from './users.ts';
import { viewsOpen, viewsPublish, viewsPush, viewsUpdate } from './views.ts';

export const METHODS: Record<string, ApiMethod> = {
  'apps.connections.open': connectionsOpen,
  'auth.test': authTest,
  'chat.delete': deleteMessage,
  'chat.getPermalink': getPermalink,
  'chat.postEphemeral': postEphemeral,
  'chat.postMessage': postMessage,
  'chat.update': updateMessage,
  'conversations.history': conversationsHistory,
  'conversations.info': conversationsInfo,
  'conversations.list': conversationsList,
  'conversations.members': conversationsMembers,
  'conversations.open': conversationsOpen,
  'conversations.replies': conversationsReplies,
  'files.completeUploadExternal': completeUpload,
  'files.getUploadURLExternal': getUploadUrl,
  'files.info': filesInfo,
  'oauth.v2.access': oauthAccess,
  'reactions.add': reactionsAdd,
  'team.info': teamInfo,
  'team.profile.get': teamProfileGet,
  'usergroups.list': usergroupsList,
  'usergroups.users.list': usergroupsUsersList,
  'users.info': usersInfo,
  'users.list': usersList,
  'users.lookupByEmail': usersLookupByEmail,
  'users.profile.get': usersProfileGet,
  'views.open': viewsOpen,
  'views.publish': viewsPublish,
  'views.push': viewsPush,
  'views.update': viewsUpdate,
};
