package quarterly

import (
	"fmt"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
)

// changed is the second page.
func (c *content) changed(r *quarterly.Report, w *Words) {
	c.Changes = table{
		Titles: []string{"", w.say("What"), w.say("Service"), w.say("Before"), w.say("Now"), w.say("Cause")},
		Empty:  w.say("Nothing changed beyond what chance explains."),
	}
	if r.ComparedAsOf.IsZero() {
		c.Changes.Empty = w.say("There is nothing to compare with.")
	}
	for _, list := range [][]quarterly.Change{r.Worse, r.Better} {
		for i := range list {
			c.addChange(&list[i], w)
		}
	}
	if !r.ComparedAsOf.IsZero() {
		c.ChangeNote = w.changeNote(r)
	}
	c.coverage(&r.Coverage, w)
	c.Stock = stock(r, w)
	c.plan(r, w)
}

func (w *Words) changeNote(r *quarterly.Report) string {
	converted, more, data := "", "", ""
	if r.HasTickets {
		converted = w.say("Conversions from B to C: %[1]d; regressions from C to B: %[2]d.", r.Conversions, r.Regressions)
	}
	if r.MoreChanges > 0 {
		more = w.count(r.MoreChanges, "%d more change is not shown.", "%d more changes are not shown.")
	}
	if r.Neutral > 0 {
		more = w.sentences(more, w.count(r.Neutral, "%d thing is new, ended or moved without being better or worse.", "%d things are new, ended or moved without being better or worse."))
	}
	if r.OnlyData > 0 {
		data = w.count(r.OnlyData, "%d difference comes from other data, not from the world, and is left out.", "%d differences come from other data, not from the world, and are left out.")
	}
	return w.sentences(converted, more, data)
}

func (c *content) addChange(change *quarterly.Change, w *Words) {
	sign := w.say("▲ worse")
	if change.Direction == analyzer.Better {
		sign = w.say("▼ better")
	}
	system := change.System
	if change.Subject == analyzer.OfSystem {
		system = change.Name
	}
	measure := measureWords(change.Measure, w)
	cause := causeWords(change.Cause, w)
	switch {
	case w.name == "en" && change.Reason != "":
		cause += ": " + change.Reason
	case len(change.Who) > 0:
		cause = w.say("%[1]s: %[2]s", cause, w.join(change.Who))
	}
	c.Changes.add(system, sign, change.Name, orAbsent(change.System), w.say("%[1]s: %[2]s", measure, valueWords(change.Measure, change.Before, w)), valueWords(change.Measure, change.After, w), cause)
}

func measureWords(measure string, w *Words) string {
	switch measure {
	case "verdict":
		return w.say("verdict")
	case "bus factor":
		return w.say("bus factor")
	case "level":
		return w.say("level")
	case "quadrant":
		return w.say("quadrant")
	case "people able":
		return w.say("people able to do it")
	case "risk with everyone present":
		return w.say("risk with everyone present")
	case "absence risk":
		return w.say("absence risk")
	case "uncovered without one person":
		return w.say("uncovered without one person")
	case "maturity":
		return w.say("maturity of the manual")
	}
	return w.say("existence")
}

// valueWords translates a value that is a word; figures stay what they are.
func valueWords(measure, value string, w *Words) string {
	switch measure {
	case "verdict", "quadrant", "existence", "people able":
		for _, known := range knownValues {
			if value == known {
				return w.say(known)
			}
		}
	case "maturity":
		if value == "gone" {
			return w.say("gone")
		}
	}
	return value
}

var knownValues = []string{
	"nobody left", "thinly covered", "one person", "two people", "task stops", "shared", "dormant", "not enough evidence",
	"nobody", "fix", "protect", "keep or automate", "fine", "absent", "gone",
}

func causeWords(cause analyzer.Cause, w *Words) string {
	switch cause {
	case analyzer.CausePersonLeft:
		return w.say("person left")
	case analyzer.CauseSecondPerson:
		return w.say("second person practised")
	case analyzer.CauseRunbookWritten:
		return w.say("manual written")
	case analyzer.CauseRunbookImproved:
		return w.say("manual improved")
	case analyzer.CauseRunbookStale:
		return w.say("manual went stale")
	case analyzer.CauseRunbookDeleted:
		return w.say("manual deleted")
	case analyzer.CauseNewWork:
		return w.say("new kind of work")
	case analyzer.CauseWorkEnded:
		return w.say("work ended")
	case analyzer.CauseWorkMoved:
		return w.say("work moved")
	case analyzer.CauseMoreWork:
		return w.say("more work")
	}
	return w.say("data changed")
}

// coverage draws up who covers what.
func (c *content) coverage(of *quarterly.Coverage, w *Words) {
	m := &c.Coverage
	switch {
	case of.TooFew:
		m.Empty = w.say("Too few people are active for a pseudonym to hide anyone: this is shown only with --names.")
		return
	case len(of.Systems) == 0 || len(of.Rows) == 0:
		m.Empty = w.say("There is nothing that anyone active covers.")
		return
	}
	meanings := map[quarterly.Mark]string{
		quarterly.Key: w.say("key: without them most of it is uncovered, or a routine task stops"), quarterly.Covers: w.say("covers a quarter of it or more, or can do one of its tasks alone"),
		quarterly.Some: w.say("covers some of it, or is in training on a task"), quarterly.NoMark: "",
	}
	for _, mark := range []quarterly.Mark{quarterly.Key, quarterly.Covers, quarterly.Some} {
		m.Legend = append(m.Legend, legend{string(mark), meanings[mark]})
	}
	m.Legend = append(m.Legend, legend{"▣", w.say("outlined column: a single capable person (K or C)")})
	for _, s := range of.Systems {
		m.Columns = append(m.Columns, column{Name: s.Name, System: s.Name, Capable: fmt.Sprint(s.Capable), Single: s.Capable == 1, Nobody: s.Capable == 0})
	}
	for _, row := range of.Rows {
		shown := matrixRow{Person: row.Person}
		for i, mark := range row.Marks {
			shown.Cells = append(shown.Cells, cell{string(mark), meanings[mark], m.Columns[i].Single})
		}
		m.Rows = append(m.Rows, shown)
	}
	if of.MorePeople > 0 {
		m.Note = w.count(of.MorePeople, "%d more person covers less and is not shown.", "%d more people cover less and are not shown.")
	}
	if of.MoreSystems > 0 {
		m.Note = w.sentences(m.Note, w.count(of.MoreSystems, "%d less pressing system is not shown.", "%d less pressing systems are not shown."))
	}
}
