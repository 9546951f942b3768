package analyzer

import (
	"keyperson/analyzer/concentration"
	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// compare computes what other tools print, on commits authored and on files authored.
func (w *work) compare(t *tally, files []uint32) Comparison {
	c := Comparison{TruckFactorAvelino: w.truckFactorOf(files)}
	if len(t.authored) == 0 {
		return c
	}
	c.ContributorAbsenceFactor = concentration.ContributorAbsenceFactor(t.authored)
	c.HHI = concentration.HHI(t.authored)
	c.Gini = concentration.Gini(t.authored)
	c.EffectivePeople = concentration.EffectiveNumber(t.authored)
	c.Major, c.Minor = concentration.MajorMinor(t.authored)
	c.TopOwnership = concentration.TopShare(t.authored)
	return c
}

func degreeOfAuthorship(tie *graph.Tie, changes int) float64 {
	return concentration.DegreeOfAuthorship(tie.Created, int(tie.Changes), changes-int(tie.Changes))
}

// authorship is the published measure of who authored which of the graph's files, with Keyperson's
// people and files, so that it differs from other columns in the measure alone.
func authorship(e *sources.Evidence, people *sources.People, g *graph.Graph) *concentration.Authorship {
	input := concentration.AuthorshipInput{
		People: len(people.Persons), Paths: len(e.Things),
		Changes: make([]concentration.Change, 0, len(e.Records)), Files: make([]uint32, 0, len(g.Files)),
	}
	for i := range e.Records {
		r := &e.Records[i]
		person := people.ByIdentity[r.Person]
		action, counts := publishedAction(r)
		if !counts || !g.IsRead(r.Event) || people.Persons[person].Kind != sources.Human {
			continue
		}
		input.Changes = append(input.Changes, concentration.Change{Person: person, Path: r.Thing, From: r.From, Action: action})
	}
	for i := range g.Files {
		input.Files = append(input.Files, g.Files[i].Thing)
	}
	return concentration.Authors(input)
}

// truckFactorOf is the unpruned truck factor of a set of files.
func (w *work) truckFactorOf(files []uint32) int {
	if w.authors == nil {
		w.authors = authorship(w.evidence, w.people, w.graph)
	}
	numbers := make([]int, len(files))
	for i, file := range files {
		numbers[i] = int(file)
	}
	return w.authors.TruckFactor(numbers, false).Value
}

// publishedTruckFactor is the published tool's result, with its developers in the roster.
func (w *work) publishedTruckFactor() *TruckFactor {
	mapped := func(identity uint32) sources.Identity {
		if w.people.Mapped == nil {
			return w.evidence.Identities[identity]
		}
		return w.people.Mapped[identity]
	}
	factor, developers := publishedTruckFactor(w.evidence, w.people, mapped, w.options)
	for i := range factor.Developers {
		developer := &developers[factor.Developers[i].Person]
		person := developer.Person
		factor.Developers[i].Person = w.roster.add(Person{
			ID: w.people.Persons[person].ID, Name: developer.Shown.Name,
			Active: w.active[person], Left: w.roster.left[person], LastSeen: timeOf(w.roster.lastSeen[person]),
		})
	}
	return factor
}
