/** A stretch of a body: from `start` up to, but without, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const cardDigits = 16;
const groupDigits = 4;
const groupedBytes = 19;
/** A card has a digit at one of any bytes so far apart: separators are its 5th, 10th and 15th byte, never 8 apart. */
const stride = 8;

/**
 * The first card number that begins at `from` or later: 16 digits in one, or four groups of 4 with the same space or dash
 * between, no further digit beside them, that pass Luhn's check. Two may share groups, so look on at `start + 1`.
 */
export function nextCard(body: Buffer, from: number): Span | null {
  // Bytes without digits are most of a body: an eighth of them is enough to know.
  for (let probe = from; probe < body.length; probe += stride) {
    if (!isDigit(body, probe)) continue;
    for (let start = Math.max(from, probe - groupedBytes + 1); start <= probe; start += 1) {
      const length = cardLength(body, start);
      if (length > 0) return { start, end: start + length };
    }
  }
  return null;
}

/** Length of the card number that begins at `start`; 0 where none does. */
function cardLength(body: Buffer, start: number): number {
  if (!isDigit(body, start) || isDigit(body, start - 1)) return 0;
  const digits = digitsFrom(body, start);
  if (digits === cardDigits) return passesLuhn(body, start, 0) ? cardDigits : 0;
  if (digits !== groupDigits) return 0;
  const separator = body[start + groupDigits];
  if (separator !== space && separator !== dash) return 0;
  for (let group = start + groupDigits + 1; group < start + groupedBytes; group += groupDigits + 1) {
    if (body[group - 1] !== separator || digitsFrom(body, group) !== groupDigits) return 0;
  }
  return passesLuhn(body, start, 1) ? groupedBytes : 0;
}

const zero = 48;
const nine = 57;
const space = 32;
const dash = 45;

function isDigit(body: Buffer, at: number): boolean {
  const byte = at < 0 ? 0 : (body[at] ?? 0);
  return byte >= zero && byte <= nine;
}

/** How many digits follow each other at `at`; more than a card has are counted as one more. */
function digitsFrom(body: Buffer, at: number): number {
  let digits = 0;
  while (digits <= cardDigits && isDigit(body, at + digits)) digits += 1;
  return digits;
}

/** ISO/IEC 7812-1, annex B: `gap` is how many bytes lie between two groups. */
function passesLuhn(body: Buffer, start: number, gap: number): boolean {
  let sum = 0;
  for (let index = 0; index < cardDigits; index += 1) {
    const digit = (body[start + index + gap * Math.floor(index / groupDigits)] ?? zero) - zero;
    if (index % 2 === 1) sum += digit;
    else sum += digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
