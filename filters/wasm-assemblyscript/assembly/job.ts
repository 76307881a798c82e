// The jobs that this filter does: those of filters/core that it knows.
import { areEqual, ascii, Bytes, make } from './bytes';
import { ends, begin as beginJson, next, opens, readName, readString, takes, textAt, textLength } from './json';
import { buildKeys, Keys } from './keys';
import { Pair, Pairs, readList, readObject } from './pairs';
import { refuse, refuseBytes, refuseName } from './refusal';
import { buildWords, Words } from './words';

export const NOOP: i32 = 0;
export const HEADERS: i32 = 1;
export const ACCESS: i32 = 2;
export const INSPECT: i32 = 3;

/** A configured job; nothing of it changes with requests. */
@unmanaged
export class Job {
  kind: i32;
  /** `headers`: by name, each replacing what the message has. */
  request: Pairs;
  response: Pairs;
  /** `access`. */
  keys: Keys;
  /** `inspect`. */
  words: Words;
}

const job = ascii('job');
const noop = ascii('noop');
const headers = ascii('headers');
const access = ascii('access');
const inspect = ascii('inspect');
const request = ascii('request');
const response = ascii('response');
const keys = ascii('keys');
const words = ascii('words');

// What the text under way says; null where it does not.
let kind: i32 = -1;
let requestHeaders: Pairs | null = null;
let responseHeaders: Pairs | null = null;
let knownKeys: Pairs | null = null;
let listedWords: Pairs | null = null;

// @ts-ignore: decorator
@inline
function isText(bytes: Bytes): bool {
  return areEqual(bytes.at, bytes.length, textAt, textLength);
}

function readKind(): bool {
  if (!readString()) return false;
  kind = isText(noop) ? NOOP : isText(headers) ? HEADERS : isText(access) ? ACCESS : isText(inspect) ? INSPECT : -1;
  if (kind >= 0) return true;
  const after = "\" is not one of this filter's; it does noop, headers, access and inspect";
  return refuseName('the job "', textAt, textLength, after);
}

function twice(field: Bytes): bool {
  return refuseBytes('the field "', field, '" is there twice');
}

function readField(): bool {
  if (isText(job)) return readKind();
  if (isText(request)) {
    if (requestHeaders != null) return twice(request);
    requestHeaders = readObject();
    return requestHeaders != null;
  }
  if (isText(response)) {
    if (responseHeaders != null) return twice(response);
    responseHeaders = readObject();
    return responseHeaders != null;
  }
  if (isText(keys)) {
    if (knownKeys != null) return twice(keys);
    knownKeys = readObject();
    return knownKeys != null;
  }
  if (isText(words)) {
    if (listedWords != null) return twice(words);
    listedWords = readList();
    return listedWords != null;
  }
  return refuseName('unknown field "', textAt, textLength, '"');
}

function readFields(): bool {
  if (!opens(0x7b)) return false;
  let more: i32 = takes(0x7d) ? 0 : 1;
  while (more > 0) {
    if (!readName() || !readField()) return false;
    more = next(0x7d);
  }
  return more == 0;
}

function checkField(field: Bytes, given: Pairs | null, isTaken: bool, isNeeded: bool): bool {
  if (given != null && !isTaken) return refuseBytes('this job takes no field "', field, '"');
  if (given == null && isNeeded) return refuseBytes('the field "', field, '" is missing');
  return true;
}

function checkFields(): bool {
  if (kind < 0) return refuse('the field "job" is missing');
  return (
    checkField(request, requestHeaders, kind == HEADERS, false) &&
    checkField(response, responseHeaders, kind == HEADERS, false) &&
    checkField(keys, knownKeys, kind == ACCESS, kind == ACCESS) &&
    checkField(words, listedWords, kind == INSPECT, kind == INSPECT)
  );
}

const tokens = ascii("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz");

function isToken(byte: u8): bool {
  for (let i: usize = 0; i < tokens.length; i++) {
    if (load<u8>(tokens.at + i) == byte) return true;
  }
  return false;
}

function checkName(pair: Pair): bool {
  let isName = pair.nameLength > 0;
  for (let i: usize = 0; i < pair.nameLength; i++) isName = isName && isToken(load<u8>(pair.name + i));
  return isName || refuseName('"', pair.name, pair.nameLength, '" is not a lower-case HTTP header name');
}

function checkValue(pair: Pair, owner: usize, ownerLength: usize): bool {
  // An empty value reads as "remove" to some mechanisms, so no job may ask for one.
  let isVisible = pair.valueLength > 0;
  for (let i: usize = 0; i < pair.valueLength; i++) {
    const byte = load<u8>(pair.value + i);
    isVisible = isVisible && byte >= 0x20 && byte <= 0x7e;
  }
  return isVisible || refuseName('the value of "', owner, ownerLength, '" must be visible text');
}

function isBefore(a: Pair, b: Pair): bool {
  let i: usize = 0;
  while (i < a.nameLength && i < b.nameLength && load<u8>(a.name + i) == load<u8>(b.name + i)) i++;
  return i < b.nameLength && (i == a.nameLength || load<u8>(a.name + i) < load<u8>(b.name + i));
}

// By name, as filters/core sets them; of a name given twice, the last counts. Null where one is refused.
function buildHeaders(given: Pairs | null): Pairs | null {
  const sorted = make<Pairs>();
  if (given == null) return sorted;
  for (let i: usize = 0; i < given.count; i++) {
    const header = given.pair(i);
    if (!checkName(header) || !checkValue(header, header.name, header.nameLength)) return null;
    let at: usize = 0;
    while (at < sorted.count && isBefore(sorted.pair(at), header)) at++;
    const isNew = at == sorted.count || isBefore(header, sorted.pair(at));
    if (isNew) {
      sorted.add();
      const from = changetype<usize>(sorted.pair(at));
      memory.copy(from + offsetof<Pair>(), from, (sorted.count - 1 - at) * offsetof<Pair>());
    }
    memory.copy(changetype<usize>(sorted.pair(at)), changetype<usize>(header), offsetof<Pair>());
  }
  return sorted;
}

function build(made: Job): bool {
  made.kind = kind;
  if (kind == HEADERS) {
    const onRequest = buildHeaders(requestHeaders);
    if (onRequest == null) return false;
    const onResponse = buildHeaders(responseHeaders);
    if (onResponse == null) return false;
    made.request = onRequest;
    made.response = onResponse;
  }
  const entries = knownKeys;
  if (entries != null) {
    for (let i: usize = 0; i < entries.count; i++) {
      if (!checkValue(entries.pair(i), keys.at, keys.length)) return false;
    }
    made.keys = make<Keys>();
    buildKeys(made.keys, entries);
  }
  const list = listedWords;
  if (list != null) {
    made.words = make<Words>();
    return buildWords(made.words, list);
  }
  return true;
}

/** Reads a job from its JSON text, which it unescapes in place and keeps; null where it is refused. */
export function readJob(text: usize, length: usize): Job | null {
  kind = -1;
  requestHeaders = null;
  responseHeaders = null;
  knownKeys = null;
  listedWords = null;
  beginJson(text, length);
  if (!readFields() || !ends() || !checkFields()) return null;
  const made = make<Job>();
  return build(made) ? made : null;
}
