import { rotateKeys } from '#services/rotate-keys.ts';
import { type Command, Misused, Refused } from './command.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

export const rotateKeysCommand: Command = {
  summary: 'seal the tokens of all workspaces with the first of ENCRYPTION_KEYS',
  usage: '',
  about: [
    'Put the new key before the old one in ENCRYPTION_KEYS, and restart every process with both. Then run this, while',
    'they run. Once it has sealed all of them, the old key can be left out.',
  ].join('\n'),
  ofWorkspace: false,
  async run({ words, config: read }) {
    if (words.length > 0) throw new Misused('rotate-keys takes nothing but options.');
    const config = configOf(read);
    if (config.encryptionKeys.length === 0) {
      throw new Refused([
        'ENCRYPTION_KEYS is not set, so there is no key to seal with. Nothing was changed.',
        'It is the same setting that the application reads, with the new key first: ENCRYPTION_KEYS=new:…,old:…',
      ]);
    }
    return withDatabase(config, async (database) => {
      const rotated = await rotateKeys(serviceContext(config, database), config.encryptionKeys);
      const { key, sealed, before, changedMeanwhile, unopened } = rotated;
      return {
        ok: unopened.length === 0,
        lines: [
          `${sealed} sealed anew with ${key}; ${before} were before.`,
          ...(changedMeanwhile > 0
            ? [`${changedMeanwhile} changed meanwhile and are sealed with the key of whoever changed them.`]
            : []),
          ...unopened.map(({ workspaceId, reason }) => `${workspaceId} was left as it is: ${reason}.`),
          ...(unopened.length > 0
            ? ['Put the missing keys back into ENCRYPTION_KEYS, behind the first, and run this again.']
            : []),
        ],
        data: rotated,
      };
    });
  },
};
