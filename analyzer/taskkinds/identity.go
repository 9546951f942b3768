package taskkinds

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// step is what gathered the tickets of a kind, in the order in which Place goes.
type step uint8

const (
	ofRule step = iota
	ofRequestType
	ofCategory
	ofComponentTemplate
	ofComponentAndType
	ofComponent
	ofIssueType
	ofTemplate
)

// String returns the step as it tells two kinds of one name apart.
func (s step) String() string {
	return [...]string{
		"rule", "request type", "rare request types", "template in a component", "component and type", "rare types", "issue type", "template",
	}[s]
}

// identify gives every kind an ID of its own. Where several would have the same, the one of the first step keeps it, and of one
// step the one with the smallest key; each other gets a mark made of its key. So a kind that comes later renames none that an
// earlier step made. IDs of the configuration stay as they are.
func identify(kinds []Kind) {
	order := make([]*Kind, len(kinds))
	for i := range kinds {
		order[i] = &kinds[i]
	}
	slices.SortStableFunc(order, func(a, b *Kind) int { return cmp.Or(cmp.Compare(a.step, b.step), cmp.Compare(a.key, b.key)) })
	taken := make(map[string]bool, len(kinds))
	var second []*Kind
	for _, k := range order {
		if k.step != ofRule && (k.ID == "" || taken[k.ID]) {
			second = append(second, k)
			continue
		}
		taken[k.ID] = true
	}
	for _, k := range second {
		k.ID = marked(k.ID, k.key, taken)
		taken[k.ID] = true
	}
}

// marked adds to an ID so much of the hash of a key that no other has it.
func marked(id, key string, taken map[string]bool) string {
	for turn := 0; ; turn++ {
		mark := fmt.Sprintf("%016x", hashOf(key))
		for _, digits := range []int{4, 8, 16} {
			if full := strings.TrimPrefix(id+"-"+mark[len(mark)-digits:], "-"); !taken[full] {
				return full
			}
		}
		key += "\x00" // the very same key twice
	}
}

// tellApart adds to a name, shown or true, that several kinds have their projects, and where that is not enough what gathered them.
func tellApart(kinds []Kind, name func(*Kind) *string) {
	type place struct{ name, project string }
	named, within := map[string]int{}, map[place]int{}
	for i := range kinds {
		named[*name(&kinds[i])]++
		within[place{*name(&kinds[i]), kinds[i].project}]++
	}
	for i := range kinds {
		k, called := &kinds[i], name(&kinds[i])
		if k.step == ofRule || named[*called] == 1 {
			continue
		}
		var by []string
		if k.project != "" {
			by = append(by, k.project)
		}
		if within[place{*called, k.project}] > 1 {
			by = append(by, k.step.String())
		}
		if len(by) > 0 {
			*called += " (" + strings.Join(by, ", ") + ")"
		}
	}
}

func hashOf(key string) uint64 {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(key)) // never fails
	return hash.Sum64()
}

// maxSlug bounds an ID, in bytes.
const maxSlug = 80

// slug joins texts to something that can be typed: lower-case letters and digits, and hyphens between words.
func slug(parts []string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(strings.Join(parts, " "))), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	text := strings.Join(words, "-")
	if len(text) > maxSlug {
		text = strings.TrimRight(strings.ToValidUTF8(text[:maxSlug], ""), "-")
	}
	return text
}
