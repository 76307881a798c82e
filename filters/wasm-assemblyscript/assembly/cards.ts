// Card numbers: 16 digits, together or in four groups of 4, with a Luhn check digit.
import { isDigit } from './bytes';

const DIGITS: usize = 16;
const GROUP: usize = 4;
// Separators stand five bytes apart, so of two bytes eight apart in a card number one is a digit; and a card number has
// at least two such.
const STRIDE: usize = 8;

function isSeparator(byte: u8): bool {
  return byte == 0x20 || byte == 0x2d;
}

function passesLuhn(at: usize, isGrouped: bool): bool {
  let sum: u32 = 0;
  for (let i: usize = 0; i < DIGITS; i++) {
    const digit: u32 = load<u8>(at + (isGrouped ? i + i / GROUP : i)) - 0x30;
    const doubled = 2 * digit;
    sum += (i & 1) != 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 == 0;
}

// Where the digits around the one at `at` begin; they may have single separators between them.
function firstOf(text: usize, at: usize): usize {
  while (at > 0 && isDigit(load<u8>(text + at - 1))) at--;
  while (at >= 2 && isSeparator(load<u8>(text + at - 1)) && isDigit(load<u8>(text + at - 2))) {
    at -= 2;
    while (at > 0 && isDigit(load<u8>(text + at - 1))) at--;
  }
  return at;
}

/** Where the digits looked at last end. */
let digitsEnd: usize = 0;

function isCardAround(text: usize, length: usize, at: usize): bool {
  let end = firstOf(text, at);
  // Groups of 4 up to here, all with the same separator between them.
  let groups: u32 = 0;
  let separator: u8 = 0;
  for (;;) {
    const start = end;
    while (end < length && isDigit(load<u8>(text + end))) end++;
    if (end - start == DIGITS && passesLuhn(text + start, false)) return true;
    if (end - start == GROUP) {
      const before: u8 = groups == 0 ? 0 : load<u8>(text + start - 1);
      groups = groups < 2 || before == separator ? groups + 1 : 2;
      separator = before;
      if (groups >= 4 && passesLuhn(text + end - (DIGITS + 3), true)) return true;
    } else {
      groups = 0;
    }
    if (length - end < 2 || !isSeparator(load<u8>(text + end)) || !isDigit(load<u8>(text + end + 1))) break;
    end++;
  }
  digitsEnd = end;
  return false;
}

/** Whether a text holds a card number with no digit before or after it. */
export function holdsCard(text: usize, length: usize): bool {
  for (let at: usize = STRIDE - 1; at < length; at += STRIDE) {
    if (!isDigit(load<u8>(text + at))) continue;
    if (isCardAround(text, length, at)) return true;
    // No card number begins before there: the next probe is where one that begins there has its eighth byte.
    at = digitsEnd - 1;
  }
  return false;
}
