package identity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxNameBytes is how much of a name is looked at.
const maxNameBytes = 512

// personName is a name taken apart for comparison.
type personName struct {
	written string   // as it stood
	tokens  []string // words, case-folded, accents removed, in the order first to last name
	key     string   // tokens joined by a space; equal keys are equal names
	sorted  string   // tokens in alphabetical order, joined by a space
	letters string   // tokens joined; equal for `Ada Lovelace` and `adalovelace`
	full    bool     // a first and a last name of a human, as far as can be told
	common  bool     // full, but so frequent that namesakes are to be expected
	pair    bool     // names several people who worked together
	swapped bool     // was written `Last, First`
	latin   bool     // all letters are Latin

	numbered bool // has a number for a word, as labels do

	forwarded bool // written `Name via Service`: the address is the service's
}

func parseName(written string) *personName {
	name := &personName{written: written}
	text := repairEncoding(written)
	if len(text) > maxNameBytes {
		text = strings.ToValidUTF8(text[:maxNameBytes], "")
	}
	text = strings.TrimPrefix(strings.TrimSpace(text), "@")
	text = withoutAsides(text)
	if at := indexVia(text); at > 0 {
		text, name.forwarded = text[:at], true
	}
	name.pair = namesSeveral(text)
	spaced := strings.ContainsAny(text, " \t,\u3000\u00a0")
	if at := strings.IndexByte(text, '@'); at > 0 && !spaced {
		text = text[:at] // an address in place of a name
	}
	if last, first, ok := strings.Cut(text, ","); ok && !name.pair && countWords(first) > 0 && countWords(last) > 0 {
		text, name.swapped = first+" "+last, true
	}
	name.tokens = nameTokens(foldLetters(text))
	name.key = strings.Join(name.tokens, " ")
	name.letters = strings.Join(name.tokens, "")
	name.sorted = name.key
	if len(name.tokens) > 1 {
		ordered := slices.Clone(name.tokens)
		slices.Sort(ordered)
		name.sorted = strings.Join(ordered, " ")
	}
	name.latin = isLatin(name.letters)
	name.numbered = slices.ContainsFunc(name.tokens, isNumber)
	name.full = !name.pair && !name.numbered && isFullName(name.tokens, name.letters, spaced)
	name.common = name.full && isCommonName(name.tokens)
	return name
}

// repairEncoding makes UTF-8 of names that were written as Latin-1, or as UTF-8 taken for Latin-1
// and encoded again: both occur in histories older than a decade.
func repairEncoding(text string) string {
	if isASCII(text) {
		return text
	}
	if !utf8.ValidString(text) {
		runes := make([]rune, len(text))
		for i := range len(text) {
			runes[i] = rune(text[i])
		}
		return string(runes)
	}
	var single []byte
	for _, r := range text {
		if r > 0xff {
			return text
		}
		single = append(single, byte(r))
	}
	if len(single) < len(text) && utf8.Valid(single) {
		return repairEncoding(string(single)) // shorter each time
	}
	return text
}

// withoutAsides removes `(Company)`, `[team]` and `"nickname"`, unless nothing else is left.
func withoutAsides(text string) string {
	if !strings.ContainsAny(text, "([\"") {
		return text
	}
	var kept strings.Builder
	var closing rune
	for _, r := range text {
		switch {
		case closing != 0:
			if r == closing {
				closing = 0
			}
			continue
		case r == '(':
			closing = ')'
		case r == '[':
			closing = ']'
		case r == '"':
			closing = '"'
		default:
			kept.WriteRune(r)
			continue
		}
		kept.WriteByte(' ')
	}
	if countWords(kept.String()) == 0 || closing != 0 {
		return text
	}
	return kept.String()
}

// indexVia finds where `Name via Service` stops being a name; -1 where it does not.
func indexVia(text string) int { return strings.Index(strings.ToLower(text), " via ") }

func countWords(text string) int { return len(nameTokens(foldLetters(text))) }

// namesSeveral recognises pairs, who write both names into one author field.
func namesSeveral(text string) bool {
	lower := strings.ToLower(text)
	for _, between := range []string{" & ", " and ", " + ", "&", " / ", " with ", " und ", "; "} {
		if a, b, ok := strings.Cut(lower, between); ok && countWords(a) > 0 && countWords(b) > 0 {
			return true
		}
	}
	for _, between := range []string{"/", ","} {
		parts := strings.Split(lower, between)
		if len(parts) > 2 || len(parts) == 2 && countWords(parts[0]) > 1 && countWords(parts[1]) > 1 {
			return true
		}
	}
	return false
}

var letterFolds = strings.NewReplacer("ß", "ss", "ø", "o", "ł", "l", "đ", "d", "æ", "ae", "œ", "oe",
	"ı", "i", "ð", "d", "þ", "th", "ё", "е")

// foldLetters removes case, accents and width.
func foldLetters(text string) string {
	lower := strings.ToLower(text)
	if isASCII(lower) {
		return lower
	}
	var plain strings.Builder
	for _, r := range norm.NFKD.String(lower) {
		if r < 0x300 || r > 0x36f { // combining accents; marks of other scripts carry meaning
			plain.WriteRune(r)
		}
	}
	return letterFolds.Replace(norm.NFC.String(plain.String()))
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

var apostrophes = strings.NewReplacer("'", "", "’", "", "`", "")

// nameTokens splits folded text into words of letters and digits. Apostrophes join.
func nameTokens(folded string) []string {
	return strings.FieldsFunc(apostrophes.Replace(folded), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

func isLatin(letters string) bool {
	for _, r := range letters {
		if r >= utf8.RuneSelf && !unicode.Is(unicode.Latin, r) {
			return false
		}
	}
	return true
}

// isFullName asks for two words of at least two letters each, written apart; names in scripts
// without such words need four characters. Names of roles and organisations are not people's.
func isFullName(tokens []string, letters string, spaced bool) bool {
	key := strings.Join(tokens, " ")
	if placeholderNames[key] || len(tokens) > 8 {
		return false
	}
	long := 0
	for _, token := range tokens {
		if organisationWords[token] {
			return false
		}
		if countLetters(token) >= 2 {
			long++
		}
	}
	if isIdeographic(letters) {
		return utf8.RuneCountInString(letters) >= 4
	}
	return spaced && long >= 2
}

func isIdeographic(letters string) bool {
	for _, r := range letters {
		if !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			return false
		}
	}
	return letters != ""
}

func countLetters(token string) int {
	count := 0
	for _, r := range token {
		if unicode.IsLetter(r) {
			count++
		}
	}
	return count
}

// first and last return the outer words of a full name.
func (n *personName) first() string { return n.tokens[0] }
func (n *personName) last() string  { return n.tokens[len(n.tokens)-1] }
