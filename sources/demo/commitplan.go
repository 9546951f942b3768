package demo

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"
)

// commitKind is what a commit is about.
type commitKind uint8

const (
	foundation     commitKind = iota // README, configuration, mailmap, owners, alert rules
	codeBegun                        // the first version of a file
	codeChanged                      // a change of one file or a few of a service
	runbookWritten                   // the first version of a procedure
	runbookRevised                   // what it says changed
	runbookTypo                      // a few letters changed
	reviewBumped                     // only the review date moved
	depsUpdated                      // by the bot
	formatted                        // every code file, by a formatter
	generated                        // many files written by a program
)

// commitPlan is the plan of one commit.
type commitPlan struct {
	at       int64
	author   *person // nil: the bot
	reviewer *person
	service  *service
	kind     *kind
	does     commitKind
	file     uint8 // of the service
	files    uint8 // how many, from file on
	alias    bool  // by another name of the author
	agent    bool  // an AI agent is named as co-author
	text     uint32
}

const (
	stepInCommits = 0.02 // of the changes to a service that one person knows, at noise 1
	aliasShare    = 0.2
	agentShare    = 0.15
)

func (o *organisation) planCommits() {
	o.planRepository()
	for i, k := range o.kinds {
		if k.hasRunbook() {
			o.planRunbook(k, o.options.at("runbook", i))
		}
	}
	each := max(0, o.options.Commits-len(o.commits)) / len(o.services)
	for i, s := range o.services {
		o.planCode(s, each, o.options.at("code", i))
	}
	slices.SortStableFunc(o.commits, func(a, b commitPlan) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.does, b.does))
	})
}

// planRepository plans what concerns all services: the beginning, the bot, the formatter, the generator.
func (o *organisation) planRepository() {
	random := o.options.at("repository", 0)
	members := o.cells[0].members
	o.commits = append(
		o.commits,
		commitPlan{does: foundation, author: members[engineerA], at: o.options.start().Add(7 * time.Hour).Unix()},
		commitPlan{does: formatted, author: members[engineerC], at: workHour(quarterStart(5).AddDate(0, 0, 45), random).Unix()},
		commitPlan{does: generated, author: members[associateC], service: o.services[0], at: workHour(quarterStart(6).AddDate(0, 0, 20), random).Unix()},
	)
	for day := o.options.start().AddDate(0, 2, 0); day.Before(lastDay); day = day.AddDate(0, 0, 7) {
		at := day.Add(4*time.Hour + time.Duration(random.IntN(600))*time.Second)
		o.commits = append(o.commits, commitPlan{does: depsUpdated, service: pick(random, o.services), at: at.Unix()})
	}
}

// planCode plans about n changes to a service: its files are begun in the first weeks by those who know it, then
// changed on working days.
func (o *organisation) planCode(s *service, n int, random *rand.Rand) {
	know := append(s.cell.pick(s.plan.knows), s.extras()...)
	from, to := o.options.start().AddDate(0, 0, 2), lastDay
	switch s.plan.state {
	case Orphaned:
		to = s.cell.members[leaver].leaves
	case Dormant:
		to = quarterStart(5)
	}
	add := func(at time.Time, p *person, does commitKind, file int) {
		c := commitPlan{at: at.Unix(), author: p, service: s, does: does, file: uint8(file), files: 1, text: random.Uint32()}
		c.alias = random.Float64() < aliasShare
		if does == codeChanged && random.IntN(5) == 0 {
			c.files = uint8(2 + random.IntN(2))
		}
		c.agent = p.role == Engineer && random.Float64() < agentShare
		o.commits = append(o.commits, c)
	}
	for file := range filesPerService {
		add(workHour(from.AddDate(0, 0, 3*file), random), know[file%len(know)], codeBegun, file)
	}
	days := int(to.Sub(from).Hours()/24) - 35
	for range n - filesPerService {
		at := workHour(from.AddDate(0, 0, 34+random.IntN(days)), random)
		p := available(know, at, random)
		if len(know) == 1 {
			p = know[0]
			if random.Float64() < stepInCommits*o.options.Noise {
				p = s.cell.members[pick(random, onCall)]
			}
			if p.isAway(at) {
				at = p.back(at)
			}
		}
		if p == nil || p.hasLeft(at) || !at.Before(to) {
			continue
		}
		add(at, p, codeChanged, random.IntN(filesPerService))
	}
	if s.plan.state == Orphaned {
		o.planPassers(s, random)
	}
}

