import { Icon } from '../ui/icon.tsx';
import { fieldsIn } from './read.ts';
import { type ElementProps, useElement } from './surface.ts';

interface FileGiven {
  name: string;
  mimetype: string;
  base64: string;
}

async function given(file: File): Promise<FileGiven> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { name: file.name, mimetype: file.type || 'application/octet-stream', base64: btoa(binary) };
}

export function FileInput({ block, element }: ElementProps) {
  const { held, aria, change, pending, busy } = useElement({ block, element });
  const files = fieldsIn(held?.['files']);
  const types = Array.isArray(element['filetypes'])
    ? element['filetypes'].map((one) => `.${String(one)}`)
    : [];
  const most = typeof element['max_files'] === 'number' ? element['max_files'] : 10;
  return (
    <div class="file-input">
      <input
        {...aria}
        class="field"
        type="file"
        multiple={most > 1}
        accept={types.join(',') || undefined}
        disabled={busy}
        onChange={async (event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          await change(await Promise.all(chosen.map(given)));
        }}
      />
      {pending && <span class="quiet">Uploading…</span>}
      {files.length > 0 && (
        <ul class="files" aria-label="Added files">
          {files.map((file) => (
            <li key={String(file['id'])}>
              <Icon name="file" />
              <span>{String(file['name'])}</span>
            </li>
          ))}
          <li>
            <button type="button" class="link-button" onClick={() => void change([])}>
              Remove
            </button>
          </li>
        </ul>
      )}
    </div>
  );
}
