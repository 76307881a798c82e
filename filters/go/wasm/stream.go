//go:build wasip1

package main

import (
	"errors"
	"math"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"filterbench/filters/core"
)

// stream does the job on a request and its response.
type stream struct {
	types.DefaultHttpContext
	job *core.Job
}

func (s *stream) OnHttpRequestHeaders(_ int, endOfStream bool) types.Action {
	value := ""
	if name := s.job.LookupHeader(); name != "" {
		var err error
		value, err = proxywasm.GetHttpRequestHeader(name)
		mustUnlessMissing(err)
	}
	headers, denial := s.job.OnRequestHeaders(value)
	if denial != nil {
		return deny(denial)
	}
	for _, header := range headers {
		must(proxywasm.ReplaceHttpRequestHeader(header.Name, header.Value))
	}
	if s.job.ReadsRequestBody() && !endOfStream {
		// Only the headers stop, as `allow_on_headers_stop_iteration` is set; without it no body would come.
		return types.ActionPause
	}
	return types.ActionContinue
}

func (s *stream) OnHttpRequestBody(size int, endOfStream bool) types.Action {
	switch {
	case !s.job.ReadsRequestBody():
		return types.ActionContinue
	case !endOfStream:
		return types.ActionPause
	}
	return s.checkBody(size)
}

func (s *stream) OnHttpRequestTrailers(int) types.Action {
	if !s.job.ReadsRequestBody() {
		return types.ActionContinue
	}
	// Trailers end a body too; Envoy gives as much as there is.
	return s.checkBody(math.MaxInt32)
}

func (s *stream) OnHttpResponseHeaders(int, bool) types.Action {
	for _, header := range s.job.ResponseHeaders() {
		must(proxywasm.ReplaceHttpResponseHeader(header.Name, header.Value))
	}
	return types.ActionContinue
}

func (s *stream) checkBody(size int) types.Action {
	var body []byte
	if size > 0 {
		var err error
		body, err = proxywasm.GetHttpRequestBody(0, size)
		mustUnlessMissing(err)
	}
	if denial := s.job.OnRequestBody([][]byte{body}); denial != nil {
		return deny(denial)
	}
	return types.ActionContinue
}

func deny(denial *core.Denial) types.Action {
	must(proxywasm.SendHttpResponse(denial.Status, nil, denial.Body, -1))
	return types.ActionPause
}

// must traps where Envoy refuses a call, and the request gets 503: a header silently not set, or a body not seen, would
// be measured as a fast filter.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

func mustUnlessMissing(err error) {
	if !errors.Is(err, types.ErrorStatusNotFound) {
		must(err)
	}
}
