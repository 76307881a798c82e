#include "cards.h"

// Separators stand five bytes apart, so of two bytes eight apart in a card number one is a digit; and a card number has
// at least two such.
enum { DIGITS = 16, GROUP = 4, STRIDE = 8 };

static bool is_separator(uint8_t byte) { return byte == ' ' || byte == '-'; }

static bool passes_luhn(const uint8_t *at, bool is_grouped) {
  unsigned sum = 0;
  for (size_t i = 0; i < DIGITS; i++) {
    const unsigned digit = (unsigned)(at[is_grouped ? i + i / GROUP : i] - '0');
    const unsigned doubled = 2 * digit;
    sum += i % 2 != 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 == 0;
}

// Where the digits around the one at `at` begin; they may have single separators between them.
static size_t first_of(struct bytes text, size_t at) {
  for (;;) {
    while (at > 0 && is_digit(text.at[at - 1])) at--;
    if (at < 2 || !is_separator(text.at[at - 1]) || !is_digit(text.at[at - 2])) return at;
    at -= 2;
  }
}

// Looks through these digits, and moves `at` behind them.
__attribute__((noinline)) static bool is_card_around(struct span span, size_t *at) {
  const uint8_t *text = span.text.at;
  const size_t length = span.text.length;
  size_t end = first_of(span.text, *at);
  // Groups of 4 up to here, all with the same separator between them.
  size_t groups = 0;
  uint8_t separator = 0;
  for (;;) {
    const size_t start = end;
    while (end < length && is_digit(text[end])) end++;
    // A hidden neighbour may be a digit; whoever sees it looks again.
    const bool is_whole = (start > 0 || span.opens) && (end < length || span.closes);
    if (is_whole && end - start == DIGITS && passes_luhn(text + start, false)) return true;
    if (is_whole && end - start == GROUP) {
      const uint8_t before = groups == 0 ? 0 : text[start - 1];
      groups = groups < 2 || before == separator ? groups + 1 : 2;
      separator = before;
      if (groups >= 4 && passes_luhn(text + end - (DIGITS + 3), true)) return true;
    } else {
      groups = 0;
    }
    if (length - end < 2 || !is_separator(text[end]) || !is_digit(text[end + 1])) break;
    end++;
  }
  *at = end;
  return false;
}

bool holds_card(struct span span) {
  for (size_t at = STRIDE - 1; at < span.text.length; at += STRIDE) {
    if (!is_digit(span.text.at[at])) continue;
    if (is_card_around(span, &at)) return true;
    // No card number begins before `at`, which is no digit: the next probe is where one that begins here has its eighth.
    at--;
  }
  return false;
}
