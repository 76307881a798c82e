// Sets x-filtered, or does what x-fault says. A name that is no fault's is ignored.
#include <stdbool.h>

#include "../../wasm-c/host.h"

#define EXPORT(name) __attribute__((export_name(#name))) name
#define TEXT(text) (const uint8_t *)text, sizeof text - 1

enum { PAGE = 65536, PAGES_PER_MIB = 16 };

static uint8_t handed_over[4096];

void EXPORT(proxy_abi_version_0_2_1)(void) {}

// One thing at a time is handed over here, and nothing of it is kept: a header, which is short.
void *EXPORT(proxy_on_memory_allocate)(size_t size) { return size <= sizeof handed_over ? handed_over : 0; }

void EXPORT(proxy_on_context_create)(uint32_t id, uint32_t parent) { (void)id, (void)parent; }

static bool is(const uint8_t *name, size_t length, const uint8_t *other, size_t other_length) {
  if (length != other_length) return false;
  for (size_t i = 0; i < length; i++) {
    if (name[i] != other[i]) return false;
  }
  return true;
}

static void write_to(uintptr_t address) { *(volatile uint8_t *)address = 1; }

static void loop(void) {
  for (volatile uint32_t turns = 0;; turns++) {
  }
}

/** Takes and touches pages until it has so many, or gets no more, which traps. */
static void grow(uint32_t mebibytes) {
  for (uint32_t i = 0; i < mebibytes; i++) {
    const size_t first = __builtin_wasm_memory_grow(0, PAGES_PER_MIB);
    if (first == SIZE_MAX) __builtin_trap();
    for (uint32_t page = 0; page < PAGES_PER_MIB; page++) {
      // Each page of the machine, which is smaller than one of Wasm.
      for (uint32_t at = 0; at < PAGE; at += 4096) write_to((first + page) * PAGE + at);
    }
  }
}

static void fail_as_told(const uint8_t *fault, size_t length) {
  if (is(fault, length, TEXT("trap"))) __builtin_trap();
  if (is(fault, length, TEXT("null"))) write_to(0);
  // The end of 4 GiB: no memory is that large here.
  if (is(fault, length, TEXT("out-of-bounds"))) write_to(UINTPTR_MAX);
  if (is(fault, length, TEXT("loop"))) loop();
  if (is(fault, length, TEXT("memory"))) grow(256);
  if (is(fault, length, TEXT("exhaust"))) grow(1536);
}

uint32_t EXPORT(proxy_on_request_headers)(uint32_t id, uint32_t count, uint32_t is_end) {
  (void)id, (void)count, (void)is_end;
  uint8_t *fault = 0;
  size_t length = 0;
  if (proxy_get_header_map_value(REQUEST_HEADERS, TEXT("x-fault"), &fault, &length) == STATUS_OK && fault != 0) {
    fail_as_told(fault, length);
  }
  if (proxy_replace_header_map_value(REQUEST_HEADERS, TEXT("x-filtered"), TEXT("1")) != STATUS_OK) __builtin_trap();
  return ACTION_CONTINUE;
}
