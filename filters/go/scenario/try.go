package scenario

import (
	"fmt"
	"maps"
	"testing"
)

// Names are the scenarios that the filters in Go do.
var Names = []string{"noop", "headers", "access", "chain", "inspect"}

// Filter is a configured filter under test.
type Filter interface {
	// Request sends a request through: what the upstream gets, or else the client.
	Request(headers map[string]string, body [][]byte) (upstream map[string]string, reply *Reply)
	// Response sends a response back.
	Response(headers map[string]string) map[string]string
}

// Reply is what the client gets in place of the upstream's response.
type Reply struct {
	Status uint32
	Body   string
}

// Try sends every case of every scenario through filters that `configure` makes, each in several cuts of its body.
func Try(t *testing.T, configure func(t *testing.T, job []byte) Filter) {
	for _, name := range Names {
		t.Run(name, func(t *testing.T) {
			scenario := Load(t, name)
			if len(scenario.Cases) == 0 {
				t.Fatal("there is no case")
			}
			filter := configure(t, scenario.JobJSON(t))
			for _, each := range scenario.Cases {
				for _, pieces := range []int{1, 2, 3, 5, 16, 1_000} {
					t.Run(fmt.Sprintf("%s, in %d", each.Name, pieces), func(t *testing.T) { each.try(t, filter, pieces) })
				}
			}
		})
	}
}

func (c Case) try(t *testing.T, filter Filter, pieces int) {
	upstream, reply := filter.Request(maps.Clone(c.Request.Headers), Split(c.Request.Body, pieces))
	if expected := c.Expect.Upstream; expected != nil {
		if reply != nil {
			t.Fatalf("it was refused: %v", reply)
		}
		expected.check(t, upstream)
		c.Expect.Client.check(t, filter.Response(map[string]string{}))
		return
	}
	if reply == nil {
		t.Fatalf("it reached the upstream: %v", upstream)
	}
	if client := c.Expect.Client; *reply != (Reply{client.Status, client.Body}) {
		t.Errorf("the client got %v, not %v", reply, client)
	}
}

func (e Expected) check(t *testing.T, headers map[string]string) {
	for name, expected := range e.Headers {
		value, isThere := headers[name]
		if isThere != (expected != nil) || isThere && value != *expected {
			t.Errorf("%s is %q (there: %v)", name, value, isThere)
		}
	}
}

// Split cuts a body into pieces of one length, the last one shorter; without a body there are none.
func Split(body string, pieces int) [][]byte {
	size := max(1, (len(body)+pieces-1)/pieces)
	var parts [][]byte
	for rest := []byte(body); len(rest) > 0; {
		length := min(size, len(rest))
		parts = append(parts, rest[:length])
		rest = rest[length:]
	}
	return parts
}
