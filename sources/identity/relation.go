package identity

import (
	"slices"
	"strings"
)

// relation is what two names say about whether they can mean one person.
type relation uint8

const (
	unrelated relation = iota // two full names with nothing in common
	neutral                   // one of them is no full name, or they are in different scripts
	similar                   // they share a word, or one can be made from the other
	variant                   // forms of one name: initials, middle names, nicknames, typing errors
	same                      // equal but for case, accents, spaces
)

func relate(a, b *personName) relation {
	if a == b || a.letters == b.letters && a.letters != "" {
		return same
	}
	if a.full && b.full {
		return relateFull(a, b)
	}
	switch {
	case a.letters == "" || b.letters == "" || a.pair || b.pair:
		return neutral
	case a.full && isHandleOf(b.letters, a), b.full && isHandleOf(a.letters, b):
		return similar
	}
	return neutral
}

func relateFull(a, b *personName) relation {
	switch {
	case a.latin != b.latin:
		return neutral
	case isVariant(a, b):
		return variant
	case shareWord(a, b):
		return similar
	}
	return unrelated
}

// isVariant holds for `Ada Lovelace` and `Ada B. Lovelace`, `Bob Byron` and `Robert Byron`, `Lovelace
// Ada`, `Ada Lovelcae`.
func isVariant(a, b *personName) bool {
	if a.last() == b.last() && isSameGivenName(a.first(), b.first()) {
		return true
	}
	if a.sorted == b.sorted {
		return true
	}
	return isTypingError(a.letters, b.letters)
}

func isSameGivenName(a, b string) bool {
	if a == b || nicknames[a] != "" && nicknames[a] == nicknames[b] || nicknames[a] == b || nicknames[b] == a {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 3 && strings.HasPrefix(b, a)
}

func shareWord(a, b *personName) bool {
	for _, word := range a.tokens {
		if len(word) >= 3 && slices.Contains(b.tokens, word) {
			return true
		}
	}
	return false
}

// isTypingError allows one edit in eight letters and more, two in fourteen and more.
func isTypingError(a, b string) bool {
	allowed := 0
	switch shorter := min(len(a), len(b)); {
	case shorter >= 14:
		allowed = 2
	case shorter >= 8:
		allowed = 1
	}
	return allowed > 0 && editDistanceWithin(a, b, allowed)
}

// editDistanceWithin compares bytewise, with neighbours transposed counting as one edit, in the
// band around the diagonal that the limit leaves.
func editDistanceWithin(a, b string, limit int) bool {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return false
	}
	before, previous, current := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
			least = min(least, current[j])
		}
		if least > limit {
			return false
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)] <= limit
}

// isHandleOf tells whether handle is made of a full name the way account names are: `alovelace`,
// `adal`, `lovelacea`, `adalovelace`, one of the names. Trailing digits do not matter.
func isHandleOf(handle string, full *personName) bool {
	handle = strings.TrimRight(handle, "0123456789")
	if len(handle) < 3 || len(full.tokens) < 2 {
		return false
	}
	first, last := full.first(), full.last()
	switch {
	case handle == first || handle == last || handle == full.letters || handle == last+first || handle == first+last:
		return true
	case endsIn(handle, last, first), startsWith(handle, first, last), startsWith(handle, last, first):
		return true
	}
	return len(full.tokens) >= 3 && handle == initials(full)
}

// holdsLastName tells whether a handle made of a full name has its whole last name and more, which
// colleagues with the same first name would not share.
func holdsLastName(handle string, full *personName) bool {
	handle = strings.TrimRight(handle, "0123456789")
	return len(full.last()) >= 4 && len(handle) > len(full.last()) && strings.Contains(handle, full.last())
}

func endsIn(handle, word, before string) bool {
	rest, ok := strings.CutSuffix(handle, word)
	return ok && len(word) >= 2 && rest != "" && strings.HasPrefix(before, rest)
}

func startsWith(handle, word, after string) bool {
	rest, ok := strings.CutPrefix(handle, word)
	return ok && len(word) >= 2 && rest != "" && strings.HasPrefix(after, rest)
}

func initials(n *personName) string {
	var letters strings.Builder
	for _, token := range n.tokens {
		letters.WriteByte(token[0])
	}
	return letters.String()
}
