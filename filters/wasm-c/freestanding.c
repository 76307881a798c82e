// What compilers call unasked: there is no C library to take it from. Built with -fno-builtin, or each would call itself.
#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
  for (size_t i = 0; i < length; i++) ((char *)to)[i] = ((const char *)from)[i];
  return to;
}

void *memmove(void *to, const void *from, size_t length) {
  if (to < from) {
    for (size_t i = 0; i < length; i++) ((char *)to)[i] = ((const char *)from)[i];
  } else {
    while (length-- > 0) ((char *)to)[length] = ((const char *)from)[length];
  }
  return to;
}

void *memset(void *to, int byte, size_t length) {
  for (size_t i = 0; i < length; i++) ((char *)to)[i] = (char)byte;
  return to;
}
