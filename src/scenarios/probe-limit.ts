import { createHash } from 'node:crypto';
import { bufferLimitBytes } from '../envoy/buffer-limit.js';
import type { AboveLimit } from '../results/schema/index.js';
import { lastReceived, requestsSeen, setNextAnswer } from './echo-upstream.js';
import type { Oversize } from './oversize.js';
import type { ProofTarget } from './prove.js';
import { type Answer, sendOnce } from './send-once.js';

/** Sends one body above the buffer limit through the filter, and says what became of it; nothing of it is an error. */
export async function probeLimit(target: ProofTarget, oversize: Oversize): Promise<AboveLimit> {
  const { way, sent } = oversize;
  const about = { way, limitBytes: bufferLimitBytes, sentBytes: sent.length };
  const fate = await (way === 'request' ? sendRequest(target, oversize) : fetchAnswer(target, oversize));
  return { ...about, ...fate };
}

type Fate = Pick<AboveLimit, 'status' | 'arrivedBytes' | 'outcome'>;

async function sendRequest(target: ProofTarget, oversize: Oversize): Promise<Fate> {
  const { sent, wanted, refusal, header, isAnew = false } = oversize;
  await setNextAnswer(target.echoAdmin, { headers: {}, body: 'ok' });
  const before = await requestsSeen(target.echoAdmin);
  const answer = await answerOrNull(target, { method: 'POST', body: sent });
  const status = answer?.status ?? null;
  const arrived =
    (await requestsSeen(target.echoAdmin)) === before ? null : await lastReceived(target.echoAdmin);
  if (arrived === null) {
    const isRefusal = refusal !== undefined && answer?.body === refusal;
    return { status, arrivedBytes: null, outcome: isRefusal ? 'done' : withoutBody(answer) };
  }
  const { bodyBytes: arrivedBytes, bodySha256, headers } = arrived;
  const isAs = (text: string) => bodySha256 === createHash('sha256').update(text).digest('hex');
  // Of long bodies the upstream tells no more than length and hash.
  const isOther = isAnew && arrivedBytes === wanted?.length && !isAs(sent);
  const isWanted = isOther || (wanted !== null && isAs(wanted));
  const hasHeader = header === undefined || headers[header[0]] === header[1];
  if (isWanted && hasHeader) return { status, arrivedBytes, outcome: 'done' };
  return { status, arrivedBytes, outcome: isAs(sent) ? 'unfiltered' : 'partly' };
}

async function fetchAnswer(target: ProofTarget, { sent, wanted }: Oversize): Promise<Fate> {
  await setNextAnswer(target.echoAdmin, { headers: {}, body: sent });
  const answer = await answerOrNull(target, { method: 'GET' });
  if (answer === null || answer.status !== 200)
    return { status: answer?.status ?? null, arrivedBytes: null, outcome: withoutBody(answer) };
  const { status, body } = answer;
  const outcome = body === wanted ? 'done' : body === sent ? 'unfiltered' : 'partly';
  return { status, arrivedBytes: body.length, outcome };
}

function withoutBody(answer: Answer | null): AboveLimit['outcome'] {
  return answer === null ? 'broken' : 'refused';
}

async function answerOrNull(
  { envoy }: ProofTarget,
  request: { readonly method: string; readonly body?: string },
): Promise<Answer | null> {
  try {
    return await sendOnce(envoy, { path: '/__probe', headers: {}, ...request });
  } catch {
    // Cut off, or no answer in time.
    return null;
  }
}
