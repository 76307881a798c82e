#include "job.h"

#include "cards.h"

const struct bytes api_key_header = TEXT("x-api-key");
const struct bytes client_id_header = TEXT("x-client-id");
// What Envoy's own `api_key_auth` answers.
const struct denial unauthenticated = {401, TEXT("Client authentication failed.")};

const struct denial *denial_of(enum finding found) {
  static const struct denial card = {403, TEXT("Blocked: card number.")};
  static const struct denial word = {403, TEXT("Blocked: forbidden word.")};
  return found == FOUND_CARD ? &card : found == FOUND_WORD ? &word : 0;
}

// The fields of all jobs; which of them a job takes is in `kinds`.
enum { REQUEST, RESPONSE, KEYS, WORDS, FIELDS };

static const struct bytes field_names[FIELDS] = {TEXT("request"), TEXT("response"), TEXT("keys"), TEXT("words")};

static const struct {
  struct bytes name;
  uint8_t takes[FIELDS];
  /** The field that it cannot do without. */
  uint8_t needs;
} kinds[] = {
    [JOB_NOOP] = {TEXT("noop"), {0}, FIELDS},
    [JOB_HEADERS] = {TEXT("headers"), {[REQUEST] = 1, [RESPONSE] = 1}, FIELDS},
    [JOB_ACCESS] = {TEXT("access"), {[KEYS] = 1}, KEYS},
    [JOB_INSPECT] = {TEXT("inspect"), {[WORDS] = 1}, WORDS},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

struct draft {
  struct arena *arena;
  bool has_kind;
  enum job_kind kind;
  bool has[FIELDS];
  struct pairs fields[FIELDS];
};

static bool read_kind(struct draft *draft, struct json *json) {
  struct bytes name;
  if (!json_string(json, &name)) return false;
  for (size_t i = 0; i < KINDS; i++) {
    if (!bytes_equal(name, kinds[i].name)) continue;
    draft->kind = (enum job_kind)i;
    draft->has_kind = true;
    return true;
  }
  return refuse(json->refusal, TEXT("the job \""), name,
                TEXT("\" is not one of this filter's; it does noop, headers, access and inspect"));
}

static bool read_field(void *into, struct bytes name, struct json *json) {
  struct draft *draft = into;
  if (bytes_equal(name, TEXT("job"))) return read_kind(draft, json);
  for (size_t i = 0; i < FIELDS; i++) {
    if (!bytes_equal(name, field_names[i])) continue;
    if (draft->has[i]) return refuse(json->refusal, TEXT("the field \""), name, TEXT("\" is there twice"));
    draft->has[i] = true;
    return i == WORDS ? pairs_from_list(&draft->fields[i], draft->arena, json)
                      : pairs_from_object(&draft->fields[i], draft->arena, json);
  }
  return refuse(json->refusal, TEXT("unknown field \""), name, TEXT("\""));
}

static bool check_fields(const struct draft *draft, struct refusal *refusal) {
  if (!draft->has_kind) return refuse(refusal, TEXT("the field \"job\" is missing"), TEXT(""), TEXT(""));
  for (size_t i = 0; i < FIELDS; i++) {
    if (draft->has[i] && !kinds[draft->kind].takes[i]) {
      return refuse(refusal, TEXT("this job takes no field \""), field_names[i], TEXT("\""));
    }
    if (!draft->has[i] && kinds[draft->kind].needs == i) {
      return refuse(refusal, TEXT("the field \""), field_names[i], TEXT("\" is missing"));
    }
  }
  return true;
}

static bool is_token(uint8_t byte) {
  if (is_digit(byte) || (byte >= 'a' && byte <= 'z')) return true;
  static const char others[] = "!#$%&'*+-.^_`|~";
  for (size_t i = 0; i < sizeof others - 1; i++) {
    if (byte == (uint8_t)others[i]) return true;
  }
  return false;
}

static bool check_name(struct bytes name, struct refusal *refusal) {
  bool is_name = name.length > 0;
  for (size_t i = 0; i < name.length; i++) is_name = is_name && is_token(name.at[i]);
  return is_name || refuse(refusal, TEXT("\""), name, TEXT("\" is not a lower-case HTTP header name"));
}

static bool check_value(struct bytes of, struct bytes value, struct refusal *refusal) {
  // An empty value reads as "remove" to some mechanisms, so no job may ask for one.
  bool is_visible = value.length > 0;
  for (size_t i = 0; i < value.length; i++) is_visible = is_visible && value.at[i] >= ' ' && value.at[i] <= '~';
  return is_visible || refuse(refusal, TEXT("the value of \""), of, TEXT("\" must be visible text"));
}

static bool is_before(struct bytes a, struct bytes b) {
  size_t i = 0;
  while (i < a.length && i < b.length && a.at[i] == b.at[i]) i++;
  return i < b.length && (i == a.length || a.at[i] < b.at[i]);
}

// By name, as filters/core sets them; of a name given twice, the last counts.
static bool build_headers(struct pairs *headers, struct arena *arena, struct pairs given, struct refusal *refusal) {
  for (size_t i = 0; i < given.count; i++) {
    const struct pair header = given.at[i];
    if (!check_name(header.name, refusal) || !check_value(header.name, header.value, refusal)) return false;
    size_t at = 0;
    while (at < headers->count && is_before(headers->at[at].name, header.name)) at++;
    if (at == headers->count || !bytes_equal(headers->at[at].name, header.name)) {
      pairs_add(headers, arena, header);
      for (size_t j = headers->count - 1; j > at; j--) headers->at[j] = headers->at[j - 1];
    }
    headers->at[at] = header;
  }
  return true;
}

static bool build(struct job *job, const struct draft *draft, struct refusal *refusal) {
  const struct pairs keys = draft->fields[KEYS];
  switch (draft->kind) {
    case JOB_NOOP:
      return true;
    case JOB_HEADERS:
      return build_headers(&job->request, draft->arena, draft->fields[REQUEST], refusal) &&
             build_headers(&job->response, draft->arena, draft->fields[RESPONSE], refusal);
    case JOB_ACCESS:
      for (size_t i = 0; i < keys.count; i++) {
        if (!check_value(field_names[KEYS], keys.at[i].value, refusal)) return false;
      }
      keys_build(&job->keys, draft->arena, keys);
      return true;
    case JOB_INSPECT:
      job->words = arena_take(draft->arena, sizeof *job->words);
      return words_build(job->words, draft->arena, draft->fields[WORDS], refusal);
  }
  return false;
}

struct job *job_from_json(struct arena *arena, uint8_t *text, size_t length, struct refusal *refusal) {
  struct draft draft = {.arena = arena};
  struct json json = {text, text + length, refusal};
  struct job *job = arena_take(arena, sizeof *job);
  if (!json_object(&json, read_field, &draft) || !json_end(&json) || !check_fields(&draft, refusal)) return 0;
  *job = (struct job){.kind = draft.kind};
  if (!build(job, &draft, refusal)) return 0;
  job->arena = *arena;
  return job;
}
