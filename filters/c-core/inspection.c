#include "inspection.h"

#include "cards.h"

static void copy(uint8_t *to, const uint8_t *from, size_t length) {
  for (size_t i = 0; i < length; i++) to[i] = from[i];
}

// The bytes around the border between two parts.
struct seam {
  uint8_t bytes[2 * MOST_LETTERS];
  /** How many of the last bytes so far are at the start of `bytes`. */
  size_t tail;
  /** Whether there were no others. */
  bool tail_is_all;
};

static void remember(struct seam *seam, struct bytes part, size_t reach) {
  const size_t taken = part.length < reach ? part.length : reach;
  const size_t kept = seam->tail < reach - taken ? seam->tail : reach - taken;
  seam->tail_is_all = seam->tail_is_all && kept == seam->tail && taken == part.length;
  copy(seam->bytes, seam->bytes + seam->tail - kept, kept);
  copy(seam->bytes + kept, part.at + part.length - taken, taken);
  seam->tail = kept + taken;
}

// `found` is what was found before: after a word only card numbers matter.
static enum finding look_through(const struct words *words, struct span span, enum finding found) {
  if (holds_card(span)) return FOUND_CARD;
  return found == FOUND_NOTHING && words_are_in(words, span.text) ? FOUND_WORD : found;
}

enum finding inspect(const struct words *words, const struct bytes *parts, size_t count) {
  // How far from a border a finding across it can reach.
  const size_t reach = words->longest - 1 > CARD_REACH ? words->longest - 1 : CARD_REACH;
  struct seam seam = {.tail = 0, .tail_is_all = true};
  enum finding found = FOUND_NOTHING;
  while (count > 0 && parts[count - 1].length == 0) count--;
  for (size_t i = 0; i < count && found != FOUND_CARD; i++) {
    const struct bytes part = parts[i];
    if (part.length == 0) continue;
    const bool opens = seam.tail == 0, closes = i + 1 == count;
    if (!opens) {
      const size_t head = part.length < reach ? part.length : reach;
      copy(seam.bytes + seam.tail, part.at, head);
      const struct bytes around = {seam.bytes, seam.tail + head};
      found = look_through(words, (struct span){around, seam.tail_is_all, closes && head == part.length}, found);
      if (found == FOUND_CARD) break;
    }
    found = look_through(words, (struct span){part, opens, closes}, found);
    if (!closes) remember(&seam, part, reach);
  }
  return found;
}
