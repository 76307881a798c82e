package core

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
)

const (
	fewestLetters = probeLetters
	mostLetters   = 64
	mostWords     = 64
	// How many letters are looked at together.
	probeLetters = 4
	hashBits     = 15
)

// wordList finds listed words, as plain substrings, just as filters/core does: every word has four letters in a row at
// one of the places that lie `stride` apart, as the stride is three less than the shortest word has letters. So only
// these places are looked at, and a table of bits tells nearly all of them from those where a word can be.
type wordList struct {
	// A bit for each hash that some place has.
	hashes [1 << hashBits / 64]uint64
	// In the order of their hashes.
	places  []place
	stride  int
	longest int
}

// place is where in a word the letters of a hash come from.
type place struct {
	hash   uint32
	offset int
	word   []byte
}

func newWordList(words []string) (*wordList, error) {
	if len(words) == 0 || len(words) > mostWords {
		return nil, fmt.Errorf("`words`: must be 1 to %d, not %d", mostWords, len(words))
	}
	list := &wordList{stride: mostLetters}
	for _, word := range words {
		if !isWord(word) {
			return nil, fmt.Errorf("`words`: %q is not of %d to %d ASCII letters", word, fewestLetters, mostLetters)
		}
		list.stride = min(list.stride, len(word)-probeLetters+1)
		list.longest = max(list.longest, len(word))
	}
	for _, word := range words {
		list.add([]byte(word))
	}
	slices.SortStableFunc(list.places, func(a, b place) int { return cmp.Compare(a.hash, b.hash) })
	return list, nil
}

func isWord(text string) bool {
	for i := range len(text) {
		if letter := text[i] | 0x20; letter < 'a' || letter > 'z' {
			return false
		}
	}
	return len(text) >= fewestLetters && len(text) <= mostLetters
}

func (l *wordList) add(word []byte) {
	for offset := range l.stride {
		hash := hashOf(word[offset:])
		l.hashes[hash/64] |= 1 << (hash % 64)
		l.places = append(l.places, place{hash, offset, word})
	}
}

// areIn says whether one of the words is in a body that comes in parts.
func (l *wordList) areIn(parts [][]byte) bool {
	// Room for what is around a border, on either side one letter less than a word can have.
	var around [2 * (mostLetters - 1)]byte
	reach := l.longest - 1
	tail := 0
	for i, part := range parts {
		if tail > 0 {
			length := tail + copy(around[tail:], part[:min(reach, len(part))])
			if l.search(around[:length]) {
				return true
			}
		}
		if l.search(part) {
			return true
		}
		if i+1 < len(parts) {
			tail = remember(around[:], tail, part, reach)
		}
	}
	return false
}

// remember puts the last bytes of all that was read, at most `most` of them, at the start of `kept`, where the last
// `count` before this part are; it says how many there are now.
func remember(kept []byte, count int, part []byte, most int) int {
	if len(part) >= most {
		return copy(kept, part[len(part)-most:])
	}
	before := min(count, most-len(part))
	copy(kept, kept[count-before:count])
	return before + copy(kept[before:], part)
}

// search looks through bytes that are in one piece.
func (l *wordList) search(text []byte) bool {
	for at := 0; at+probeLetters <= len(text); at += l.stride {
		hash := hashOf(text[at:])
		if l.hashes[hash/64]>>(hash%64)&1 != 0 && l.isAround(text, at, hash) {
			return true
		}
	}
	return false
}

// isAround says whether a word is where these letters may be a part of one. It is out of line, so that the loop stays
// small.
//
//go:noinline
func (l *wordList) isAround(text []byte, at int, hash uint32) bool {
	byHash := func(p place, hash uint32) int { return cmp.Compare(p.hash, hash) }
	first, _ := slices.BinarySearchFunc(l.places, hash, byHash)
	for _, place := range l.places[first:] {
		if place.hash != hash {
			break
		}
		if start := at - place.offset; start >= 0 && bytes.HasPrefix(text[start:], place.word) {
			return true
		}
	}
	return false
}

// hashOf mixes the first four letters by Knuth's multiplicative hash: the high bits depend on all of them.
func hashOf(text []byte) uint32 {
	const factor = 2_654_435_769
	return binary.LittleEndian.Uint32(text) * factor >> (32 - hashBits)
}
