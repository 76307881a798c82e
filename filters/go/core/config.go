package core

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// What each job may say; `job` itself is in all of them.
type (
	noopConfig struct {
		Job string `json:"job"`
	}
	headersConfig struct {
		noopConfig
		Request  map[string]string `json:"request"`
		Response map[string]string `json:"response"`
	}
	accessConfig struct {
		noopConfig
		Keys map[string]string `json:"keys"`
	}
	inspectConfig struct {
		noopConfig
		Words []string `json:"words"`
	}
)

// ParseJob reads a job from its JSON text, which may be borrowed: nothing of it is kept. The error names what is wrong.
func ParseJob(text []byte) (*Job, error) {
	job, err := parse(text)
	if err != nil {
		return nil, fmt.Errorf("filterbench: job configuration: %w", err)
	}
	return job, nil
}

func parse(text []byte) (*Job, error) {
	var head struct {
		Job string `json:"job"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, err
	}
	switch head.Job {
	case "noop":
		return &Job{}, strictly(text, &noopConfig{})
	case "headers":
		return headersJob(text)
	case "access":
		return accessJob(text)
	case "inspect":
		return inspectJob(text)
	case "":
		return nil, errors.New(`the field "job" is missing`)
	}
	return nil, fmt.Errorf("the job %q is not one of this filter's; it does noop, headers, access and inspect", head.Job)
}

// A field that a job does not know is a slip that would otherwise be measured.
func strictly(text []byte, config any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(config)
}

func headersJob(text []byte) (*Job, error) {
	var config headersConfig
	if err := strictly(text, &config); err != nil {
		return nil, err
	}
	request, err := headersOf(config.Request)
	if err != nil {
		return nil, err
	}
	response, err := headersOf(config.Response)
	if err != nil {
		return nil, err
	}
	return &Job{request: request, response: response}, nil
}

// By name, so that they are set in one order.
func headersOf(values map[string]string) ([]Header, error) {
	headers := make([]Header, 0, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name == "" || strings.ContainsFunc(name, isNoToken) {
			return nil, fmt.Errorf("%q is not a lower-case HTTP header name", name)
		}
		if err := checkValue(name, values[name]); err != nil {
			return nil, err
		}
		headers = append(headers, Header{name, values[name]})
	}
	return headers, nil
}

func accessJob(text []byte) (*Job, error) {
	var config accessConfig
	if err := strictly(text, &config); err != nil {
		return nil, err
	}
	if config.Keys == nil {
		return nil, errors.New(`the field "keys" is missing`)
	}
	clients := make(map[string][]Header, len(config.Keys))
	for key, client := range config.Keys {
		if key == "" {
			return nil, errors.New(`a key of "keys" must not be empty: it would let those through that have none`)
		}
		if err := checkValue("keys", client); err != nil {
			return nil, err
		}
		clients[key] = []Header{{ClientIDHeader, client}}
	}
	return &Job{clients: clients}, nil
}

func inspectJob(text []byte) (*Job, error) {
	var config inspectConfig
	if err := strictly(text, &config); err != nil {
		return nil, err
	}
	if config.Words == nil {
		return nil, errors.New(`the field "words" is missing`)
	}
	words, err := newWordList(config.Words)
	if err != nil {
		return nil, err
	}
	return &Job{words: words}, nil
}

// An empty value reads as "remove" to some mechanisms, so no job may ask for one.
func checkValue(of, value string) error {
	if value == "" || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
		return fmt.Errorf("the value of %q must be visible text", of)
	}
	return nil
}

func isNoToken(r rune) bool {
	isToken := r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	return !isToken
}
