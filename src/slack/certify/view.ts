import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { criteriaOf } from '#domain/certification.ts';
import type { Pillar } from '#domain/pillar.ts';
import type { CertificationOpened } from '#services/certify.ts';
import { moreButton, select, textInput, whoSees } from '../form.ts';
import { calledIn, sessionDay } from '../programme/view.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { firstNameOf, nameOf, spoken } from '../text.ts';
import { callsInWords, missingInWords, nextSteps, pillarName, ratingChoices, stateInWords } from './words.ts';

export const ids = {
  /** Button or menu: certify the rep in the value, in the programme after it if one is named. */
  open: 'certify.open',
  modal: 'certify.modal',
  result: 'certify.result',
  /** Menu in the form: in another programme. */
  programme: 'certify.programme',
  more: 'certify.more',
  /** Button: what the rep in the value was rated before. */
  history: 'certify.history',
  historyModal: 'certify.history_modal',
  /** Button: take back the certificate in the value. */
  takeBack: 'certify.take_back',
  /** Button: the rep has read the result, or that it was taken back. */
  readResult: 'certify.read_result',
  readTakenBack: 'certify.read_taken_back',
} as const;

export const Carried = z.object({ repId: z.string(), programmeId: z.string(), more: z.boolean() });
export type Carried = z.infer<typeof Carried>;

export const carriedIn = (view: { privateMetadata: string }): Carried =>
  Carried.parse(JSON.parse(view.privateMetadata));

/** Each programme has fields of its own: what is chosen for one never shows with another. */
export const fields = {
  rating: (programmeId: string, pillar: Pillar): string => `rating.${pillar}.${programmeId}`,
  knownBy: (programmeId: string, pillar: Pillar): string => `known_by.${pillar}.${programmeId}`,
};

/** A title holds 24 characters. */
export const titleFor = (repName: string): string => `Certify ${firstNameOf(repName, 16)}`;

export const mostToSay = 300;

export function certifyForm(opened: CertificationOpened, more = false): ModalView {
  const { repId, repName, chosen } = opened;
  const { programme } = chosen;
  const first = firstNameOf(repName);
  const carried: Carried = { repId, programmeId: programme.id, more };
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(titleFor(repName)),
    submit: plain('Certify or see why not'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      ...chooseProgramme(opened),
      richText(
        { bold: `${nameOf(repName)} in ${calledIn(programme)}` },
        `, session on ${sessionDay(programme.sessionOn)}.`,
        ...standing(opened, first),
      ),
      ...takeBackButton(chosen.certificate.state === 'expired' ? undefined : chosen.certificateId, first),
      ...programme.pillars.flatMap((pillar, index) => pillarBlocks(opened, pillar, index === 0, more)),
      ...(more ? [] : [moreButton(ids.more)]),
      ...(chosen.lastRatings.size > 0 ? [historyButton(repId, first)] : []),
      whoSees(
        `${first} sees your ratings, what you write, what counted and what is missing. Managers above you and enablement can see it, ` +
          'other reps cannot. The ratings are kept either way.',
      ),
    ],
  };
}

function standing({ chosen, settings }: CertificationOpened, first: string): Part[] {
  const words = stateInWords(chosen.certificate);
  const unseen =
    chosen.judged.result === 'certified'
      ? []
      : chosen.judged.missing.filter((one) => one.missing.startsWith('demonstration'));
  const toSee = nextSteps(unseen, { is: 'manager', repFirst: first }).map((line) => `\n${line}`);
  const { evidenceDays } = criteriaOf(settings);
  if (words === undefined) {
    return [`\nWhat counts was seen unasked on a real account, in the last ${evidenceDays} days.`, ...toSee];
  }
  return [
    `\n${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
    ` A renewal counts what ${first} has shown since then, and asks you to rate anew.`,
    ...toSee,
  ];
}

function pillarBlocks(
  { chosen, settings }: CertificationOpened,
  pillar: Pillar,
  isFirst: boolean,
  more: boolean,
): KnownBlock[] {
  const { programme, judged, calls, lastRatings } = chosen;
  const name = pillarName(settings.pillarNames, pillar);
  const criteria = criteriaOf(settings);
  const evidence = judged.evidence.find((one) => one.pillar === pillar);
  const seen = evidence === undefined ? [] : callsInWords(evidence, calls);
  const missing = judged.result === 'certified' ? [] : judged.missing;
  const unseen = missing.filter((one) => one.pillar === pillar && one.missing.startsWith('demonstration'));
  const last = lastRatings.get(pillar);
  return [
    seen.length > 0
      ? richText({ bold: `${name}: seen unasked` }, ...seen.map((line) => `\n${line}`))
      : richText(...unseen.map((one) => missingInWords(one, settings.pillarNames, criteria))),
    select({
      id: fields.rating(programme.id, pillar),
      label: `${name}, on the whole`,
      hint: isFirst
        ? `The scale of the questions before the training; ${criteria.rating} or more is enough.`
        : undefined,
      choices: ratingChoices,
      initial: last === undefined ? undefined : String(last),
      placeholder: 'Choose 2 to 10',
    }),
    ...(more
      ? [
          textInput({
            id: fields.knownBy(programme.id, pillar),
            label: `${name}: how do you know?`,
            most: mostToSay,
            optional: true,
          }),
        ]
      : []),
  ];
}

const historyButton = (repId: string, first: string): KnownBlock => ({
  type: 'actions',
  block_id: 'history',
  elements: [
    {
      type: 'button',
      action_id: ids.history,
      text: plain('History'),
      value: repId,
      accessibility_label: spoken('History', `What ${first} was rated before`),
    },
  ],
});

const mostOptions = 100;

function chooseProgramme({ programmes, chosen }: CertificationOpened): KnownBlock[] {
  if (programmes.length < 2) return [];
  const options = programmes.slice(0, mostOptions).map((one) => ({
    text: plain(calledIn(one, 75)),
    value: one.id,
  }));
  const initial = options.find(({ value }) => value === chosen.programme.id);
  const element: ActionsBlockElement = {
    type: 'static_select',
    action_id: ids.programme,
    placeholder: plain('Another training'),
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
  return [{ type: 'actions', block_id: 'programme', elements: [element] }];
}

/** Says first what it does: it cannot be undone by the same button. */
export function takeBackButton(certificationId: string | undefined, first: string): KnownBlock[] {
  if (certificationId === undefined) return [];
  return [
    {
      type: 'actions',
      block_id: 'take_back',
      elements: [
        {
          type: 'button',
          action_id: ids.takeBack,
          text: plain('Given by mistake: take it back'),
          value: certificationId,
          confirm: {
            title: plain('Take it back?'),
            text: plain(
              `${first} then counts as not certified and reads so on the next card. The history keeps it.`,
            ),
            confirm: plain('Take it back'),
            deny: plain('Keep it'),
          },
        },
      ],
    },
  ];
}
