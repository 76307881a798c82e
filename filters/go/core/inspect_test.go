package core_test

import (
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"filterbench/filters/core"
)

var words = []string{"secret", "Merger", "confidential", "internal"}

// What is near to a finding: the first four are valid card numbers, and the next ones what these are made of.
var fragments = []string{
	"4111111111111111", "4111 1111 1111 1111", "5500-0000-0000-0004", "4012888888881881",
	"4111", "1111", "0004", "5500", "0000", "41111111", "4111111111111112", "41", "7",
	" ", "-", "  ", ". ", "a", "secre", "secret", "t", "Secret", "Merger", "Merge", "confid", "ential",
	"confidential", "intern", "al", "internal", "plain prose without anything. ", "\n", "",
}

var (
	digitRuns   = regexp.MustCompile(`\d+`)
	digitGroups = regexp.MustCompile(`\d+(?:[ -]\d+)*`)
)

// The plainest search, by what a card number is.
func inspectNaively(body string) *core.Denial {
	for _, run := range digitRuns.FindAllString(body, -1) {
		if len(run) == 16 && passesLuhn(run) {
			return core.CardFound
		}
	}
	for _, groups := range digitGroups.FindAllString(body, -1) {
		parts := regexp.MustCompile(`[ -]|\d+`).FindAllString(groups, -1)
		for i := 0; i+7 <= len(parts); i += 2 {
			if isGrouped(parts[i:i+7]) && passesLuhn(parts[i]+parts[i+2]+parts[i+4]+parts[i+6]) {
				return core.CardFound
			}
		}
	}
	for _, word := range words {
		if strings.Contains(body, word) {
			return core.WordFound
		}
	}
	return nil
}

func isGrouped(parts []string) bool {
	for i, part := range parts {
		if i%2 == 0 && len(part) != 4 || i%2 == 1 && part != parts[1] {
			return false
		}
	}
	return true
}

func passesLuhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		digit := int(digits[i] - '0')
		if i%2 == 0 {
			digit *= 2
		}
		sum += digit/10 + digit%10
	}
	return sum%10 == 0
}

func TestFindsInPartsWhatThePlainestSearchFindsInTheWhole(t *testing.T) {
	job := inspect(t, words)
	random := rand.New(rand.NewPCG(11, 0))
	found := map[*core.Denial]int{}
	for range 20_000 {
		var text strings.Builder
		for range 1 + random.IntN(12) {
			text.WriteString(fragments[random.IntN(len(fragments))])
		}
		var parts [][]byte
		most := 1 + random.IntN(40)
		for rest := []byte(text.String()); len(rest) > 0; {
			length := min(random.IntN(most+1), len(rest))
			parts = append(parts, rest[:length])
			rest = rest[length:]
		}
		denial := job.OnRequestBody(parts)
		if denial != inspectNaively(text.String()) {
			t.Fatalf("%q: %v", parts, denial)
		}
		found[denial]++
	}
	for _, denial := range []*core.Denial{nil, core.WordFound, core.CardFound} {
		if found[denial] < 1_000 {
			t.Errorf("%v only %d times", denial, found[denial])
		}
	}
}

func TestFindsLongWordsOverShortParts(t *testing.T) {
	long := strings.Repeat("ab", 32)
	job := inspect(t, []string{long, "shorty"})
	for size := 1; size < 70; size++ {
		var parts [][]byte
		for rest := "... " + long + " ..."; rest != ""; {
			length := min(size, len(rest))
			parts = append(parts, []byte(rest[:length]))
			rest = rest[length:]
		}
		if job.OnRequestBody(parts) != core.WordFound {
			t.Errorf("in parts of %d", size)
		}
	}
}

func inspect(t testing.TB, words []string) *core.Job {
	t.Helper()
	text, err := json.Marshal(map[string]any{"job": "inspect", "words": words})
	if err != nil {
		t.Fatal(err)
	}
	job, err := core.ParseJob(text)
	if err != nil {
		t.Fatal(err)
	}
	return job
}
