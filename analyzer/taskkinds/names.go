package taskkinds

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names are the words that people are called by, where they stand in what names a kind. Such a word often means something
// else ("Bill run"), so tickets are placed by it like by any other. In an ID a sign stands for it, whether names are shown or
// not: an ID is passed on, and means the same kind in both. Where names are hidden, the sign stands in the kind's name too.
//
// A sign is one of 32: it tells kinds apart, and is no proof of a guess at the word. A nil *Names knows nobody.
type Names struct {
	base     map[string]string // stem, by the word and by itself
	unspaced []string          // those in scripts without spaces, which stand within what looks like one word
	whole    func(text string) string
	hidden   bool
}

// NewNames takes the words, and what replaces whole names in a text, which are certain to mean somebody.
func NewNames(words []string, whole func(text string) string, hidden bool) *Names {
	n := &Names{base: make(map[string]string, 2*len(words)), whole: whole, hidden: hidden}
	for _, word := range words {
		for _, t := range tokens(word) {
			if t == variable || slices.Contains(withoutContent, t.text) {
				continue // stands in no name of a kind, or says nothing there
			}
			base := cmp.Or(t.stem, t.text)
			n.base[base], n.base[t.text] = base, base
			if isUnspaced(base) && utf8.RuneCountInString(base) > 1 {
				n.unspaced = append(n.unspaced, base)
			}
		}
	}
	return n
}

const signs = 32

func signOf(base string) string { return fmt.Sprintf("name%02d", hashOf(base)%signs) }

// sign stands for a word that somebody is called by, be it their possessive ("adas" of "Ada's"); any other word stays.
func (n *Names) sign(word string) string {
	for _, form := range []string{word, stemOf(word), strings.TrimSuffix(word, "s")} {
		if base, isName := n.base[form]; isName {
			return signOf(base)
		}
	}
	if isUnspaced(word) {
		for _, base := range n.unspaced {
			if strings.Contains(word, base) {
				return signOf(base)
			}
		}
	}
	return word
}

// signed is a list of words with signs for names.
func (n *Names) signed(words []string) []string {
	if n == nil {
		return words
	}
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = n.sign(word)
	}
	return list
}

// part is what stands in an ID for a text that a team gave a name to: signs in one that holds a whole name.
func (n *Names) part(text string) string {
	if n == nil || n.whole(text) == text {
		return text
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(n.signed(words), " ")
}

// Shown is a text that a team gave a name to, as it may be shown.
func (n *Names) Shown(text string) string {
	if n == nil || !n.hidden {
		return text
	}
	return n.whole(text)
}

// shownText is a template as it may be shown.
func (n *Names) shownText(list []token) string {
	if n == nil || !n.hidden {
		return textOf(list)
	}
	shown := make([]token, len(list))
	for i, t := range list {
		shown[i] = token{text: n.sign(t.text), stem: t.stem}
	}
	return textOf(shown)
}
