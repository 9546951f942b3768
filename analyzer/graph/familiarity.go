package graph

import (
	"math"

	"keyperson/sources"
)

const secondsPerDay = 86400

// Weights of a contribution to familiarity, in units of one fresh change to a file. As a
// ranking of who changes a file next, on eleven public histories, weights of 1 to 5 for writing a file and 0 to 1 for a
// review, and half-lives from 90 to 365 days, lie within 0.005 of mean reciprocal rank, from 730 days on it falls: the
// history cannot tell them apart, so they stay.
const (
	creationWeight = 3.0 // writing a file teaches what two later changes do not quite
	changeWeight   = 1.0
	reviewWeight   = 0.3
	// fullCreditFiles is the number of files up to which a commit counts in full for each; a wider one
	// shares the credit of so many among all its files.
	fullCreditFiles = 30.0
)

// credit is what one event gives for each file it touches.
type credit struct {
	time     int64 // of the event, not after the as-of date
	inWindow bool  // not before Since
	isNil    bool  // mechanical: familiarity and change weight 0
	weight   float64
}

// weighEvents works out, for each event, decay × 1/(systems touched) × the share of a wide commit.
func (g *Graph) weighEvents(e *sources.Evidence, systems *sources.SystemMap, descent *descent, options Options) []credit {
	credits := make([]credit, len(e.Events))
	shapes := shapesOf(e, descent)
	g.reasons = make([]Reason, len(e.Events))
	g.times = make([]int64, len(e.Events))
	touched := systemsTouched(e, systems, descent)
	for i := range e.Events {
		event := &e.Events[i]
		time := min(event.Time, options.AsOf)
		if event.Time > options.AsOf {
			g.late++
		}
		g.times[i] = time
		credits[i] = credit{time: time, inWindow: time >= options.Since}
		if !credits[i].inWindow {
			continue
		}
		if reason := shapes.reason(event, i); reason != NotMechanical {
			g.reasons[i] = reason
			credits[i].isNil = true
			g.Mechanical = append(g.Mechanical, MechanicalCommit{Event: uint32(i), Files: int(shapes.files[i]), Reason: reason})
			continue
		}
		ageDays := float64(options.AsOf-time) / secondsPerDay
		weight := math.Exp2(-ageDays / options.HalfLifeDays)
		if touched[i] > 1 {
			weight /= float64(touched[i])
		}
		if files := float64(shapes.files[i]); files > fullCreditFiles {
			weight *= fullCreditFiles / files
		}
		credits[i].weight = weight
	}
	return credits
}

// systemsTouched counts the distinct systems on which each event did work that is assessed. A file belongs to the system
// that it is in now, under whatever name it was changed: moving it does not change what it took to know it. The line in
// the change log or the generated file that goes with a change does not make it less of one.
func systemsTouched(e *sources.Evidence, systems *sources.SystemMap, descent *descent) []uint32 {
	touched := make([]uint32, len(e.Events))
	seenIn := make([]uint32, len(systems.Systems)) // 1 + the last event seen on the system
	isLeftOut := make([]bool, len(e.Things))
	for i := range e.Files {
		isLeftOut[e.Files[i].Thing] = e.Files[i].Exclusion != sources.Assessed
	}
	for i := range e.Records {
		event, thing := e.Records[i].Event, descent.nameNow(e, i)
		if isLeftOut[thing] {
			continue
		}
		for _, system := range systems.ByThing[thing] {
			if seenIn[system] != event+1 {
				seenIn[system] = event + 1
				touched[event]++
			}
		}
	}
	return touched
}

// weigh turns a record into a contribution. A file that was only moved teaches nothing, and neither
// does its deletion.
func weigh(record *sources.Record, person uint32, credit credit) Contribution {
	c := Contribution{Person: person, Event: record.Event, Kind: record.Kind, Action: record.Action, LinesAdded: record.LinesAdded}
	onlyMoved := record.Action == sources.Renamed && record.Similarity == 100
	if credit.isNil || onlyMoved || record.Action == sources.Deleted {
		return c
	}
	weight := changeWeight
	switch {
	case record.Kind == sources.Reviewed:
		weight = reviewWeight
	case record.Action == sources.Added:
		weight = creationWeight
	}
	c.Familiarity = weight * credit.weight
	if record.Kind == sources.Authored {
		c.Change = credit.weight
	}
	return c
}

// sumTies adds contributions of one history to their ties, and counts the events that give familiarity;
// slot maps a person to the tie.
func (g *Graph) sumTies(contributions []Contribution, slot []uint32) (commits int32) {
	last := sources.None
	for i := range contributions {
		c := &contributions[i]
		c.Tie = slot[c.Person]
		tie := &g.Ties[c.Tie]
		tie.Familiarity += c.Familiarity
		if c.Familiarity > 0 {
			if c.Event != last {
				commits++
				last = c.Event
			}
			tie.Commits++
			tie.LastSeen = max(tie.LastSeen, g.times[c.Event])
			tie.Wrote = tie.Wrote || c.Action == sources.Added && c.Kind != sources.Reviewed
		}
		if c.Kind != sources.Authored {
			continue
		}
		switch c.Action {
		case sources.Added:
			tie.Created = true
		case sources.Modified, sources.Renamed, sources.TypeChanged:
			tie.Changes++
		}
	}
	return commits
}