// extras are the engineers beyond the roles who work on a service: dealt out in turn to those that are shared.
func (s *service) extras() []*person {
	var shared []*service
	for _, other := range s.cell.services {
		if other != nil && other.plan.state == Shared {
			shared = append(shared, other)
		}
	}
	var dealt []*person
	for i, p := range s.cell.extras {
		if len(shared) > 0 && shared[i%len(shared)] == s {
			dealt = append(dealt, p)
		}
	}
	return dealt
}

// planPassers has people change an orphaned service, each of them each file at most once.
func (o *organisation) planPassers(s *service, random *rand.Rand) {
	passers := append(slices.Clone(onCall), bridge, associateB)
	from := s.cell.members[leaver].leaves.AddDate(0, 0, 10)
	days := int(lastDay.Sub(from).Hours() / 24)
	for i := range 2 * filesPerService {
		at := workHour(from.AddDate(0, 0, days*i/(2*filesPerService)), random)
		o.commits = append(o.commits, commitPlan{
			at: at.Unix(), author: s.cell.members[passers[(i+i/filesPerService)%len(passers)]], service: s,
			does: codeChanged, file: uint8(i % filesPerService), files: 1, text: random.Uint32(),
		})
	}
}

// planRunbook plans the life of a procedure as its story wants it.
func (o *organisation) planRunbook(k *kind, random *rand.Rand) {
	m := k.service.cell.members
	add := func(at time.Time, does commitKind, author, reviewer *person) {
		if at = workHour(at, random); at.Before(lastDay) && !author.hasLeft(at) {
			o.commits = append(o.commits, commitPlan{at: at.Unix(), does: does, kind: k, author: author, reviewer: reviewer, text: random.Uint32()})
		}
	}
	newest := lastDay.AddDate(0, 0, -40-random.IntN(60)) // of the revisions that keep it fresh
	// keepFresh has one of the authors revise it every few months, so that no quarter finds it stale.
	keepFresh := func(from time.Time, authors ...int) {
		for at := from.AddDate(0, 4, 0); at.Before(newest.AddDate(0, 0, -30)); at = at.AddDate(0, 4, 0) {
			add(at, runbookRevised, m[pick(random, authors)], nil)
		}
	}
	switch k.story {
	case converted:
		add(k.written, runbookWritten, m[bridge], m[associateA])
		add(k.written.AddDate(0, 0, 50), runbookRevised, m[associateA], m[bridge])
		keepFresh(k.written.AddDate(0, 0, 50), associateA, bridge)
		add(newest, runbookRevised, m[bridge], nil)
	case manual:
		add(k.written, runbookWritten, m[bridge], m[associateA])
		add(k.written.AddDate(0, 0, 30), runbookTypo, m[engineerB], nil)
		keepFresh(k.written, associateA, bridge)
		add(newest, runbookRevised, m[associateA], m[bridge])
	case regressed:
		add(k.written, runbookWritten, m[second], nil)
		add(k.written.AddDate(0, 3, 0), runbookRevised, m[engineerA], nil)
		keepFresh(k.written.AddDate(0, 3, 0), engineerA)
		add(newest, runbookRevised, m[engineerA], nil)
	case bumped:
		add(k.written, runbookWritten, m[engineerD], nil)
		for quarter := 1; quarter < plantedQuarters; quarter++ {
			add(quarterStart(quarter).AddDate(0, 0, 25), reviewBumped, m[bumper], nil)
		}
	}
}
