import type { KnownBlock, ModalView } from '@slack/web-api';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { SettingsHistory } from '#services/view-settings.ts';
import type { SettingChange } from '#storage/settings.ts';
import { dayInWords } from '../dates.ts';
import { whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { inMarkup, nameOf } from '../text.ts';
import { settingOf } from './field.ts';
import { groups } from './groups.ts';
import { ids } from './view.ts';
import { inWords } from './words.ts';

export function settingsHistory({ changes, earlier, timeZone }: SettingsHistory): ModalView {
  const oldest = changes.at(-1);
  return {
    type: 'modal',
    callback_id: ids.history,
    title: plain('History of settings'),
    close: plain('Back'),
    blocks: [
      ...(changes.length === 0 ? [nothingYet] : savedTogether(changes).map((some) => entry(some, timeZone))),
      ...(earlier && oldest !== undefined ? [earlierButton(oldest.id)] : []),
      whoSees(
        `${changes.length === 0 ? '' : `The newest first, in the time of ${timeZone}. `}Enablement and admins see this.`,
      ),
    ],
  };
}

const nothingYet: KnownBlock = {
  type: 'section',
  text: { type: 'mrkdwn', text: 'Nothing was changed here: the defaults hold.' },
};

const earlierButton = (before: string): KnownBlock => ({
  type: 'actions',
  block_id: 'earlier',
  elements: [{ type: 'button', action_id: ids.earlier, text: plain('Earlier changes'), value: before }],
});

/** What one press of Save changed stands together. */
function savedTogether(changes: SettingChange[]): SettingChange[][] {
  const saves: SettingChange[][] = [];
  for (const change of changes) {
    const last = saves.at(-1);
    const before = last?.[0];
    if (before?.viewId === change.viewId && before.at.getTime() === change.at.getTime()) last?.push(change);
    else saves.push([change]);
  }
  return saves;
}

function entry(changes: SettingChange[], timeZone: string): KnownBlock {
  const [first] = changes;
  const { date, time } = toLocal(first?.at.getTime() ?? 0, timeZone);
  const who = `*${inMarkup(nameOf(first?.by ?? ''))}*, ${dayInWords(date)} ${date.slice(0, 4)}, ${time}`;
  const lines = changes.toReversed().flatMap(linesOf);
  return { type: 'section', text: { type: 'mrkdwn', text: [who, ...lines].join('\n') } };
}

/** Of a setting with several parts, those that changed. */
function linesOf({ key, from, to }: SettingChange): string[] {
  const fields = groups.flatMap((group) =>
    group.fields.filter((field) => field.key === key).map((field) => ({ group, field })),
  );
  if (fields.length === 0) return ['A setting of an older version'];
  return fields.flatMap(({ group, field }) => {
    const words = (value: unknown) => inWords(field, settingOf(field, { [key]: value } as Partial<Settings>));
    const standard = inWords(field, settingOf(field, defaultSettings));
    const [before, after] = [from === undefined ? standard : words(from), words(to)];
    if (before === after) return [];
    const back = after === standard ? ' (the default)' : '';
    return [`${group.title} · ${field.label}: ${before} → ${after}${back}`];
  });
}
