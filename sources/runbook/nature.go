package runbook

import (
	"bytes"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"keyperson/sources"
)

// judge tells what an edit amounts to. One judge belongs to one goroutine.
type judge struct {
	dateKeys map[string]bool // keys of front matter that say when it was, or is to be, reviewed
}

func newJudge(o Options) *judge {
	j := &judge{dateKeys: map[string]bool{}}
	for _, keys := range [][]string{o.Reviewed, o.Interval, {"review_by", "review-by", "next_review", "next-review", "lastmod", "date"}} {
		for _, key := range keys {
			j.dateKeys[strings.ToLower(key)] = true
		}
	}
	return j
}

// verdict is what an edit amounts to.
type verdict struct {
	nature sources.RevisionNature
	words  int    // added and removed
	shape  uint64 // equal for edits that take away and add the same words; 0 for none
	isSame bool   // nothing changed
}

// compare judges the edit between two versions; an empty version before is that of a new document. Review-date bumps
// are a third of the runbook commits of one public repository: whoever makes them has shown to know a date.
func (j *judge) compare(before, after []byte) verdict {
	if bytes.Equal(before, after) {
		return verdict{nature: sources.WhitespaceOnly, isSame: true}
	}
	oldText, oldDates := j.withoutDates(before)
	newText, newDates := j.withoutDates(after)
	datesMoved := oldDates != newDates
	oldWords, newWords := wordsOf(oldText), wordsOf(newText)
	if slices.Equal(oldWords, newWords) {
		if datesMoved && len(before) > 0 {
			return verdict{nature: sources.ReviewBump}
		}
		return verdict{nature: sources.WhitespaceOnly}
	}
	removed, added := difference(oldWords, newWords)
	v := verdict{nature: sources.Substantive, words: len(removed) + len(added), shape: shapeOf(removed, added)}
	if v.words == 0 { // the same words in another order
		from, to := common(oldWords, newWords)
		v.words = len(oldWords) - from - to
	}
	switch {
	case len(before) == 0:
	case slices.Equal(wordsOf(withoutTargets(oldText)), wordsOf(withoutTargets(newText))):
		v.nature = sources.LinksOnly
	case isTypo(oldWords, newWords):
		v.nature = sources.Typo
	}
	return v
}

// matterKey is a line of front matter, or of AsciiDoc's and reStructuredText's, that sets a key.
var matterKey = regexp.MustCompile(`^\s*:?([\p{L}][\p{L}\p{N} _-]*?)\s*[:=](?:\s|$)`)

// withoutDates cuts the lines that say when a document was reviewed out of it.
func (j *judge) withoutDates(content []byte) (rest, dates string) {
	matter, body, _, _ := splitFrontMatter(content)
	var kept, cut strings.Builder
	for line := range bytes.Lines(matter) {
		if m := matterKey.FindSubmatch(line); m != nil && j.dateKeys[strings.ToLower(string(m[1]))] {
			cut.WriteString(strings.Join(strings.Fields(string(line)), " ") + "\n")
			continue
		}
		kept.Write(line)
	}
	kept.WriteString("\n")
	inHeader := len(matter) == 0
	for line := range bytes.Lines(body) {
		text := bytes.TrimSpace(line)
		isDate := false
		if m := reviewLine.FindSubmatch(text); m != nil && anyDate.Match(m[1]) && len(text) < 120 {
			isDate = true
		} else if m := matterKey.FindSubmatch(text); inHeader && bytes.HasPrefix(text, []byte(":")) && m != nil && j.dateKeys[strings.ToLower(string(m[1]))] {
			isDate = true
		}
		if isDate {
			cut.Write(text)
			cut.WriteByte('\n')
			continue
		}
		kept.Write(line)
	}
	return kept.String(), cut.String()
}

// wordsOf cuts a text at spaces. A word of code begins with a NUL, so that it equals no word of prose.
func wordsOf(text string) []string {
	var words []string
	inFence, inline := "", false
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		isFence := strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") || strings.HasPrefix(trimmed, "----") || strings.HasPrefix(trimmed, "....")
		if isFence {
			switch mark := trimmed[:3]; inFence {
			case "":
				inFence = mark
			case mark:
				inFence = ""
			}
		}
		isIndented := strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
		if trimmed == "" {
			inline = false
		}
		for word := range strings.FieldsSeq(line) {
			ticks := strings.Count(word, "`")
			if inFence != "" || inline || ticks > 0 || isIndented || isFence {
				words = append(words, "\x00"+word)
			} else {
				words = append(words, word)
			}
			if inFence == "" && !isFence && ticks%2 == 1 {
				inline = !inline
			}
		}
	}
	return words
}

