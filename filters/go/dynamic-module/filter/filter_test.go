package filter

import (
	"strings"
	"testing"

	"github.com/envoyproxy/envoy/source/extensions/dynamic_modules/sdk/go/shared"

	"filterbench/filters/scenario"
)

func TestCasesOfTheScenarios(t *testing.T) {
	ways := map[string]underTest{
		"to the end":       {},
		"with trailers":    {trailers: true},
		"kept by a filter": {keptBefore: true},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			scenario.Try(t, func(t *testing.T, job []byte) scenario.Filter {
				way.t, way.factory = t, create(t, string(job))
				return way
			})
		})
	}
}

func TestNothingGoesOnBeforeTheWholeBodyWasSeen(t *testing.T) {
	stream := &stream{}
	filter := create(t, `{"job":"inspect","words":["secret"]}`).Create(stream)
	if status := filter.OnRequestHeaders(headerMap{}, false); status != shared.HeadersStatusStop {
		t.Errorf("headers: %v", status)
	}
	part := &body{parts: [][]byte{[]byte("secret")}}
	if status := filter.OnRequestBody(part, false); status != shared.BodyStatusStopAndBuffer {
		t.Errorf("body: %v", status)
	}
	if stream.reply != nil {
		t.Error("it was answered early")
	}
}

func TestRefusesWhatIsNoJob(t *testing.T) {
	_, err := (&ConfigFactory{}).Create(nil, []byte(`{"job":"redact","words":["secret"]}`))
	if err == nil || !strings.HasPrefix(err.Error(), "filterbench: ") {
		t.Error(err)
	}
}

func create(t *testing.T, job string) shared.HttpFilterFactory {
	t.Helper()
	factory, err := (&ConfigFactory{}).Create(nil, []byte(job))
	if err != nil {
		t.Fatal(err)
	}
	return factory
}
