/** What the made-up team said to each other. */

export const takeaways: readonly string[] = [
  'When the buyer asks for the price first, ask what it would be compared with.',
  'Before the demo, ask who else would have to say yes, and write their names down.',
  'When a question is answered with "it depends", ask what it depends on instead of moving on.',
  'On the next discovery call, wait three seconds after each answer before you speak.',
  'Open with what similar teams overlooked instead of with our company slide.',
  'When the champion goes quiet, send one finding worth forwarding instead of "checking in".',
  'At the end of each call, book the next date while everybody is still there.',
  'When procurement joins, ask what a good outcome looks like for them before talking terms.',
  'Ask what happens if they do nothing until next year, and let them finish.',
  'When the buyer names a competitor, ask what they like about it before comparing.',
  'On the Harbour account, show the cost of the delay in their own numbers first.',
  'When a discount is asked for, ask what would change on their side in return.',
  'After the pitch, ask "what would your finance lead object to?" instead of "any questions?".',
  'When two people disagree in the room, ask the quieter one to go on.',
  "Write down the customer's own words for the problem and use them in the proposal.",
  'During the renewal call, name the risk before they do.',
  'When somebody says "send me something", ask what they would do with it.',
  'Before each call, write one sentence on what this person must hear.',
];

export const dealTakeaways: readonly string[] = [
  'Ask Legal at Brightwater who signed the last exception, and call them before Friday.',
  'Write the two-line business case for the CFO and send it to the champion to correct.',
  'When the security review stalls again, offer the thirty-minute call with our engineer.',
  'Ask the sponsor at Kestrel which of the three conditions is the real one.',
];

export const reflections: readonly string[] = [
  'I answered the price question before I knew what they compare us with. I would ask that first.',
  'The demo ran long because I showed everything. I would have shown the one report they asked about.',
  'I let the champion speak for the CFO. Next time I would ask to hear it from her.',
  'When they went quiet I filled the silence. I would like to wait.',
  'I left without a next date, again because we ran out of time.',
  'The opening worked: they corrected my numbers and then talked for ten minutes.',
  'I took "we are happy with what we have" as a no. I would ask what happy means.',
  'Procurement surprised me. I would have asked who else decides two calls earlier.',
  'I gave the discount before asking for anything back.',
  'I noticed the two of them disagreed and moved on. I would stay with it.',
];

export const privateNotes: readonly string[] = [
  'Less sure of themselves since the reorganisation. Go slowly.',
  'Ready for a harder account next quarter.',
  'Ask about the workload next time, not about the pipeline.',
];

/** Sam, the day before the 1:1 a visitor logs first. */
export const samsReflection =
  'On the Harbour call they asked for the price after five minutes and I gave it. I would like to try asking what they compare it with.';

export const samsLastTakeaway =
  'On the Harbour account, show the cost of the delay in their own numbers before the demo.';

/** What was said in #sales-enablement. */
export const talk: readonly { who: string; weeksAgo: number; text: string }[] = [
  {
    who: 'U0PRIYA',
    weeksAgo: 16.9,
    text: 'From this week Sideline asks managers for one thing to try after each 1:1, and reps for one moment to replay the day before. Two minutes each. What a rep writes, only their manager reads.',
  },
  {
    who: 'U0TOMAS',
    weeksAgo: 15.2,
    text: 'The question the day before is worth it: Sofia came with the exact minute of the call.',
  },
  {
    who: 'U0MEI',
    weeksAgo: 9.1,
    text: 'Is there a way to log one that had to move to Friday? It still shows Wednesday for me.',
  },
  {
    who: 'U0PRIYA',
    weeksAgo: 9.05,
    text: 'Yes: /coach log and the name, any day of the week. It counts for that week.',
  },
  {
    who: 'U0DANA',
    weeksAgo: 2.3,
    text: 'Small thing that works here: I read last time’s one thing aloud before we start.',
  },
];

export const accounts: readonly string[] = [
  'Harbour Logistics',
  'Brightwell Foods',
  'Calder & Sons',
  'Meridian Health',
  'Norfolk Rail',
  'Opal Insurance',
  'Redstone Energy',
  'Tern Shipping',
];

export const strengths: readonly string[] = [
  'Asked what happens if they do nothing, and let the answer stand. They named a number themselves.',
  'Named the cost of the delay in their own figures. The room went quiet, and then they asked how.',
  'Let the doubter speak first. After that the others had something to agree with.',
  'Opened with what teams like theirs overlook. Nobody asked for the product for ten minutes.',
  'Booked the next date while everybody was there, so the follow-up needed no chasing.',
];

export const moments: readonly string[] = [
  'At minute 12 they asked for the price and got it. Ask what they compare it with, then wait.',
  'When legal came up, the answer was long. Ask what would have to be true for them to say yes.',
  'They said "interesting" and we went on. Ask what exactly, and for whom.',
  'The demo began before we knew who else decides. Draw the decision with them first.',
  'The last two minutes had no next step. Ask for the date before goodbye.',
];

export const answersToDebriefs: readonly string[] = [
  'True, I heard the question and panicked a little. I will wait next time.',
  'I had not noticed. On Thursday there is another chance.',
  'Agreed on the replay. What would you have asked instead?',
];

export const reflectionsOnPractice: readonly string[] = [
  'I waited, and they filled it with the real reason.',
  'It felt long, but they came back to the number twice.',
  'I did it once and then fell back into the list of features.',
  'They asked for it before I could. Next time earlier.',
];