// common counts the words that two texts begin and end with.
func common(a, b []string) (first, last int) {
	for first < len(a) && first < len(b) && a[first] == b[first] {
		first++
	}
	for last < len(a)-first && last < len(b)-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	return first, last
}

// difference is the words that only one of two texts has, or has more often, sorted.
func difference(a, b []string) (removed, added []string) {
	first, last := common(a, b)
	counts := map[string]int{}
	for _, word := range a[first : len(a)-last] {
		counts[word]++
	}
	for _, word := range b[first : len(b)-last] {
		counts[word]--
	}
	for word, n := range counts {
		for ; n > 0; n-- {
			removed = append(removed, word)
		}
		for ; n < 0; n++ {
			added = append(added, word)
		}
	}
	slices.Sort(removed)
	slices.Sort(added)
	return removed, added
}

// shapeOf names an edit by the words it takes away and adds, however often.
func shapeOf(removed, added []string) uint64 {
	if len(removed)+len(added) == 0 {
		return 0
	}
	hash := fnv.New64a()
	for _, list := range [][]string{removed, added} {
		for _, word := range slices.Compact(slices.Clone(list)) {
			_, _ = hash.Write([]byte(word + "\n")) // never fails
		}
		_, _ = hash.Write([]byte{0})
	}
	return hash.Sum64()
}

// linkTargets are the parts of links that no reader reads.
var linkTargets = []*expression{
	lazily(`\]\([^)\s]*(?:\s+"[^"]*")?\)`),
	lazily(`(?m)^\s*\[[^\]]+\]:\s*\S+.*$`),
	lazily(`(?:link|xref):[^\[\s]+\[`),
	lazily("<[^>`\\s]+>`_"),
	lazily(`(?m)^\s*\.\.\s+_[^:]+:\s*\S+\s*$`),
	lazily(`https?://[^\s<>"'\x60)\]]+`),
}

func withoutTargets(text string) string {
	for _, form := range linkTargets {
		text = form.ReplaceAllString(text, " link ")
	}
	return text
}

// The bounds of a typo: more words than these, or shorter ones, may mean something else afterwards.
const (
	mostTypos    = 5
	shortestTypo = 4 // "now" and "not" differ by a letter
	longTypo     = 8 // from here on two letters may differ
)

// isTypo says whether only a few letters within words of prose changed, or punctuation around them. A word keeps its
// first letter: "lock" and "unlock", "attach" and "detach" are no typos of each other.
func isTypo(before, after []string) bool {
	first, last := common(before, after)
	a, b := before[first:len(before)-last], after[first:len(after)-last]
	if len(a) != len(b) {
		return false
	}
	changed := 0
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		changed++
		if changed > mostTypos || !isRespelling(a[i], b[i]) {
			return false
		}
	}
	return changed > 0
}

func isRespelling(a, b string) bool {
	if a[0] == 0 || b[0] == 0 {
		return false // code
	}
	bareA, bareB := strings.TrimFunc(a, isAround), strings.TrimFunc(b, isAround)
	if bareA == bareB {
		return true // only punctuation around it
	}
	bareA, bareB = strings.ToLower(bareA), strings.ToLower(bareB)
	if bareA == bareB {
		return true
	}
	short := min(utf8.RuneCountInString(bareA), utf8.RuneCountInString(bareB))
	if short < shortestTypo || !isWord(bareA) || !isWord(bareB) {
		return false
	}
	runesA, runesB := []rune(bareA), []rune(bareB)
	allowed := 1
	if short >= longTypo {
		allowed = 2
	}
	return runesA[0] == runesB[0] && distance(runesA, runesB, allowed) <= allowed
}

func isAround(r rune) bool { return unicode.IsPunct(r) && !strings.ContainsRune("-/$%&@#<>`", r) }

func isWord(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' || isIdeograph(r) })
}

// distance is the number of letters to add, drop, change or swap with their neighbour (optimal string alignment);
// anything over the limit is limit+1.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var previous, before []int
	current := make([]int, len(b)+1)
	for j := range current {
		current[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, previous, current = previous, current, make([]int, len(b)+1)
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
	}
	return min(current[len(b)], limit+1)
}
