package core_test

import (
	"maps"
	"testing"

	"filterbench/filters/core"
	"filterbench/filters/scenario"
)

type jobAlone struct{ *core.Job }

func (j jobAlone) Request(headers map[string]string, body [][]byte) (map[string]string, *scenario.Reply) {
	upstream := map[string]string{}
	maps.Copy(upstream, headers)
	set, denial := j.OnRequestHeaders(headers[j.LookupHeader()])
	for _, header := range set {
		upstream[header.Name] = header.Value
	}
	if denial == nil && j.ReadsRequestBody() {
		denial = j.OnRequestBody(body)
	}
	if denial == nil {
		return upstream, nil
	}
	return nil, &scenario.Reply{Status: denial.Status, Body: string(denial.Body)}
}

func (j jobAlone) Response(headers map[string]string) map[string]string {
	for _, header := range j.ResponseHeaders() {
		headers[header.Name] = header.Value
	}
	return headers
}

func TestCasesOfTheScenarios(t *testing.T) {
	scenario.Try(t, func(t *testing.T, text []byte) scenario.Filter {
		job, err := core.ParseJob(text)
		if err != nil {
			t.Fatal(err)
		}
		return jobAlone{job}
	})
}

func TestOnlyJobsThatCanDenySaySo(t *testing.T) {
	for name, denies := range map[string]bool{"noop": false, "headers": false, "access": true, "inspect": true} {
		job, err := core.ParseJob(scenario.Load(t, name).JobJSON(t))
		if err != nil {
			t.Fatal(err)
		}
		if job.CanDeny() != denies {
			t.Errorf("%s: %v", name, job.CanDeny())
		}
	}
}

func TestRequestsAllocateNothing(t *testing.T) {
	prose := []byte("Nothing to see here, 24 times over. ")
	parts := [][]byte{prose, prose, prose}
	for _, name := range scenario.Names {
		job, err := core.ParseJob(scenario.Load(t, name).JobJSON(t))
		if err != nil {
			t.Fatal(err)
		}
		allocations := testing.AllocsPerRun(100, func() {
			job.OnRequestHeaders("key-2a8942fdc63ca71596612dec15ff")
			job.OnRequestBody(parts)
			job.ResponseHeaders()
		})
		if allocations != 0 {
			t.Errorf("%s: %v", name, allocations)
		}
	}
}
