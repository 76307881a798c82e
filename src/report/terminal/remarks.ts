import type { Run } from '../../results/schema/index.js';
import { unmeasuredOf } from '../content/unmeasured.js';
import { warningGroupsOf } from '../content/warnings.js';
import { counted } from '../format/number.js';
import { clipped, wrapped } from '../format/text.js';
import type { Paints } from './paints.js';

// The report has all of them; a terminal shows that there are some, and what they are like.
const mostMessages = 3;
const mostLinesOfMessage = 3;

/** Which arms have no numbers, and why. */
export function unmeasuredLines(run: Run, width: number): string[] {
  return unmeasuredOf(run).flatMap(({ variants, scenarios, status, reason }) => {
    const is = variants.length === 1 ? 'is' : 'are';
    return wrapped(
      `${variants.join(', ')} in ${scenarios.join(', ')} ${is} ${status}: ${reason}`,
      width,
      '  ',
    );
  });
}

/** The warnings by code: of many, the first few. */
export function warningLines(run: Run, width: number, paint: Paints): string[] {
  const short = (message: string) => clipped(message, mostLinesOfMessage * (width - 2));
  return warningGroupsOf(run).flatMap(({ code, messages, next }) => {
    const [only = '', ...others] = messages;
    const [head = '', ...rest] =
      others.length === 0
        ? wrapped(`${code}: ${short(only)}`, width, '  ')
        : [
            ...wrapped(`${code}, ${counted(messages.length, 'time')}:`, width, '  '),
            ...messages.slice(0, mostMessages).flatMap((each) => indented(short(each), width)),
            ...(messages.length > mostMessages
              ? [`  and ${messages.length - mostMessages} more, as the report says`]
              : []),
          ];
    return [paint.yellow(head), ...rest, ...next.flatMap((each) => indented(each, width))];
  });
}

function indented(text: string, width: number): string[] {
  return wrapped(text, width - 2).map((line) => `  ${line}`);
}
