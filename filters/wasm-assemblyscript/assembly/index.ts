// What Envoy calls in the module. A callback that is not here costs nothing: Envoy asks only for those that are.
import { ascii, Bytes } from './bytes';
import { holdsCard } from './cards';
import { jobOf, remove, setJob } from './contexts';
import { scratch, take } from './heap';
import {
  ACTION_CONTINUE,
  ACTION_PAUSE,
  getBuffer,
  getHeader,
  given,
  givenLength,
  HTTP_REQUEST_BODY,
  PLUGIN_CONFIGURATION,
  proxy_replace_header_map_value,
  proxy_send_local_response,
  REQUEST_HEADERS,
  RESPONSE_HEADERS,
  STATUS_NOT_FOUND,
  STATUS_OK,
} from './host';
import { ACCESS, HEADERS, INSPECT, Job, readJob } from './job';
import { findKey, Keys } from './keys';
import { Pairs } from './pairs';
import { logRefusal } from './refusal';
import { Words, wordsAreIn } from './words';

const apiKey = ascii('x-api-key');
const clientId = ascii('x-client-id');
// What Envoy's own `api_key_auth` answers.
const unauthenticated = ascii('Client authentication failed.');
const cardFound = ascii('Blocked: card number.');
const wordFound = ascii('Blocked: forbidden word.');

export function proxy_abi_version_0_2_1(): void {}

export function proxy_on_memory_allocate(size: usize): usize {
  return scratch(size);
}

export function proxy_on_context_create(id: u32, parent: u32): void {
  // A plugin's own context has no parent, and no job before it is configured.
  if (parent != 0) setJob(id, jobOf(parent));
}

export function proxy_on_delete(id: u32): void {
  remove(id);
}

export function proxy_on_configure(id: u32, length: usize): u32 {
  let text: usize = 0;
  let count: usize = 0;
  if (length > 0 && getBuffer(PLUGIN_CONFIGURATION, length) == STATUS_OK) {
    text = given();
    count = givenLength();
    // The job keeps its text: what was handed over for this callback stays.
    take(count);
  }
  const job = readJob(text, count);
  if (job == null) {
    logRefusal();
    return 0;
  }
  setJob(id, changetype<usize>(job));
  return 1;
}

function deny(status: u32, body: Bytes): u32 {
  // Envoy itself adds `content-type: text/plain` to a local reply; adding ours would repeat it.
  proxy_send_local_response(status, 0, 0, body.at, body.length, 0, 0, -1);
  return ACTION_PAUSE;
}

function setHeader(map: u32, name: usize, nameLength: usize, value: usize, valueLength: usize): void {
  // A header silently not set would be measured as a fast filter.
  if (proxy_replace_header_map_value(map, name, nameLength, value, valueLength) != STATUS_OK) unreachable();
}

function setHeaders(map: u32, headers: Pairs): void {
  for (let i: usize = 0; i < headers.count; i++) {
    const header = headers.pair(i);
    setHeader(map, header.name, header.nameLength, header.value, header.valueLength);
  }
}

function checkKey(keys: Keys): u32 {
  if (getHeader(REQUEST_HEADERS, apiKey.at, apiKey.length) != STATUS_OK || given() == 0) {
    return deny(401, unauthenticated);
  }
  const client = findKey(keys, given(), givenLength());
  if (client == null) return deny(401, unauthenticated);
  setHeader(REQUEST_HEADERS, clientId.at, clientId.length, client.value, client.valueLength);
  return ACTION_CONTINUE;
}

function checkBody(words: Words, length: usize): u32 {
  if (length == 0) return ACTION_CONTINUE;
  const status = getBuffer(HTTP_REQUEST_BODY, length);
  // A body not seen must not pass as a clean one.
  if (status != STATUS_OK && status != STATUS_NOT_FOUND) unreachable();
  if (holdsCard(given(), givenLength())) return deny(403, cardFound);
  return wordsAreIn(words, given(), givenLength()) ? deny(403, wordFound) : ACTION_CONTINUE;
}

export function proxy_on_request_headers(id: u32, count: u32, isEnd: u32): u32 {
  const job = changetype<Job>(jobOf(id));
  switch (job.kind) {
    case HEADERS:
      setHeaders(REQUEST_HEADERS, job.request);
      return ACTION_CONTINUE;
    case ACCESS:
      return checkKey(job.keys);
    case INSPECT:
      // Nothing may reach the upstream before the whole body was seen.
      return isEnd != 0 ? ACTION_CONTINUE : ACTION_PAUSE;
    default:
      return ACTION_CONTINUE;
  }
}

export function proxy_on_request_body(id: u32, length: usize, isEnd: u32): u32 {
  const job = changetype<Job>(jobOf(id));
  if (job.kind != INSPECT) return ACTION_CONTINUE;
  return isEnd != 0 ? checkBody(job.words, length) : ACTION_PAUSE;
}

export function proxy_on_request_trailers(id: u32, count: u32): u32 {
  const job = changetype<Job>(jobOf(id));
  // Trailers end a body too; Envoy gives as much as there is.
  return job.kind == INSPECT ? checkBody(job.words, u32.MAX_VALUE) : ACTION_CONTINUE;
}

export function proxy_on_response_headers(id: u32, count: u32, isEnd: u32): u32 {
  const job = changetype<Job>(jobOf(id));
  if (job.kind == HEADERS) setHeaders(RESPONSE_HEADERS, job.response);
  return ACTION_CONTINUE;
}
