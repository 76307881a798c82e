// A job done on a stream: all that happens per request.
#ifndef FILTERBENCH_FILTER_H
#define FILTERBENCH_FILTER_H

#include "../c-core/job.h"
#include "abi.h"

enum status on_request_headers(const struct job *job, stream_ptr stream, bool is_end);

/** Called for each part of a body. */
enum status on_request_body(const struct job *job, stream_ptr stream, bool is_end);

enum status on_request_trailers(const struct job *job, stream_ptr stream);

enum status on_response_headers(const struct job *job, stream_ptr stream);

#endif
