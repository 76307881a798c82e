import { createHash } from 'node:crypto';
import { bufferLimitBytes } from '../envoy/buffer-limit.js';
import type { AboveLimit } from '../results/schema/index.js';
import { lastReceived, requestsSeen, setNextAnswer } from './echo-upstream.js';
import type { Oversize } from './oversize.js';
import type { ProofTarget } from './prove.js';
import { type Answer, noAnswerCode, sendOnce } from './send-once.js';

/** Sends one body above the buffer limit through the filter, and says what became of it; nothing of it is an error. */
export async function probeLimit(target: ProofTarget, oversize: Oversize): Promise<AboveLimit> {
  const { way, sent } = oversize;
  const about = { way, limitBytes: bufferLimitBytes, sentBytes: sent.length };
  const fate = await (way === 'request' ? sendRequest(target, oversize) : fetchAnswer(target, oversize));
  return { ...about, ...fate };
}

type Fate = Pick<AboveLimit, 'status' | 'arrivedBytes' | 'outcome'>;

async function sendRequest(target: ProofTarget, oversize: Oversize): Promise<Fate> {
  const { headers, sent, wanted, refusal, header, isAnew = false } = oversize;
  await setNextAnswer(target.echoAdmin, { headers: {}, body: 'ok' });
  const before = await requestsSeen(target.echoAdmin);
  const answer = await answerOrFailure(target, { method: 'POST', headers, body: sent });
  const status = typeof answer === 'string' ? null : answer.status;
  if ((await requestsSeen(target.echoAdmin)) === before) {
    const isRefusal = typeof answer !== 'string' && answer.body === refusal;
    return { status, arrivedBytes: null, outcome: isRefusal ? 'done' : withoutBody(answer) };
  }
  const arrived = await lastReceived(target.echoAdmin);
  const { bodyBytes: arrivedBytes, bodySha256 } = arrived;
  const isAs = (text: string) => bodySha256 === createHash('sha256').update(text).digest('hex');
  // Of long bodies the upstream tells no more than length and hash.
  const isOther = isAnew && arrivedBytes === wanted?.length && !isAs(sent);
  const isWanted = isOther || (wanted !== null && isAs(wanted));
  const hasHeader = header === undefined || arrived.headers[header[0]] === header[1];
  if (isWanted && hasHeader) return { status, arrivedBytes, outcome: 'done' };
  return { status, arrivedBytes, outcome: isAs(sent) ? 'unfiltered' : 'partly' };
}

async function fetchAnswer(target: ProofTarget, { sent, wanted }: Oversize): Promise<Fate> {
  await setNextAnswer(target.echoAdmin, { headers: {}, body: sent });
  const answer = await answerOrFailure(target, { method: 'GET', headers: {} });
  if (typeof answer === 'string') return { status: null, arrivedBytes: null, outcome: answer };
  const { status, body } = answer;
  if (status !== 200) return { status, arrivedBytes: null, outcome: 'refused' };
  const outcome = body === wanted ? 'done' : body === sent ? 'unfiltered' : 'partly';
  return { status, arrivedBytes: body.length, outcome };
}

type Failure = 'cut' | 'hangs';

function withoutBody(answer: Answer | Failure): AboveLimit['outcome'] {
  return typeof answer === 'string' ? answer : 'refused';
}

async function answerOrFailure(
  { envoy }: ProofTarget,
  request: { readonly method: string; readonly headers: Oversize['headers']; readonly body?: string },
): Promise<Answer | Failure> {
  try {
    return await sendOnce(envoy, { path: '/__probe', ...request });
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === noAnswerCode ? 'hangs' : 'cut';
  }
}
