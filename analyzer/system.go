package analyzer

import (
	"math"
	"time"

	"keyperson/analyzer/busfactor"
	"keyperson/analyzer/concentration"
	"keyperson/sources"
)

// Limits of what is said of a system; starting values.
const (
	// minimumCommits is the number of commits under which nothing is said of a system.
	minimumCommits = 10
	// minimumRecentCommits is the number of commits within the activity window under which a system is
	// dormant: too little work arrives to speak of who does it.
	minimumRecentCommits = 3
	// MaxFileRisks bounds System.OnlyCovered.
	MaxFileRisks  = 20
	maxRobustness = 10 // losses
	daysPerMonth  = 365.2425 / 12
	maxKeyPeople  = 10
)

// assessSystem scores one set of files, all but the interval and the verdict, which judge adds.
func (w *work) assessSystem(files []uint32) System {
	c := w.coverageOf(files)
	tally := w.tally(files)
	s := System{
		Files: len(files), Sources: w.repositoriesOf(files), Commits: tally.commits, RecentCommits: tally.recent,
		EverPeople: len(tally.people), ActivePeople: tally.activePeople,
		Comparison: w.compare(tally, files), Tasks: SystemTasks{Worst: -1},
	}
	found, top := w.judgeCoverage(&s, c)
	covering := len(c.People())
	curve := busfactor.Robustness(c, covering, found.Absent)
	s.RobustnessArea = concentration.RobustnessArea(curve, covering)
	s.Robustness = curve[:min(len(curve), maxRobustness+1)]
	for i, person := range found.Absent {
		if i == maxKeyPeople {
			break
		}
		s.KeyPeople = append(s.KeyPeople, KeyPerson{
			Person: w.roster.index(person), CoveredAlone: c.Alone(person), LastSeen: timeOf(tally.lastSeen[person]),
		})
	}
	if s.TopPerson >= 0 {
		s.TopShare, s.OnlyCovered = tally.shares[top], w.onlyCovered(files, top, c.Total())
	}
	w.sinceOthers(&s, tally)
	return s
}

// judge puts the interval around the bus factor, and what all of it amounts to into words.
func (s *System) judge(drawn interval, options Options) {
	b := &s.BusFactor
	b.Low, b.High, b.Resamples = max(0, b.Value-drawn.below), b.Value+drawn.above, drawn.resamples
	s.Verdict, s.VerdictReason = verdict(s, options)
}

// judgeCoverage fills in what follows from who covers what: the bus factor, without an interval, and the person whose
// absence uncovers most. It returns the bus factor as found, and that person.
func (w *work) judgeCoverage(s *System, c *busfactor.Coverage) (found busfactor.Result, top uint32) {
	found = busfactor.Of(c)
	s.BusFactor = BusFactor{
		Enough: s.Commits >= minimumCommits && c.Total() > 0,
		Value:  found.Value, Exact: found.Exact, Low: found.Value, High: found.Value,
	}
	s.UncoveredNow, s.TopPerson = c.Uncovered(), -1
	s.UncoveredWithoutTop = s.UncoveredNow
	if person, uncovered, ok := busfactor.Worst(c); ok {
		top = person
		s.TopPerson, s.UncoveredWithoutTop = w.roster.index(person), uncovered
	}
	return found, top
}

// describe takes over what the catalog says of a system.
func (s *System) describe(of *sources.System) {
	s.ID, s.Name, s.Tier, s.Team, s.Origin = of.ID, of.Name, of.Tier, of.Team, of.Origin
}

// sinceOthers fills in when anyone but the top person last worked on the system. Where there is none, nobody is another.
func (w *work) sinceOthers(s *System, tally *tally) {
	if s.TopPerson < 0 {
		return
	}
	last := int64(math.MinInt64)
	for _, person := range tally.people {
		if w.roster.index(person) != s.TopPerson {
			last = max(last, tally.lastSeen[person])
		}
	}
	if last == math.MinInt64 {
		return
	}
	date := fromUnix(last)
	months := float64(w.graph.AsOf-last) / secondsPerDay / daysPerMonth
	s.LastByOther, s.MonthsSinceOther = &date, &months
}

func timeOf(seconds int64) time.Time {
	if seconds == math.MinInt64 {
		return time.Time{}
	}
	return fromUnix(seconds)
}
