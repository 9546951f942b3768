package quarterly

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"keyperson/analyzer"
	"keyperson/report"
)

// Languages are the names of the languages that a report can be written in.
var Languages = []string{"en", "ja"}

// ErrUnknownLanguage is returned for a name that Languages does not have.
var ErrUnknownLanguage = errors.New("unknown language")

// Words are the fixed texts of a report in one language. They are looked up by their English wording, so that the
// code reads as the report does.
type Words struct {
	name    string
	printer *message.Printer
	said    func(key string) // told every text looked up; nil outside of tests
}

// Language returns the fixed texts in a language, or ErrUnknownLanguage.
func Language(name string) (*Words, error) {
	if !slices.Contains(Languages, name) {
		return nil, fmt.Errorf("%w %q: use one of %s", ErrUnknownLanguage, report.Clean(name), strings.Join(Languages, ", "))
	}
	texts := catalog.NewBuilder(catalog.Fallback(language.English))
	for english, japanese := range japaneseTexts {
		if err := texts.SetString(language.Japanese, english, japanese); err != nil {
			return nil, fmt.Errorf("text %q: %w", english, err)
		}
	}
	return &Words{name: name, printer: message.NewPrinter(language.Make(name), message.Catalog(texts))}, nil
}

// say looks a text up and fills it in.
func (w *Words) say(key string, arguments ...any) string {
	if w.said != nil {
		w.said(key)
	}
	for i, argument := range arguments {
		if text, isText := argument.(string); isText {
			arguments[i] = shortened(text, longestArgument)
		}
	}
	return w.printer.Sprintf(key, arguments...)
}

// Longest texts from a history: three sheets hold no more. Lists of names are joined before they are said.
const (
	longestName     = 60
	longestArgument = 480
)

// shortened leaves the middle of a long text out, between words where it can.
func shortened(text string, longest int) string {
	letters := []rune(text)
	if len(letters) <= longest {
		return text
	}
	const further = 24 // letters to a better place, at most
	head, tail := longest*2/3, len(letters)-longest/3+1
	for i := head; i > max(0, head-further); i-- {
		if isBetweenWords(letters, i) {
			head = i
			break
		}
	}
	for i := tail; i < min(len(letters), tail+further); i++ {
		if isBetweenWords(letters, i) {
			tail = i
			break
		}
	}
	return strings.TrimSpace(string(letters[:head])) + "…" + strings.TrimSpace(string(letters[tail:]))
}

// isBetweenWords says whether a text can be cut before a letter without cutting a number, its unit or a word of ASCII.
func isBetweenWords(letters []rune, at int) bool {
	isPart := func(r rune) bool {
		return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '.' || r == '%'
	}
	before, after := letters[at-1], letters[at]
	if at > 1 && before == ' ' {
		before = letters[at-2]
		return !unicode.IsDigit(before) || after != '%'
	}
	if after == ' ' && at+1 < len(letters) && letters[at+1] == '%' {
		return false
	}
	return !isPart(before) || !isPart(after)
}

// count says how many; one is the text for exactly one.
func (w *Words) count(n int, one, many string) string {
	if n == 1 {
		return w.say(one, n)
	}
	return w.say(many, n)
}

// join is a list in a sentence.
func (w *Words) join(texts []string) string {
	short := make([]string, len(texts))
	for i, text := range texts {
		short[i] = shortened(text, longestName)
	}
	return strings.Join(short, w.say(", "))
}

// sentences puts sentences in a row; empty ones are left out.
func (w *Words) sentences(texts ...string) string {
	texts = slices.DeleteFunc(texts, func(text string) bool { return text == "" })
	if w.name == "ja" {
		return strings.Join(texts, "")
	}
	return strings.Join(texts, " ")
}

const absent = report.Absent

func percent(share float64) string { return report.Percent(share) }

func maybePercent(share *float64) string {
	if share == nil {
		return absent
	}
	return percent(*share)
}

func day(t time.Time) string {
	if t.IsZero() {
		return absent
	}
	return t.UTC().Format(time.DateOnly)
}

// hours writes hours a year; what is only bounded from above says so.
func (w *Words) hours(hours *analyzer.Hours) string {
	switch {
	case hours == nil:
		return w.say("hours unknown")
	case math.Round(hours.AtLeast) == math.Round(hours.AtMost):
		return w.hoursOf(hours.AtMost)
	case hours.AtLeast == 0:
		return w.say("at most %s", w.hoursOf(hours.AtMost))
	}
	return w.say("%[1]d to %[2]d hours", int(math.Round(hours.AtLeast)), int(math.Round(hours.AtMost)))
}

// hoursOf does not round to nothing what is known to be next to nothing.
func (w *Words) hoursOf(hours float64) string {
	if hours > 0 && hours < 1 {
		return w.say("under 1 hour")
	}
	return w.count(int(math.Round(hours)), "%d hour", "%d hours")
}
