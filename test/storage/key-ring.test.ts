import { describe, expect, test } from 'vitest';
import { CannotOpen, encryptionKey, keyRing } from '#storage/key-ring.ts';

const key = (id: string) => encryptionKey(id, Buffer.alloc(32, id));
const place = { workspaceId: 'T1', column: 'bot_token' };
const token = 'xoxb-1-é';

describe('a key ring', () => {
  const ring = keyRing([key('new'), key('old')]);

  test('opens what it has sealed, and seals the same text differently each time', () => {
    const sealed = ring.seal(place, token);
    expect(ring.open(place, sealed)).toBe(token);
    expect(ring.seal(place, token)).not.toBe(sealed);
    expect(sealed).toMatch(/^v1\.new\.[\w-]+$/);
    expect(sealed).not.toContain(token);
  });

  test('seals with its first key, and opens with any', () => {
    const sealed = keyRing([key('old')]).seal(place, token);
    expect(ring.open(place, sealed)).toBe(token);
    expect(ring.writingKey).toBe('new');
  });

  test.each([
    ['another workspace', { ...place, workspaceId: 'T2' }],
    ['another column', { ...place, column: 'refresh_token' }],
  ])('moved to %s it does not open', (_, elsewhere) => {
    expect(() => ring.open(elsewhere, ring.seal(place, token))).toThrow(CannotOpen);
  });

  test('changed anywhere it does not open', () => {
    const sealed = ring.seal(place, token);
    const start = sealed.lastIndexOf('.') + 1;
    for (let at = start; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(() => ring.open(place, changed)).toThrow(CannotOpen);
    }
    expect(() => ring.open(place, sealed.replace('.new.', '.old.'))).toThrow(CannotOpen);
    expect(() => ring.open(place, sealed.slice(0, start + 10))).toThrow(CannotOpen);
    expect(() => ring.open(place, '')).toThrow(CannotOpen);
  });

  test('without its key it says which one is missing, and nothing of the text', () => {
    const sealed = keyRing([key('lost')]).seal(place, token);
    expect(() => ring.open(place, sealed)).toThrow('its key lost is not in ENCRYPTION_KEYS');
  });
});
