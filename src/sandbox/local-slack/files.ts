import { nextId } from './state.ts';
import type { Fields, SlackFile } from './types.ts';
import type { Workspace } from './workspace.ts';

export function addFile(
  ws: Workspace,
  given: { name: string; mimetype: string; size: number; user: string; base64?: string },
): SlackFile {
  const file: SlackFile = {
    ...given,
    id: nextId(ws.state, 'F'),
    title: given.name,
    created: Math.floor(ws.machineNow() / 1000),
    channels: [],
    complete: given.base64 !== undefined,
  };
  ws.state.files[file.id] = file;
  return file;
}

export function slackFile(ws: Workspace, file: SlackFile): Fields {
  const path = `${ws.team.id}-${file.id}`;
  const name = encodeURIComponent(file.name);
  const extension = file.name.includes('.') ? (file.name.split('.').at(-1) ?? '') : '';
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension.toLowerCase(),
    pretty_type: extension.toUpperCase(),
    user: file.user,
    user_team: ws.team.id,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${ws.url}/files-pri/${path}/${name}`,
    url_private_download: `${ws.url}/files-pri/${path}/download/${name}`,
    permalink: `${ws.url}/files/${file.user}/${file.id}/${name}`,
    comments_count: 0,
    is_starred: false,
    shares: {},
    channels: file.channels,
    groups: [],
    ims: [],
    has_more_shares: false,
    has_rich_preview: false,
    file_access: 'visible',
  };
}
