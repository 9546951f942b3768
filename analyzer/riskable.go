package analyzer

import (
	"slices"

	"keyperson/sources"
)

// Riskable is something that may be a risk, whether it is one or not: what a waiver or a baseline can be about.
type Riskable struct {
	Subject     Subject
	ID, Name    string
	Tier        int      // of the system, 0 where unknown
	Fingerprint string   // that its risk has, or would have
	Sources     []string // labels of the repositories (systems, procedures) or trackers (tasks) that it is known from, sorted
	Judged      bool     // there is evidence enough, and work enough of late, to say whether it is a risk
	Unclear     string   // why its not being a risk says nothing, in words; empty where it does
}

// What makes it unclear whether something is a risk that does not look like one.
const (
	tooLittleLeft = "too little evidence is left of it"
	endsEarly     = " ends long before the date looked from"
)

// Riskables lists the systems, tasks and procedures of an assessment, in its order.
func Riskables(a *Assessment) []Riskable {
	var all []Riskable
	add := func(r Riskable) {
		r.Fingerprint = fingerprint(r.Subject, r.ID)
		all = append(all, r)
	}
	for i := range a.Systems {
		add(riskableSystem(a, &a.Systems[i]))
	}
	for i := range a.Tasks {
		add(riskableTask(a, &a.Tasks[i]))
	}
	for i := range a.Runbooks {
		r := &a.Runbooks[i]
		add(Riskable{Subject: OfRunbook, ID: r.key(), Name: r.Title, Judged: true, Sources: []string{r.Repository}})
	}
	return all
}

// riskableSystem is unclear where little is left of it. One in which nobody works any more is no risk: that its
// repository ends early is no sign that it was cut short.
func riskableSystem(a *Assessment, s *System) Riskable {
	r := Riskable{Subject: OfSystem, ID: s.ID, Name: s.Name, Tier: s.Tier, Judged: s.IsJudged()}
	r.Sources, _ = a.labels(s.Sources)
	if !r.Judged && s.Verdict != VerdictDormant && s.Files > 0 {
		r.Unclear = tooLittleLeft
	}
	return r
}

// riskableTask is unclear where its tracker ends early, since what was done later changes who can do it, and where
// executions of the last year may be missing. One that is not done any more is no risk.
func riskableTask(a *Assessment, t *Task) Riskable {
	r := Riskable{Subject: OfTask, ID: t.ID, Name: t.Name, Tier: t.Tier, Judged: t.Enough && !t.Dormant}
	var stale string
	r.Sources, stale = a.labels(t.Sources)
	switch {
	case stale != "":
		r.Unclear = stale + endsEarly
	case !t.Enough && slices.ContainsFunc(t.Sources, func(i int) bool { return a.Sources[i].Short }):
		r.Unclear = tooLittleLeft
	}
	return r
}

// labels names sources, sorted, and the first of them that is stale, empty for none.
func (a *Assessment) labels(indices []int) (labels []string, stale string) {
	for _, i := range indices {
		source := &a.Sources[i]
		labels = append(labels, source.Label)
		if source.Stale && stale == "" {
			stale = source.Label
		}
	}
	slices.Sort(labels)
	return labels, stale
}

// IsJudged says whether there is evidence enough, and work enough within the window, for a verdict on who knows the code.
func (s *System) IsJudged() bool { return s.Verdict.isJudged() && s.Verdict != VerdictTaskStops }

// repositoriesOf are the repositories that files lie in, as indices into Assessment.Sources, ascending.
func (w *work) repositoriesOf(files []uint32) []int {
	found := make([]bool, len(w.evidence.Repositories))
	for _, file := range files {
		found[w.evidence.Things[w.graph.Files[file].Thing].Repository] = true
	}
	return placesOf(found, 0)
}

// trackersOf are the trackers that tickets come from, likewise.
func trackersOf(e *sources.Evidence, tickets []uint32) []int {
	found := make([]bool, len(e.Trackers))
	for _, ticket := range tickets {
		found[e.Tickets[ticket].Tracker] = true
	}
	return placesOf(found, len(e.Repositories))
}

func placesOf(found []bool, first int) []int {
	var places []int
	for i, isFound := range found {
		if isFound {
			places = append(places, first+i)
		}
	}
	return places
}
