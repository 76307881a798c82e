// Package scenario reads the scenarios that are measured, and tries their cases on a filter without Envoy.
package scenario

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Scenario is what a test needs of a file in scenarios/.
type Scenario struct {
	Job    map[string]any
	Tables map[string]string
	Cases  []Case
}

// Case is one exchange.
type Case struct {
	Name    string
	Request Request
	Expect  struct {
		// Nil where the request must not get there.
		Upstream *Expected
		Client   Expected
	}
}

// Request is what the client sends.
type Request struct {
	Headers map[string]string
	Body    string
}

// Expected is what must arrive: headers that are null must not.
type Expected struct {
	Status  uint32
	Headers map[string]*string
	Body    string
}

// Load reads one of the scenarios by its name; of a row of filters, as the first one sees it.
func Load(t testing.TB, name string) Scenario {
	t.Helper()
	var scenario Scenario
	text := strings.ReplaceAll(string(read(t, name+".yaml")), "${link}", "1")
	if err := yaml.Unmarshal([]byte(text), &scenario); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return scenario
}

// JobJSON is the job's configuration, with its tables filled in.
func (s Scenario) JobJSON(t testing.TB) []byte {
	t.Helper()
	job := map[string]any{}
	for field, value := range s.Job {
		if text, ok := value.(string); ok && strings.HasPrefix(text, "${") {
			value = json.RawMessage(read(t, s.Tables[strings.Trim(text, "${}")]))
		}
		job[field] = value
	}
	text, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	text, err := os.ReadFile(filepath.Join(filepath.Dir(here), "../../../scenarios", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
