package taskkinds

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Limits of what makes a template; starting values.
const (
	// leastOfTemplate is the number of tickets that share a template.
	leastOfTemplate = 3
	// likeness is the share of the longer summary's recurring words that two summaries of one template have in common.
	likeness = 0.6
	// leastRecurring is the share of a summary's words that recur, under which its words are its own.
	leastRecurring = 0.4
	// coverage is the mean share of the words of its summaries that a template has, under which it says little of them.
	coverage = 0.5
	// maxPostings bounds the templates that are compared for one word, which keeps the work near linear.
	maxPostings = 64
)

// template is what the summaries of some tickets have in common.
type template struct {
	text    string   // with "*" for what differs: "renew certificate for *"
	tokens  []token  // of the text
	words   []string // the words that at least half of the summaries have, in the order of the text
	tickets []uint32
	covers  float64 // mean share of the words of a summary that are among these, in [0,1]
}

// phrase is one set of recurring words, with the tickets whose summaries have it.
type phrase struct {
	tokens  []token // of the first of its summaries
	summary string  // that summary, to be independent of the order of tickets
	words   []string
	tickets []uint32
	lengths int // sum of the numbers of words of the summaries, those that do not recur too
}

// mine finds the templates that at least so many of the tickets share. Words that occur in fewer tickets are
// taken as what changes; of the sets of recurring words the commonest lead, and each further one joins the first leader
// that is like it (leader clustering, Hartigan 1975), found through its rarest words (prefix filtering, Chaudhuri et al.
// 2006). Near linear in the number of tickets; the order of tickets does not matter.
func mine(summaries []string, tickets []uint32, least int) []template {
	phrases, frequency := phrasesOf(summaries, tickets, least)
	leaders := map[string][]int{} // by word: groups that have it among their rarest
	var groups [][]*phrase
	for _, p := range phrases {
		rare := rarest(p.words, frequency)
		joined := -1
		for _, word := range rare {
			for _, group := range leaders[word] {
				if (joined < 0 || group < joined) && alike(groups[group][0].words, p.words) {
					joined = group
				}
			}
		}
		if joined >= 0 {
			groups[joined] = append(groups[joined], p)
			continue
		}
		groups = append(groups, []*phrase{p})
		for _, word := range rare {
			if len(leaders[word]) < maxPostings {
				leaders[word] = append(leaders[word], len(groups)-1)
			}
		}
	}
	var templates []template
	for _, group := range groups {
		if t := templateOf(group); len(t.tickets) >= least && t.covers >= coverage {
			templates = append(templates, t)
		}
	}
	return templates
}

// phrasesOf gathers the tickets by their recurring words, the commonest first, and counts the tickets a word occurs in.
func phrasesOf(summaries []string, tickets []uint32, least int) ([]*phrase, map[string]int) {
	split := make([][]token, len(summaries))
	words := make([][]string, len(summaries))
	frequency := map[string]int{}
	for i, summary := range summaries {
		split[i] = tokens(summary)
		words[i] = stems(split[i])
		for _, word := range words[i] {
			frequency[word]++
		}
	}
	byWords := map[string]*phrase{}
	for i := range summaries {
		all := len(words[i])
		recurring := slices.DeleteFunc(words[i], func(word string) bool { return frequency[word] < least })
		if !tells(len(recurring), all) {
			continue
		}
		key := strings.Join(recurring, " ")
		p := byWords[key]
		if p == nil {
			p = &phrase{words: recurring}
			byWords[key] = p
		}
		if len(p.tickets) == 0 || cmp.Or(cmp.Compare(len(summaries[i]), len(p.summary)), cmp.Compare(summaries[i], p.summary)) < 0 {
			p.tokens, p.summary = split[i], summaries[i]
		}
		p.tickets = append(p.tickets, tickets[i])
		p.lengths += all
	}
	phrases := make([]*phrase, 0, len(byWords))
	for _, p := range byWords {
		phrases = append(phrases, p)
	}
	slices.SortFunc(phrases, func(a, b *phrase) int {
		return cmp.Or(cmp.Compare(len(b.tickets), len(a.tickets)), cmp.Compare(len(a.words), len(b.words)), slices.Compare(a.words, b.words))
	})
	return phrases, frequency
}

// tells says whether the words of a summary that recur say what the ticket is about: two of them at least, or all.
func tells(recurring, all int) bool {
	if recurring < 2 {
		return recurring == 1 && all == 1
	}
	return float64(recurring) >= leastRecurring*float64(all)
}

// rarest are so many of the rarest words that two sets that are alike have one of them in common.
func rarest(words []string, frequency map[string]int) []string {
	sorted := slices.Clone(words)
	slices.SortFunc(sorted, func(a, b string) int {
		return cmp.Or(cmp.Compare(frequency[a], frequency[b]), cmp.Compare(a, b))
	})
	return sorted[:len(sorted)-int(math.Ceil(likeness*float64(len(sorted))))+1]
}

// alike says whether two sorted sets of words have enough in common.
func alike(a, b []string) bool {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c == 0:
			common++
			i, j = i+1, j+1
		case c < 0:
			i++
		default:
			j++
		}
	}
	return float64(common) >= likeness*float64(max(len(a), len(b)))
}

// templateOf writes the leader's summary with "*" for every word that fewer than half of the tickets have.
func templateOf(group []*phrase) template {
	var t template
	having := map[string]int{}
	for _, p := range group {
		t.tickets = append(t.tickets, p.tickets...)
		for _, word := range p.words {
			having[word] += len(p.tickets)
		}
	}
	slices.Sort(t.tickets)
	var shown []token
	for _, word := range group[0].tokens {
		isShared := 2*having[word.stem] >= len(t.tickets)
		if word.stem != "" && !isShared {
			word = variable
		}
		shown = append(shown, word)
		if word.stem != "" && !slices.Contains(t.words, word.stem) {
			t.words = append(t.words, word.stem)
		}
	}
	said, all := 0, 0
	for _, p := range group {
		all += p.lengths
		for _, word := range p.words {
			if slices.Contains(t.words, word) {
				said += len(p.tickets)
			}
		}
	}
	t.covers = float64(said) / float64(all)
	t.tokens = collapse(shown)
	t.text = textOf(t.tokens)
	return t
}

// textOf joins tokens as they are read: words of scripts without spaces stand together.
func textOf(list []token) string {
	var b strings.Builder
	for i, t := range list {
		if i > 0 && (!isUnspaced(list[i-1].text) || !isUnspaced(t.text)) {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

func isUnspaced(word string) bool {
	for _, r := range word {
		return scriptOf(r) > letters
	}
	return false
}
