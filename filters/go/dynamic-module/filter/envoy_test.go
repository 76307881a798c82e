package filter

import (
	"maps"
	"testing"

	"github.com/envoyproxy/envoy/source/extensions/dynamic_modules/sdk/go/shared"

	"filterbench/filters/scenario"
)

// stream is an Envoy for one stream: as much of it as the filter asks for.
type stream struct {
	shared.HttpFilterHandle
	kept  body
	reply *scenario.Reply
}

func (s *stream) BufferedRequestBody() shared.BodyBuffer { return &s.kept }

func (s *stream) SendLocalResponse(status uint32, headers [][2]string, body []byte, _ string) {
	if len(headers) > 0 {
		panic("Envoy labels a local reply by itself")
	}
	s.reply = &scenario.Reply{Status: status, Body: string(body)}
}

type headerMap struct {
	shared.HeaderMap
	values map[string]string
}

func (h headerMap) Set(name, value string) { h.values[name] = value }

type body struct {
	shared.BodyBuffer
	parts [][]byte
}

// underTest runs a filter as Envoy does.
type underTest struct {
	t       *testing.T
	factory shared.HttpFilterFactory
	// With trailers, which then end the body.
	trailers bool
	// Whether an earlier filter kept the body, which then comes as a whole, from the buffer that it was kept in.
	keptBefore bool
}

func (u underTest) Request(sent map[string]string, parts [][]byte) (map[string]string, *scenario.Reply) {
	stream := &stream{}
	filter := u.factory.Create(stream)
	upstream := headerMap{values: map[string]string{}}
	maps.Copy(upstream.values, sent)
	isAtEnd := len(parts) == 0 && !u.trailers
	goesOn := filter.OnRequestHeaders(upstream, isAtEnd) == shared.HeadersStatusContinue
	switch {
	case stream.reply != nil || isAtEnd:
	case u.keptBefore:
		stream.kept.parts = parts
		goesOn = filter.OnRequestBody(&stream.kept, true) == shared.BodyStatusContinue
	default:
		goesOn = u.send(filter, stream, parts) || goesOn
	}
	if goesOn == (stream.reply != nil) {
		u.t.Fatalf("goes on: %v, with the reply %v", goesOn, stream.reply)
	}
	if stream.reply != nil {
		return nil, stream.reply
	}
	return upstream.values, nil
}

func (u underTest) send(filter shared.HttpFilter, stream *stream, parts [][]byte) (goesOn bool) {
	for i, part := range parts {
		isAtEnd := i+1 == len(parts) && !u.trailers
		switch filter.OnRequestBody(&body{parts: [][]byte{part}}, isAtEnd) {
		case shared.BodyStatusContinue:
			goesOn = true
		case shared.BodyStatusStopAndBuffer:
			if isAtEnd {
				u.t.Fatal("a whole body is kept, and nothing will come")
			}
			stream.kept.parts = append(stream.kept.parts, part)
		}
	}
	if u.trailers {
		goesOn = filter.OnRequestTrailers(headerMap{}) == shared.TrailersStatusContinue
	}
	return goesOn
}

func (u underTest) Response(headers map[string]string) map[string]string {
	u.factory.Create(&stream{}).OnResponseHeaders(headerMap{values: headers}, true)
	return headers
}
