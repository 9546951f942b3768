package demo

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// outcome is how a ticket ended.
type outcome uint8

const (
	open outcome = iota
	done
	duplicate
	wontDo
	bulkClosed // by the bulk closer, without anyone having done it
)

// ticket is the plan of one ticket; what only dresses it up is drawn from text when it is written.
type ticket struct {
	kind              *kind
	doer              *person // nil while nobody has it
	created, resolved int64
	seconds           int32 // of handling
	text              uint32
	outcome           outcome

	follows, wrongAssignee, noComponent, reassigned, reopened, escalated bool
}

// bulkClosing is one afternoon of clearing up.
type bulkClosing struct {
	by      *person
	at      time.Time
	tickets int
}

// The share of tickets that something is wrong with, at noise 1.
const (
	stepInShare        = 0.02 // someone else does it once
	wrongAssigneeShare = 0.04
	noComponentShare   = 0.05
	reassignedShare    = 0.05
	reopenedShare      = 0.015
	duplicateShare     = 0.02
	wontDoShare        = 0.02
)

func (o *organisation) planTickets() {
	planned := 0.0
	for _, k := range o.kinds {
		planned += k.perQuarter * float64(o.options.Quarters)
	}
	scale := float64(o.options.Tickets) / planned
	for i, k := range o.kinds {
		rate := k.perQuarter
		if !k.isJudgement() && k.story != rare || scale < 1 {
			rate *= scale
		}
		o.planKind(k, rate, o.options.at("tickets", i))
	}
	for _, c := range o.cells {
		o.clearUp(c)
	}
	slices.SortStableFunc(o.tickets, func(a, b ticket) int { return cmp.Compare(a.created, b.created) })
}

func (o *organisation) planKind(k *kind, rate float64, random *rand.Rand) {
	noise := o.options.Noise
	times := occurrences(k.kindPlan, o.options.start(), lastDay.Add(18*time.Hour), rate, noise, random)
	if k.story == rare {
		times = times[:min(len(times), enough-2)]
	}
	for _, at := range times {
		t := ticket{kind: k, created: at.Unix(), text: random.Uint32()}
		chance := func(share float64) bool { return random.Float64() < share*noise }
		t.noComponent, t.reassigned, t.wrongAssignee = chance(noComponentShare), chance(reassignedShare), chance(wrongAssigneeShare)
		t.reopened, t.escalated = chance(reopenedShare), chance(reopenedShare)
		if k.isJudgement() {
			t.reopened, t.escalated = random.Float64() < 0.5, random.Float64() < 0.15
		}
		stepsIn := chance(stepInShare)
		t.doer = k.doer(at, stepsIn, random)
		t.seconds = handling(k.kindPlan, random)
		switch {
		case chance(duplicateShare):
			t.outcome = duplicate
		case chance(wontDoShare):
			t.outcome = wontDo
		default:
			t.outcome = done
		}
		if t.doer == nil {
			t.outcome = open
		}
		t.finish(at, random)
		t.follows = t.follows && !stepsIn // who helps out once does it from the holder's instructions
		o.tickets = append(o.tickets, t)
	}
}

// finish sets when the ticket was resolved; one that would be after the end stays open.
func (t *ticket) finish(at time.Time, random *rand.Rand) {
	if t.outcome == open {
		return
	}
	begun := at.Add(time.Duration(600+random.IntN(4*3600)) * time.Second)
	if t.doer != nil {
		begun = t.doer.back(begun)
	}
	over := begun.Add(time.Duration(float64(t.seconds)*(1+0.3*random.Float64())) * time.Second)
	if t.reopened {
		over = over.Add(30 * time.Hour)
	}
	if !over.Before(lastDay.AddDate(0, 0, 1)) || t.doer.hasLeft(over) {
		t.outcome = open
		return
	}
	t.resolved = over.Unix()
	t.follows = t.kind.hasRunbook() && over.After(t.kind.written) && random.Float64() < 0.85
}

// handling is how long an execution takes: about the same in routine, anything in judgement.
func handling(k *kindPlan, random *rand.Rand) int32 {
	factor := min(max(1+0.15*random.NormFloat64(), 0.5), 2)
	if k.isJudgement() {
		factor = min(math.Exp(1.1*random.NormFloat64()), 20)
	}
	return int32(max(300, k.hours*3600*factor))
}

// doer is who does the kind's work at a time, nil for nobody.
func (k *kind) doer(at time.Time, stepsIn bool, random *rand.Rand) *person {
	c := k.service.cell
	if stepsIn && k.story != abandoned && k.story != craft && k.story != regressed {
		// Whoever happens to be there, once; where a second person is what the story is about, nobody else confuses it.
		if p := c.members[pick(random, onCall)]; !p.isAway(at) {
			return p
		}
	}
	switch k.story {
	case converted:
		if at.Before(k.written.AddDate(0, 0, 7)) || random.Float64() < 0.12 {
			return c.members[bridge]
		}
		return available(c.pick(associates), at, random)
	case abandoned, inherited:
		if before := c.members[leaver]; !before.hasLeft(at.AddDate(0, 0, 2)) {
			return before
		}
		if k.story == abandoned {
			return nil
		}
		return c.members[k.doers[1]]
	}
	return available(c.pick(k.doers), at, random)
}

// available picks one who is not away; where all are, one who will be back.
func available(people []*person, at time.Time, random *rand.Rand) *person {
	var here, later []*person
	for _, p := range people {
		switch {
		case !p.isAway(at):
			here = append(here, p)
		case !p.hasLeft(at.AddDate(0, 0, 15)):
			later = append(later, p)
		}
	}
	if len(here) == 0 {
		here = later
	}
	if len(here) == 0 {
		return nil
	}
	return pick(random, here)
}

// clearUp plants two bulk closings: open tickets that nobody works on, and some that were forgotten, all resolved
// within minutes as if they had been done.
func (o *organisation) clearUp(c *cell) {
	random := o.options.at("bulk", c.number)
	closer := c.members[bulkCloser]
	for _, quarter := range []int{5, 7} {
		at := workHour(quarterStart(quarter).AddDate(0, 0, 40), random).Truncate(time.Minute)
		closing := bulkClosing{by: closer, at: at}
		for i := range o.tickets {
			t := &o.tickets[i]
			if t.kind.service.cell == c && t.outcome == open && t.doer == nil && t.created < at.AddDate(0, 0, -30).Unix() {
				t.outcome, t.doer = bulkClosed, closer
				t.resolved = at.Add(time.Duration(closing.tickets*3) * time.Second).Unix()
				closing.tickets++
			}
		}
		for _, k := range o.kinds {
			if k.service.cell != c || k.isJudgement() || k.story == rare || random.IntN(2) == 0 {
				continue
			}
			for range 2 + random.IntN(2) {
				created := workHour(at.AddDate(0, 0, -40-random.IntN(80)), random)
				o.tickets = append(o.tickets, ticket{
					kind: k, doer: closer, outcome: bulkClosed, text: random.Uint32(), created: created.Unix(),
					resolved: at.Add(time.Duration(closing.tickets*3) * time.Second).Unix(),
				})
				closing.tickets++
			}
		}
		o.bulks = append(o.bulks, closing)
	}
}
