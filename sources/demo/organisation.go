package demo

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// organisation is the plan: who there is, what they look after, and what happens.
type organisation struct {
	options  Options
	people   []*person
	services []*service
	cells    []*cell
	kinds    []*kind
	tickets  []ticket // in the order of their keys
	bulks    []bulkClosing
	commits  []commitPlan
}

// cell is a dozen services with their fourteen people, in which every story is planted once.
type cell struct {
	number   int
	members  []*person // by the constants of cast.go
	extras   []*person // engineers beyond
	services [servicesPerCell]*service
}

// kind is a kind of task of one cell.
type kind struct {
	*kindPlan
	id      string // slug, in a large organisation with the cell's number
	name    string
	service *service
	written time.Time // when its procedure was; zero for never
}

// at is the random stream of one purpose, so that a change in one part of a plan leaves the others as they are.
func (o Options) at(purpose string, number int) *rand.Rand {
	hash := uint64(14695981039346656037)
	for _, b := range []byte(fmt.Sprintf("%s %d", purpose, number)) {
		hash = (hash ^ uint64(b)) * 1099511628211
	}
	return rand.New(rand.NewPCG(o.Seed, hash))
}

// plan makes up the organisation and everything that happens in it.
func plan(options Options) *organisation {
	o := &organisation{options: options}
	o.hire()
	for number := range options.cells() {
		o.found(number)
	}
	o.planTickets()
	o.planCommits()
	return o
}

// hire casts everybody: first the roles of each cell, then engineers dealt out in turn.
func (o *organisation) hire() {
	casting := newCasting(o.options.at("cast", 0))
	for number := range o.options.cells() {
		c := &cell{number: number, members: casting.cell()}
		o.cells = append(o.cells, c)
		o.people = append(o.people, c.members...)
	}
	for i := len(o.people); i < o.options.People; i++ {
		p := casting.cast(Engineer, pick(casting.random, givenNames), casting.familyName())
		casting.giveHolidays(p)
		c := o.cells[i%len(o.cells)]
		c.extras = append(c.extras, p)
		o.people = append(o.people, p)
	}
}

// found sets up the services and kinds of task of a cell.
func (o *organisation) found(number int) {
	c := o.cells[number]
	suffix, parent := "", "services/"
	if len(o.cells) > 1 {
		suffix, parent = fmt.Sprintf("-%02d", number), fmt.Sprintf("domains/%02d/", number)
	}
	for i := range servicePlans {
		if len(o.services) == o.options.Services {
			break
		}
		s := &service{id: servicePlans[i].name + suffix, plan: &servicePlans[i], cell: c}
		s.directory = parent + s.id
		c.services[i] = s
		o.services = append(o.services, s)
	}
	for i := range kindPlans {
		k := &kind{kindPlan: &kindPlans[i], id: kindPlans[i].slug + suffix, name: kindPlans[i].name, service: c.services[kindPlans[i].service]}
		if k.service == nil {
			continue
		}
		if suffix != "" {
			k.name += " " + suffix[1:]
		}
		switch {
		case k.story == converted:
			k.written = quarterStart(k.since).AddDate(0, 0, 5)
		case k.hasRunbook():
			k.written = o.options.start().AddDate(0, 0, 6)
		}
		o.kinds = append(o.kinds, k)
	}
}

// runbook is the path of the kind's procedure, whether it is written yet or not.
func (k *kind) runbook() string { return "docs/runbooks/" + k.service.id + "/" + k.slug + ".md" }

// members returns the people of the cell with these places.
func (c *cell) pick(places []int) []*person {
	people := make([]*person, len(places))
	for i, place := range places {
		people[i] = c.members[place]
	}
	return people
}
