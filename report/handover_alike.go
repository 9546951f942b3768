package report

import (
	"fmt"
	"slices"
	"strings"

	"keyperson/analyzer"
)

// alike are tasks, or groups of files, that everyone shown knows equally far: one row of a sheet to be printed.
type alike struct {
	first int // index into the rows of who knows what
	name  string
}

// alike joins rows that say the same, tasks and files apart.
func (h Handover) alike(shown []analyzer.Capabilities) []alike {
	var rows []alike
	var names [][]string
	isSame := func(a, b int) bool {
		return (a < len(h.Tasks)) == (b < len(h.Tasks)) && !slices.ContainsFunc(shown, func(who analyzer.Capabilities) bool { return who.Of[a] != who.Of[b] })
	}
	for i := range len(h.Tasks) + len(h.Clusters) {
		at := slices.IndexFunc(rows, func(r alike) bool { return isSame(r.first, i) })
		if at < 0 {
			at = len(rows)
			rows, names = append(rows, alike{first: i}), append(names, nil)
		}
		names[at] = append(names[at], h.subject(i))
	}
	for i := range rows {
		rows[i].name = strings.Join(names[i], "; ")
	}
	return rows
}

// addSteps lists what is to do; steps that ask the same of the same people are one, in the place of the first.
func (h Handover) addSteps(d *Document) {
	if len(h.Steps) == 0 {
		return
	}
	var list Checklist
	for _, steps := range joined(h.Steps, func(a, b *analyzer.HandoverStep) bool {
		return a.Each != "" && a.Each == b.Each && slices.Equal(a.Who, b.Who)
	}) {
		first, last := &steps[0], &steps[len(steps)-1]
		item := CheckItem{Text: first.What}
		why := first.Why
		hours := analyzer.Hours{}
		for i := range steps {
			hours.AtLeast += steps[i].Hours.AtLeast
			hours.AtMost += steps[i].Hours.AtMost
		}
		if len(steps) > 1 {
			item.Text, why = fmt.Sprintf("Of each of %d: %s", len(steps), first.Each), ""
			for i := range steps {
				item.Of = append(item.Of, steps[i].Subject)
			}
		}
		var note []string
		if len(first.Who) > 0 {
			names := make([]string, len(first.Who))
			for j, person := range first.Who {
				names[j] = h.name(person)
			}
			note = append(note, strings.Join(names, " and "))
		}
		if hours.AtMost > 0 {
			note = append(note, hoursWords(hours))
		}
		if !last.By.IsZero() {
			by := "by " + day(last.By)
			if len(steps) > 1 && !first.By.Equal(last.By) {
				by = fmt.Sprintf("the first by %s, the last by %s", day(first.By), day(last.By))
			}
			note = append(note, by)
		}
		if why != "" {
			note = append(note, why)
		}
		item.Note = strings.Join(note, "; ")
		list = append(list, item)
	}
	d.add(Heading{2, "What to do, in this order"}, list)
}

// addCriteria lists when it is done; criteria that ask the same and stand alike are one, in the place of the first.
func (h Handover) addCriteria(d *Document) {
	var list Checklist
	for _, criteria := range joined(h.Criteria, func(a, b *analyzer.Criterion) bool {
		return a.Each != "" && a.Each == b.Each && a.State == b.State && a.Same == b.Same
	}) {
		c := &criteria[0]
		item := CheckItem{State: checkStates[c.State], Text: asSentence(c.Text), Note: c.Detail}
		if len(criteria) > 1 {
			item.Text, item.Note = fmt.Sprintf("Of each of %d: %s.", len(criteria), c.Each), c.Same
			for i := range criteria {
				of := criteria[i].Subject
				if own := criteria[i].Own; own != "" {
					of += " – " + own
				}
				item.Of = append(item.Of, of)
			}
		}
		switch {
		case item.State == ByHand:
			item.Note = "to be confirmed by hand"
			if c.Detail != "" {
				item.Note += "; " + c.Detail
			}
		case item.State == Before && item.Note != "":
			item.Note = "nothing to prove: " + item.Note
		case item.State == Before:
			item.Note = "nothing to prove"
		}
		list = append(list, item)
	}
	d.add(Heading{2, "Done when"}, list)
}

var checkStates = map[analyzer.CriterionState]CheckState{
	analyzer.Pass: Ticked, analyzer.Already: Before, analyzer.Fail: Open, analyzer.Manual: ByHand,
}

// joined puts items together that are alike, in the place of the first, in their order.
func joined[T any](items []T, areAlike func(a, b *T) bool) [][]T {
	var groups [][]T
	for i := range items {
		at := slices.IndexFunc(groups, func(group []T) bool { return areAlike(&group[0], &items[i]) })
		if at < 0 {
			at = len(groups)
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], items[i])
	}
	return groups
}
