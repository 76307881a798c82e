package core_test

import (
	"strings"
	"testing"

	"filterbench/filters/core"
)

func TestRefusesWhatIsNoJob(t *testing.T) {
	tests := map[string]string{
		``:                                    `unexpected end of JSON input`,
		`{`:                                   `unexpected end of JSON input`,
		`{}`:                                  `the field "job" is missing`,
		`{"job":"noop"} x`:                    `invalid character 'x'`,
		`{"job":"redact","words":["secret"]}`: `the job "redact" is not one of this filter's`,
		`{"job":"noop","request":{}}`:         `unknown field "request"`,
		`{"job":"access"}`:                    `the field "keys" is missing`,
		`{"job":"access","keys":{"a":""}}`:    `the value of "keys" must be visible text`,
		`{"job":"access","keys":{"":"a"}}`:    `must not be empty`,
		`{"job":"headers","request":{"X-A":"1"}}`: `"X-A" is not a lower-case HTTP header name`,
		`{"job":"headers","response":{"a":"\n"}}`: `the value of "a" must be visible text`,
		`{"job":"inspect"}`:                       `the field "words" is missing`,
		`{"job":"inspect","words":[]}`:            "`words`: must be 1 to 64",
		`{"job":"inspect","words":["abc"]}`:       `"abc" is not of 4 to 64 ASCII letters`,
		`{"job":"inspect","words":["größer"]}`:    `"größer" is not of 4 to 64 ASCII letters`,
	}
	for text, reason := range tests {
		_, err := core.ParseJob([]byte(text))
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: %v", text, err)
		} else if !strings.HasPrefix(err.Error(), "filterbench: job configuration: ") {
			t.Errorf("%v does not say whose it is", err)
		}
	}
}

func TestSetsHeadersInOneOrder(t *testing.T) {
	job, err := core.ParseJob([]byte(`{"job":"headers","request":{"x-b":"2","x-a":"say \"1\" \\","x-c":"3"}}`))
	if err != nil {
		t.Fatal(err)
	}
	headers, _ := job.OnRequestHeaders("")
	expected := []core.Header{{"x-a", `say "1" \`}, {"x-b", "2"}, {"x-c", "3"}}
	for i, header := range expected {
		if headers[i] != header {
			t.Errorf("%v", headers)
		}
	}
}
