import { type Server, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { Counts } from '../counts.js';
import { answeredEncoded } from '../grpc/protos.js';
import { parseJob } from '../jobs/config.js';
import { emptyBody } from '../jobs/job.js';
import { linked, linkHeader, noSuchLink } from '../jobs/links.js';
import { type Answer, type Answers, answersOf } from './answers.js';
import { type HttpBody, type ProcessingRequest, processMethod } from './messages.js';

type Call = ServerDuplexStream<ProcessingRequest, Buffer>;

/** Makes `server` an external processor that does the job of `jobText`; bodies must come BUFFERED. */
export function addProcessor(server: Server, jobText: string, counts: Counts): void {
  const answers = linked(jobText, (text) => answersOf(parseJob(text)));
  const Process = (call: Call) => {
    const link = answers.isChain ? call.metadata.get(linkHeader)[0]?.toString() : undefined;
    const ofLink = answers.of(link);
    if (ofLink) converse(call, ofLink, counts);
    else refuse(call, status.INVALID_ARGUMENT, noSuchLink);
  };
  server.addService({ Process: answeredEncoded<ProcessingRequest>(processMethod) }, { Process });
}

/** Answers the phases of one client request as they arrive. */
function converse(call: Call, answers: Answers, counts: Counts): void {
  let answered = false;
  call.on('data', (message: ProcessingRequest) => {
    // Refused already.
    if (call.writableEnded) return;
    const answer = answerTo(message, answers, counts);
    if (typeof answer === 'string') {
      refuse(call, status.FAILED_PRECONDITION, answer);
      return;
    }
    if (answer.denied) counts.denials += 1;
    answered = true;
    call.write(answer.message);
  });
  call.on('end', () => call.end());
  // Comes once, whether Envoy ended the stream or reset it.
  call.on('close', () => {
    if (answered) counts.requests += 1;
  });
}

/** Ends the stream with a status, as grpc-js wants to be told. */
function refuse(call: Call, code: status, details: string): void {
  call.emit('error', Object.assign(new Error(details), { code, details }));
}

/** The answer, or why there is none. */
function answerTo(message: ProcessingRequest, answers: Answers, counts: Counts): Answer | string {
  switch (message.request) {
    case 'request_headers':
      counts.requestHeaders += 1;
      return answers.toRequestHeaders(message.request_headers);
    case 'response_headers':
      counts.responseHeaders += 1;
      return answers.toResponseHeaders;
    case 'request_body':
      counts.requestBodies += 1;
      return toBody(message.request_body, answers.toRequestBody);
    case 'response_body':
      counts.responseBodies += 1;
      return toBody(message.response_body, answers.toResponseBody);
    default:
      return unasked;
  }
}

const unasked = 'this job does not look at that phase: leave it out of processing_mode';
const inParts = 'bodies are processed whole: use BUFFERED in processing_mode';

function toBody(
  { body = emptyBody, end_of_stream: isWhole }: HttpBody,
  answer: Answers['toRequestBody'],
): Answer | string {
  if (!answer) return unasked;
  return isWhole ? answer(body) : inParts;
}
