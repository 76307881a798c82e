// Card numbers: 16 digits, together or in four groups of 4, with a Luhn check digit.
#ifndef FILTERBENCH_CARDS_H
#define FILTERBENCH_CARDS_H

#include "bytes.h"

/** How far from a border a card number across it can reach, with the byte beyond it that must be no digit. */
enum { CARD_REACH = 20 };

/** A stretch of a body; where it does not open or close the body, it has neighbours that it does not show. */
struct span {
  struct bytes text;
  bool opens;
  bool closes;
};

static inline bool is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

/** Whether a span holds a card number of which it shows that no digit comes before or after it. */
bool holds_card(struct span span);

#endif
