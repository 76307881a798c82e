// Package filter does a job on a stream. It knows Envoy's SDK, but needs no Envoy to run in.
package filter

import (
	"unsafe"

	"github.com/envoyproxy/envoy/source/extensions/dynamic_modules/sdk/go/shared"

	"filterbench/filters/core"
)

// ConfigFactory reads configurations.
type ConfigFactory struct {
	shared.EmptyHttpFilterConfigFactory
}

// Create reads a job; the text is Envoy's own, and nothing of it is kept.
func (*ConfigFactory) Create(_ shared.HttpFilterConfigHandle, text []byte) (shared.HttpFilterFactory, error) {
	job, err := core.ParseJob(text)
	if err != nil {
		return nil, err
	}
	return &factory{job: job, passing: &filter{job: job}}, nil
}

// factory makes a filter for each stream.
type factory struct {
	job *core.Job
	// For all streams of a job that never needs more of them than their headers.
	passing *filter
}

func (f *factory) Create(handle shared.HttpFilterHandle) shared.HttpFilter {
	if !f.job.CanDeny() {
		return f.passing
	}
	return &filter{job: f.job, handle: handle}
}

func (*factory) OnDestroy() {}

type filter struct {
	shared.EmptyHttpFilter
	job    *core.Job
	handle shared.HttpFilterHandle
}

func (f *filter) OnRequestHeaders(headers shared.HeaderMap, endOfStream bool) shared.HeadersStatus {
	value := ""
	if name := f.job.LookupHeader(); name != "" {
		value = borrowValue(headers, name)
	}
	set, denial := f.job.OnRequestHeaders(value)
	if denial != nil {
		f.deny(denial)
		return shared.HeadersStatusStop
	}
	for _, header := range set {
		headers.Set(header.Name, header.Value)
	}
	if f.job.ReadsRequestBody() && !endOfStream {
		return shared.HeadersStatusStop
	}
	return shared.HeadersStatusContinue
}

func (f *filter) OnRequestBody(received shared.BodyBuffer, endOfStream bool) shared.BodyStatus {
	switch {
	case !f.job.ReadsRequestBody():
		return shared.BodyStatusContinue
	case !endOfStream:
		return shared.BodyStatusStopAndBuffer
	case f.isDenied(received):
		return shared.BodyStatusStopNoBuffer
	}
	return shared.BodyStatusContinue
}

// Trailers end a body too.
func (f *filter) OnRequestTrailers(shared.HeaderMap) shared.TrailersStatus {
	if f.job.ReadsRequestBody() && f.isDenied(nil) {
		return shared.TrailersStatusStop
	}
	return shared.TrailersStatusContinue
}

func (f *filter) OnResponseHeaders(headers shared.HeaderMap, _ bool) shared.HeadersStatus {
	for _, header := range f.job.ResponseHeaders() {
		headers.Set(header.Name, header.Value)
	}
	return shared.HeadersStatusContinue
}

// isDenied searches the body where Envoy holds it: what was kept so far, and what came last.
func (f *filter) isDenied(received shared.BodyBuffer) bool {
	// Envoy's slices are of 16 KiB, more or less; where there are more than these, the heap takes them.
	var usual [16][]byte
	parts := borrowParts(usual[:0], f.handle.BufferedRequestBody())
	kept := len(parts)
	if received != nil {
		parts = borrowParts(parts, received)
	}
	// Where an earlier filter kept the body, Envoy hands over the very buffer that it keeps.
	if kept > 0 && kept < len(parts) && unsafe.SliceData(parts[0]) == unsafe.SliceData(parts[kept]) {
		parts = parts[:kept]
	}
	denial := f.job.OnRequestBody(parts)
	if denial != nil {
		f.deny(denial)
	}
	return denial != nil
}

func (f *filter) deny(denial *core.Denial) {
	f.handle.SendLocalResponse(denial.Status, nil, denial.Body, "")
}
