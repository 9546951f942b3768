package taskkinds

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxSummary bounds what is read of a summary, in bytes.
const maxSummary = 300

// token is one word of a summary. The stem, which makes two forms of a word equal, is empty for what changes from ticket
// to ticket (numbers, hosts, dates, keys, names of environments) and for words without content.
type token struct {
	text string // lower case, or "*" for what changes
	stem string
}

// variable is the token of what changes.
var variable = token{text: "*"}

// tokens splits a summary into words, case and width of letters aside. Where a script has no spaces, a word ends
// where the script changes: 証明書の更新 is 証明書, の, 更新.
func tokens(summary string) []token {
	if len(summary) > maxSummary {
		summary = strings.ToValidUTF8(summary[:maxSummary], "")
	}
	summary = strings.ToLower(norm.NFKC.String(summary))
	summary = quoted.ReplaceAllString(summary, " * ")
	var list []token
	for _, chunk := range strings.FieldsFunc(summary, endsChunk) {
		chunk = strings.Trim(chunk, "-_.:;,!?#&=+~'’/\\|<>")
		switch {
		case chunk == "":
		case chunk == "*" || changing.MatchString(chunk):
			list = append(list, variable)
		default:
			list = appendWords(list, chunk)
		}
	}
	return collapse(list)
}

// quoted is text in quotation marks; an apostrophe within a word is none.
var quoted = regexp.MustCompile("\"[^\"]*\"|“[^”]*”|`[^`]*`|「[^」]*」|『[^』]*』|(^|[ (])'[^']*'")

// changing is what names one instance: an address, a link, a path, a file, a host, a key, a number, a version or a date.
var changing = regexp.MustCompile(`@|://|^[a-z0-9_]+-[0-9]+$|^[a-z0-9_-]+(\.[a-z0-9_-]+)+$|^[^/]*/[^/]*/|[0-9][-.:_/][0-9]|^[a-z]*[0-9][a-z0-9_-]*$`)

// endsChunk says whether a character stands between words in any script.
func endsChunk(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("()[]{}（）［］【】〔〕《》〈〉、。・，", r)
}

// appendWords splits a chunk at punctuation and changes of script.
func appendWords(list []token, chunk string) []token {
	chunk = apostrophes.Replace(chunk)
	start, script := 0, noScript
	flush := func(end int) {
		if script != noScript && end > start {
			list = append(list, wordOf(chunk[start:end], script))
		}
	}
	for i, r := range chunk {
		if s := scriptOf(r); s != script {
			flush(i)
			start, script = i, s
		}
	}
	flush(len(chunk))
	return list
}

var apostrophes = strings.NewReplacer("'", "", "’", "")

type script uint8

const (
	noScript script = iota
	letters         // with digits: a word of an alphabet
	ideographs
	katakana
	hiragana
)

func scriptOf(r rune) script {
	switch {
	case unicode.Is(unicode.Han, r) || r == '々':
		return ideographs
	case unicode.Is(unicode.Katakana, r) || r == 'ー':
		return katakana
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r):
		return letters
	}
	return noScript
}

// wordOf is a word with its stem. Hiragana alone are particles and endings more often than not.
func wordOf(word string, s script) token {
	switch {
	case strings.ContainsFunc(word, unicode.IsDigit) || slices.Contains(instances, word):
		return variable
	case s == hiragana || slices.Contains(withoutContent, word):
		return token{text: word}
	}
	return token{text: word, stem: stemOf(word)}
}

// instances are words that name one of several places or times at which the same thing is done.
var instances = strings.Fields(`production prod preprod staging uat 本番 本番環境 検証環境
	january february march april june july august september october november december
	monday tuesday wednesday thursday friday saturday sunday`)

// withoutContent are words that say nothing of what is done.
var withoutContent = strings.Fields(`a an the of for to on in at and or with from by as is are be was were this that it its
	please when while after before into via per if but not no do does doesnt dont can cant cannot could should would will
	has have had than then there using use uses used only all any some`)

// stemOf takes a plural's ending off.
func stemOf(word string) string {
	const shortest = 5
	if len(word) >= shortest && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") {
		return word[:len(word)-1]
	}
	return word
}

// collapse leaves one of several variables in a row.
func collapse(list []token) []token {
	return slices.CompactFunc(list, func(a, b token) bool { return a == variable && b == variable })
}

// maxWords bounds the words by which summaries are compared.
const maxWords = 16

// Words returns the distinct words of a summary that say what is done, sorted: without keys, numbers, hosts,
// dates, quoted text, addresses, versions and words without content, at most sixteen.
func Words(summary string) []string { return stems(tokens(summary)) }

func stems(list []token) []string {
	var words []string
	for _, t := range list {
		if t.stem != "" && !slices.Contains(words, t.stem) && len(words) < maxWords {
			words = append(words, t.stem)
		}
	}
	slices.Sort(words)
	return words
}
