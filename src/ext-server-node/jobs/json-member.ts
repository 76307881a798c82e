import type { Span } from './cards.js';

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const bracketOpen = 0x5b;
const bracketClose = 0x5d;
const braceOpen = 0x7b;
const braceClose = 0x7d;

/**
 * Where the value of the member `field` is in `json`, which must be the valid JSON of an object; null where it has none. Of
 * several it is the last, as in `JSON.parse`. Long strings are passed over by searches for their end.
 */
export function memberValue(json: Buffer, field: string): Span | null {
  const name = Buffer.from(field);
  let at = skipSpace(json, openingBrace(json) + 1);
  let found: Span | null = null;
  while (json[at] === quote) {
    const nameEnd = stringEnd(json, at);
    const isField = isNamed(json.subarray(at + 1, nameEnd - 1), name, field);
    // Behind the name is a colon.
    const start = skipSpace(json, skipSpace(json, nameEnd) + 1);
    const end = valueEnd(json, start);
    if (isField) found = { start, end };
    at = skipSpace(json, end);
    if (json[at] === comma) at = skipSpace(json, at + 1);
  }
  return found;
}

/** Where the object begins in `json`. */
export function openingBrace(json: Buffer): number {
  return skipSpace(json, 0);
}

/** Whether the object in `json` has no members. */
export function isEmptyObject(json: Buffer): boolean {
  return json[skipSpace(json, openingBrace(json) + 1)] === braceClose;
}

function isNamed(raw: Buffer, name: Buffer, field: string): boolean {
  if (raw.equals(name)) return true;
  return raw.includes(backslash) && JSON.parse(`"${raw.toString()}"`) === field;
}

function skipSpace(json: Buffer, from: number): number {
  let at = from;
  while (isSpace(json[at])) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Behind the string that begins at `start`. */
function stringEnd(json: Buffer, start: number): number {
  let end = json.indexOf(quote, start + 1);
  while (isEscaped(json, end)) end = json.indexOf(quote, end + 1);
  return end + 1;
}

/** Whether an odd number of backslashes is before the byte `at`. */
function isEscaped(json: Buffer, at: number): boolean {
  let first = at;
  while (json[first - 1] === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

/** Behind the value that begins at `start`. */
function valueEnd(json: Buffer, start: number): number {
  const first = json[start];
  if (first === quote) return stringEnd(json, start);
  if (first === braceOpen || first === bracketOpen) return nestedEnd(json, start);
  let end = start;
  while (end < json.length && !isBehindWord(json[end])) end += 1;
  return end;
}

function isBehindWord(byte: number | undefined): boolean {
  return byte === comma || byte === braceClose || byte === bracketClose || isSpace(byte);
}

function nestedEnd(json: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const byte = json[at];
    if (byte === quote) {
      at = stringEnd(json, at);
      continue;
    }
    if (byte === braceOpen || byte === bracketOpen) depth += 1;
    else if (byte === braceClose || byte === bracketClose) depth -= 1;
    at += 1;
  } while (depth > 0);
  return at;
}
