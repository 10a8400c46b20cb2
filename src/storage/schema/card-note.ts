import type { NoteKind } from '#domain/note.ts';

/** Something a card says once that is no occurrence of a duty. */
export interface CardNoteTable {
  workspace_id: string;
  note_id: string;
  kind: NoteKind;
  receiver_id: string;
  about_id: string;
  /** The record behind it: a debrief, a reflection, a request. */
  subject_id: string;
  made_at: Date;
  /** When it asked for nothing any more. */
  settled_at: Date | null;
}
