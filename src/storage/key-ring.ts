import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

/** A key of 32 bytes, under the name by which what it has sealed finds it again. */
export interface EncryptionKey {
  id: string;
  secret: KeyObject;
}

/** Where a sealed text stands: opened anywhere else it is no text. */
export interface SealedPlace {
  workspaceId: string;
  column: string;
}

/** Seals with the first of its keys, opens with any. */
export interface KeyRing {
  /** With which key it seals. */
  writingKey: string;
  seal(place: SealedPlace, text: string): string;
  open(place: SealedPlace, sealed: string): string;
}

/** What was sealed cannot be opened; nothing of it is in the message. */
export class CannotOpen extends Error {
  override name = 'CannotOpen';
}

const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;
export const keyBytes = 32;

export function encryptionKey(id: string, secret: Buffer): EncryptionKey {
  if (secret.length !== keyBytes)
    throw new Error(`the key ${id} has ${secret.length} bytes, not ${keyBytes}`);
  return { id, secret: createSecretKey(secret) };
}

/** AES-256-GCM. The name of the key and the place are authenticated along with the text. */
export function keyRing(keys: readonly EncryptionKey[]): KeyRing {
  const [first] = keys;
  if (first === undefined) throw new Error('a key ring needs a key');
  const byId = new Map(keys.map((key) => [key.id, key]));
  return {
    writingKey: first.id,
    seal(place, text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', first.secret, nonce).setAAD(context(first.id, place));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const body = Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
      return [version, first.id, body.toString('base64url')].join('.');
    },
    open(place, sealed) {
      const [made, id = '', body = ''] = sealed.split('.');
      if (made !== version) throw new CannotOpen('it is not of a form that is known');
      const key = byId.get(id);
      if (key === undefined) throw new CannotOpen(`its key ${id} is not in ENCRYPTION_KEYS`);
      const bytes = Buffer.from(body, 'base64url');
      const nonce = bytes.subarray(0, nonceBytes);
      const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
      try {
        const cipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: tagBytes })
          .setAAD(context(id, place))
          .setAuthTag(tag);
        return cipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + cipher.final('utf8');
      } catch (cause) {
        throw new CannotOpen(`its key ${id} does not open it: it was changed, or belongs elsewhere`, {
          cause,
        });
      }
    },
  };
}

const context = (keyId: string, { workspaceId, column }: SealedPlace): Buffer =>
  Buffer.from(JSON.stringify([version, keyId, workspaceId, column]));
