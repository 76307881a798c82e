// Runs filters/c-core on bodies from standard input: a line each, `<part>,<part>,…` in hex. Prints what was found.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job.h"

void *arena_take(struct arena *arena, size_t size) {
  (void)arena;
  return malloc(size);
}

// Each part is on its own, so that a read beyond it is one into the redzone of a checker.
static struct bytes take_part(const char *hex, size_t length) {
  uint8_t *at = malloc(length / 2);
  for (size_t i = 0; i < length / 2; i++) sscanf(hex + 2 * i, "%2hhx", &at[i]);
  return (struct bytes){at, length / 2};
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  struct arena arena = {0};
  struct refusal refusal;
  struct job *job = job_from_json(&arena, (uint8_t *)arguments[1], strlen(arguments[1]), &refusal);
  if (job == 0) return 2;
  static char line[1 << 16];
  static struct bytes parts[1 << 12];
  static const char *const names[] = {"nothing", "word", "card"};
  while (fgets(line, sizeof line, stdin) != 0) {
    size_t found = 0;
    for (const char *at = line;; at++) {
      const size_t length = strcspn(at, ",\n");
      parts[found++] = take_part(at, length);
      at += length;
      if (*at != ',') break;
    }
    puts(names[inspect(job->words, parts, found)]);
    for (size_t i = 0; i < found; i++) free((void *)parts[i].at);
  }
}
