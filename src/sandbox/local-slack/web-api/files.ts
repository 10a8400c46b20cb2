import { z } from 'zod';
import { postingTarget } from '../channels.ts';
import { addFile, slackFile } from '../files.ts';
import { addMessage } from '../messages.ts';
import { Refused } from '../refused.ts';
import { json, method } from './method.ts';

export const getUploadUrl = method(
  z.object({ filename: z.string(), length: z.coerce.number().int() }),
  (ws, { filename, length }) => {
    const file = addFile(ws, {
      name: filename,
      mimetype: 'application/octet-stream',
      size: length,
      user: ws.app.botUserId,
    });
    return { upload_url: `${ws.url}/upload/v1/${file.id}`, file_id: file.id };
  },
);

export const completeUpload = method(
  z.object({
    files: json(z.array(z.object({ id: z.string(), title: z.string().optional() }))),
    channel_id: z.string().optional(),
    initial_comment: z.string().optional(),
    thread_ts: z.string().optional(),
  }),
  (ws, args) => {
    const files = args.files.map(({ id, title }) => {
      const file = ws.state.files[id];
      if (file?.base64 === undefined) throw new Refused('file_not_found');
      return { file, title };
    });
    const channel = args.channel_id === undefined ? undefined : postingTarget(ws, args.channel_id);
    for (const { file, title } of files) {
      file.complete = true;
      if (title !== undefined) file.title = title;
      if (channel) file.channels.push(channel.id);
    }
    if (channel) {
      const author = { user: ws.app.botUserId, byApp: true };
      const shared = { text: args.initial_comment ?? '', files: files.map((one) => one.file.id) };
      addMessage(ws, channel, author, shared, { ts: args.thread_ts });
    }
    return { files: files.map((one) => slackFile(ws, one.file)) };
  },
);

export const filesInfo = method(z.object({ file: z.string() }), (ws, args) => {
  const file = ws.state.files[args.file];
  if (!file?.complete) throw new Refused('file_not_found');
  return { file: slackFile(ws, file), comments: [], response_metadata: { next_cursor: '' } };
});
