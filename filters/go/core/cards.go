package core

// Card numbers: 16 digits, contiguous or as four groups of four with the same single space or dash between them, with
// no further digit directly before or after, and valid by Luhn's formula.
const (
	cardDigits  = 16
	groupDigits = 4
	// Bytes of a card number with its separators.
	longestCard = 19
	// Separators stand five bytes apart, so of two bytes eight apart in a card number one is a digit; and a card number
	// has at least two such.
	cardStride = 8
)

// cardReader finds card numbers in a body that is read part by part; it keeps no bytes of it but the last digits.
type cardReader struct {
	// The last 16 digits, four bits each.
	digits uint64
	// Digits in a row up to the last byte; 17 stands for more than 16.
	run int
	// Groups of four right before this run (or before the separator that was read last), at most three.
	groups int
	// What stands between and behind these groups.
	separator byte
}

func holdsCard(parts [][]byte) bool {
	var reader cardReader
	for _, part := range parts {
		if reader.read(part) {
			return true
		}
	}
	// The end of the body ends a card number as any other byte does.
	return reader.step('\n')
}

// read reads on, and says whether a card number ended in these bytes.
func (r *cardReader) read(text []byte) bool {
	for at := 0; at < len(text); {
		sure := at
		if r.isIdle() {
			at, sure = nextChance(text, at)
		}
		for at < len(text) && (at < sure || !r.isIdle()) {
			if r.step(text[at]) {
				return true
			}
			at++
		}
	}
	return false
}

// isIdle says that nothing that was read can be part of a card number to come.
func (r *cardReader) isIdle() bool {
	return r.run == 0 && r.groups == 0
}

// step takes one byte, and says whether a card number ended before it.
func (r *cardReader) step(b byte) bool {
	if isDigit(b) {
		r.digits = r.digits<<4 | uint64(b-'0')
		r.run = min(r.run+1, cardDigits+1)
		return false
	}
	isCard := r.run == cardDigits || r.run == groupDigits && r.groups == 3
	isCard = isCard && passesLuhn(r.digits)
	switch {
	case r.run != groupDigits || !isSeparator(b):
		r.groups = 0
	case b == r.separator:
		r.groups = min(r.groups+1, 3)
	default:
		r.groups = 1
	}
	r.separator = b
	r.run = 0
	return isCard
}

// nextChance says from where on bytes must be read one by one, and up to where at least; where a card number can at
// most begin later, that is up to the end.
func nextChance(text []byte, from int) (begin, sure int) {
	for probe := from + cardStride - 1; probe < len(text); probe += cardStride {
		if isDigit(text[probe]) {
			return firstBefore(text, from, probe+1), probe + 1
		}
	}
	return firstBefore(text, from, len(text)), len(text)
}

// firstBefore says where the first card number begins that can have the byte before `end`.
func firstBefore(text []byte, from, end int) int {
	begin := end
	earliest := max(end-longestCard, from)
	for begin > earliest && (isDigit(text[begin-1]) || isSeparator(text[begin-1])) {
		begin--
	}
	// A run of digits counts as a whole: one digit too many, and it is no card number.
	for begin > from && isDigit(text[begin-1]) {
		begin--
	}
	return begin
}

func isDigit(b byte) bool {
	return b-'0' < 10
}

func isSeparator(b byte) bool {
	return b == ' ' || b == '-'
}

// passesLuhn adds up the digits, every second one from the right doubled and its own digits added up.
func passesLuhn(digits uint64) bool {
	doubled := [10]byte{0, 2, 4, 6, 8, 1, 3, 5, 7, 9}
	sum := 0
	for ; digits != 0; digits >>= 8 {
		sum += int(digits&15) + int(doubled[digits>>4&15])
	}
	return sum%10 == 0
}
