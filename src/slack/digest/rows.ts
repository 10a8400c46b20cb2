import { channelTrouble } from '#domain/digest.ts';
import { findDigest } from '#storage/digest.ts';
import type { CardRow, NoteRows } from '../card/row.ts';
import { ids } from './view.ts';
import { troubleInWords } from './words.ts';

/** To enablement, once: the digest could not be posted, and why. */
export const digestTroubleRows: NoteRows = async ({ trx, workspaceId }, facts) => {
  const digest = await findDigest(trx, workspaceId);
  return new Map(
    facts.map((one): [string, CardRow] => {
      const trouble = digest?.trouble?.deliveryId === one.subjectId ? digest.trouble.answer : undefined;
      const open = one.settledAt === null && trouble !== undefined;
      const reason = trouble === undefined ? undefined : channelTrouble(trouble);
      const why = reason === undefined ? '' : `: ${troubleInWords[reason]}`;
      return [
        one.noteId,
        {
          open,
          later: false,
          text: [
            { bold: 'Weekly digest' },
            open
              ? `\nIt could not be posted${why}. Which channel shall it go to?`
              : '\nIts channel has been chosen anew.',
          ],
          ...(open
            ? {
                act: {
                  label: 'Choose a channel',
                  actionId: ids.open,
                  value: 'open',
                  describes: 'Choose a channel for the weekly digest',
                },
              }
            : {}),
          movable: false,
          counted: ['digest to look at', 'digests to look at'],
          alone: 'The weekly digest could not be posted.',
        },
      ];
    }),
  );
};
