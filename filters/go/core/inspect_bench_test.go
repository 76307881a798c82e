package core_test

import (
	"bytes"
	"strings"
	"testing"
)

var prose = []byte(strings.Repeat("A quiet evening by the river. Nothing to see, 24 times over. ", 270))

var benchWords = []string{
	"blackthorn", "brimstone", "kingfisher", "marlinspike", "moonstone", "pomegranate", "quicksilver", "windflower",
}

func BenchmarkInspect(b *testing.B) {
	job := inspect(b, benchWords)
	parts := [][]byte{prose}
	b.SetBytes(int64(len(prose)))
	for b.Loop() {
		job.OnRequestBody(parts)
	}
}

// What the standard library's search takes for the words alone.
func BenchmarkContainsEachWord(b *testing.B) {
	b.SetBytes(int64(len(prose)))
	for b.Loop() {
		for _, word := range benchWords {
			bytes.Contains(prose, []byte(word))
		}
	}
}
