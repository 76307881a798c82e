// Card numbers and forbidden words in a body, found where the body lies.
#ifndef FILTERBENCH_INSPECTION_H
#define FILTERBENCH_INSPECTION_H

#include "words.h"

/** What a body holds; a card number outweighs a word. */
enum finding { FOUND_NOTHING, FOUND_WORD, FOUND_CARD };

/** Looks through a body that comes in parts. */
enum finding inspect(const struct words *words, const struct bytes *parts, size_t count);

#endif
