import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { addDays } from '#domain/time/civil.ts';
import type { CallPlan } from '#storage/call-plans.ts';
import type { OpenView } from '../feature.ts';
import { datePicker, filledIn, textInput, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine, nameOf } from '../text.ts';
import { ids } from './view.ts';

export const callFields = { account: 'account', callOn: 'call_on', lookFor: 'look_for' } as const;

/** What both forms carry: about whom, and what day it was when they opened. */
const Carried = z.object({
  personId: z.string(),
  name: z.string(),
  today: z.iso.date(),
  /** Of the plan that is changed. */
  planId: z.string().optional(),
});
type Carried = z.infer<typeof Carried>;

const metadata = (one: Carried): string => JSON.stringify({ ...one, name: fitted(inOneLine(one.name), 80) });

/** "I will listen to this call on …"; anew, where it is planned already. */
export function planForm(rep: Carried, planned?: Pick<CallPlan, 'account' | 'callOn'>): ModalView {
  const first = firstNameOf(rep.name);
  return {
    type: 'modal',
    callback_id: ids.planModal,
    title: plain('Plan to listen'),
    submit: plain(planned === undefined ? 'Plan it' : 'Save'),
    close: plain('Not now'),
    private_metadata: metadata(rep),
    blocks: [
      richText({ bold: nameOf(rep.name, 80) }, ', one live call'),
      textInput({ id: callFields.account, label: 'Account', most: 150, initial: planned?.account }),
      datePicker({
        id: callFields.callOn,
        label: 'I will listen to this call on',
        initial: planned?.callOn ?? rep.today,
      }),
      whoSees(
        `${first} is told ${planned === undefined ? 'that you will listen' : 'of the change'}. The working day after it, ${first}'s card asks how it went, and so does yours.`,
      ),
    ],
  };
}

/** "Please watch this call." */
export function requestForm(manager: Carried): ModalView {
  const first = firstNameOf(manager.name);
  return {
    type: 'modal',
    callback_id: ids.requestModal,
    title: plain('A call to listen to'),
    submit: plain(`Ask ${firstNameOf(manager.name, 20)}`),
    close: plain('Not now'),
    private_metadata: metadata(manager),
    blocks: [
      textInput({ id: callFields.account, label: 'Account', most: 150 }),
      datePicker({ id: callFields.callOn, label: 'When is the call?', initial: manager.today }),
      textInput({
        id: callFields.lookFor,
        label: 'What should they look for?',
        hint: 'One thing you would like to know about this call.',
        most: 1000,
        multiline: true,
        optional: true,
      }),
      whoSees(`Only ${first} sees this, on their next card. You learn there what they answer.`),
    ],
  };
}

export interface CallNamed {
  personId: string;
  planId: string | undefined;
  name: string;
  account: string;
  callOn: string;
  lookFor: string | undefined;
}

export type CallRead = { ok: true; call: CallNamed } | { ok: false; errors: Record<string, string> };

/** How far ahead a call may be, and how long ago one whose recording is to be listened to. */
const daysAhead = 120;
const daysBack = 60;

export function readCall(view: OpenView, when: 'ahead' | 'also_past'): CallRead {
  const { personId, planId, name, today } = Carried.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const account = filled.text(callFields.account);
  const callOn = filled.date(callFields.callOn);
  const errors: Record<string, string> = {};
  if (account === undefined) errors[callFields.account] = 'Write whom the call is with.';
  const problem = problemOfDate(callOn, today, when);
  if (problem !== undefined) errors[callFields.callOn] = problem;
  if (account === undefined || callOn === undefined || problem !== undefined) return { ok: false, errors };
  const lookFor = filled.text(callFields.lookFor);
  return { ok: true, call: { personId, planId, name, account, callOn, lookFor } };
}

function problemOfDate(
  date: string | undefined,
  today: string,
  when: 'ahead' | 'also_past',
): string | undefined {
  if (date === undefined) return 'Choose a date.';
  if (when === 'ahead' && date < today) {
    return 'This date is past. For a call you have heard already, use “After the call”.';
  }
  if (date < addDays(today, -daysBack)) return `This is more than ${daysBack} days ago. Choose a later call.`;
  if (date > addDays(today, daysAhead))
    return `This is more than ${daysAhead} days away. Choose an earlier day.`;
  return undefined;
}
