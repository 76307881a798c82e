// Package core holds each job once, for the Wasm module and the dynamic module in Go. It knows no host: a shell hands
// over what a job wants to see, and does what it is told.
package core

// APIKeyHeader carries the client's key in the access job.
const APIKeyHeader = "x-api-key"

// ClientIDHeader names the client to the upstream in the access job.
const ClientIDHeader = "x-client-id"

// Header is one to set, in place of every value that the message has under its name.
type Header struct {
	Name, Value string
}

// Denial is a reply in place of passing the request on. Its body is plain text, as Envoy labels it by itself.
type Denial struct {
	Status uint32
	Body   []byte
}

// Unauthenticated is what Envoy's own api_key_auth answers.
var Unauthenticated = &Denial{401, []byte("Client authentication failed.")}

// CardFound is the reply to a body with a card number, whatever else is in it.
var CardFound = &Denial{403, []byte("Blocked: card number.")}

// WordFound is the reply to a body with a listed word.
var WordFound = &Denial{403, []byte("Blocked: forbidden word.")}

// Job is one of the jobs, ready for requests. None changes it, so all threads may use it.
type Job struct {
	request, response []Header
	// By key, the one header to set.
	clients map[string][]Header
	words   *wordList
}

// LookupHeader is the one request header whose value OnRequestHeaders wants; empty where it wants none.
func (j *Job) LookupHeader() string {
	if j.clients == nil {
		return ""
	}
	return APIKeyHeader
}

// ReadsRequestBody says whether nothing of a request may go on before OnRequestBody saw all of its body.
func (j *Job) ReadsRequestBody() bool {
	return j.words != nil
}

// CanDeny says whether a request may get a Denial.
func (j *Job) CanDeny() bool {
	return j.clients != nil || j.words != nil
}

// OnRequestHeaders decides about a request by its headers: which to set, or how to deny it. The value is that of
// LookupHeader, and is not kept; a header that is missing is like an empty one.
func (j *Job) OnRequestHeaders(value string) ([]Header, *Denial) {
	if j.clients == nil {
		return j.request, nil
	}
	client, isKnown := j.clients[value]
	if !isKnown {
		return nil, Unauthenticated
	}
	return client, nil
}

// OnRequestBody decides about a request by its body, which comes in parts, so that none need be copied together; nil
// lets it pass.
func (j *Job) OnRequestBody(parts [][]byte) *Denial {
	switch {
	case j.words == nil:
		return nil
	case holdsCard(parts):
		return CardFound
	case j.words.areIn(parts):
		return WordFound
	}
	return nil
}

// ResponseHeaders are those to set on every response.
func (j *Job) ResponseHeaders() []Header {
	return j.response
}
