// The jobs that the C filters do: those of filters/core that they know.
#ifndef FILTERBENCH_JOB_H
#define FILTERBENCH_JOB_H

#include "arena.h"
#include "inspection.h"
#include "keys.h"

enum job_kind { JOB_NOOP, JOB_HEADERS, JOB_ACCESS, JOB_INSPECT };

/** A configured job; nothing of it changes with requests. */
struct job {
  enum job_kind kind;
  /** Where all of it lies, itself too. */
  struct arena arena;
  /** `headers`: by name, each replacing what the message has. */
  struct pairs request;
  struct pairs response;
  /** `access`. */
  struct keys keys;
  /** `inspect`. */
  struct words *words;
};

/** A reply in place of passing the request on; a shell lets Envoy label it text/plain. */
struct denial {
  uint32_t status;
  struct bytes body;
};

extern const struct bytes api_key_header;
extern const struct bytes client_id_header;
extern const struct denial unauthenticated;

/** Why a body is blocked, or null where it may pass. */
const struct denial *denial_of(enum finding found);

/**
 * Reads a job from its JSON text, which it unescapes in place and keeps; null where it is refused. What it took is in
 * `arena`, and in the job's own.
 */
struct job *job_from_json(struct arena *arena, uint8_t *json, size_t length, struct refusal *refusal);

#endif
