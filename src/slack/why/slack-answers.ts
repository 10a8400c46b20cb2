/** What Slack answered to posts, in words. */

/** Of a message that went out: how often it was tried, and how it is known. */
export function afterTries(answer: string, attempts: number): string {
  if (answer === 'found_in_conversation')
    return 'Slack gave no clear answer, and it was found in the conversation';
  if (answer === 'an operator found it')
    return 'Slack gave no clear answer, and an operator found it in the conversation';
  return attempts <= 1 ? 'Slack took it at once' : `Slack took it at the ${ordinal(attempts)} try`;
}

function ordinal(count: number): string {
  const tens = count % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}

/** Of a message that certainly has not gone out. */
export function lastSaid(answer: string): string | undefined {
  switch (answer) {
    case 'ratelimited':
    case 'rate_limited':
      return `Slack asked to try later (${answer})`;
    case 'not_found_in_conversation':
      return 'Slack gave no clear answer, and it is not in the conversation, so it is sent again';
    case 'an operator found it missing':
      return 'Slack gave no clear answer, and an operator saw that it is not there, so it is sent again';
    case 'cannot_be_composed':
      return "it could not be put together, which is Sideline's own fault and in its log";
    // The time for it had passed before anything was written: the next round has it first.
    case 'released':
      return undefined;
    default:
      return inSlacksWords(answer);
  }
}

export function inSlacksWords(answer: string): string {
  if (/^http_5/.test(answer)) return `Slack answered with an error (${answer})`;
  if (onTheWay.test(answer)) return `Slack gave no answer (${answer})`;
  return `Slack answered ${answer}`;
}

/** What a connection that fails is called: econnreset, eai_again, or a sentence. */
const onTheWay = /^e[a-z0-9]+$|^eai_|^no_answer|\s/;
