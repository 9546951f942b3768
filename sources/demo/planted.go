package demo

import (
	"strings"
	"time"
)

// truth states the plan as facts.
func (o *organisation) truth(written []writtenCommit) *Truth {
	t := &Truth{
		Schema: 1, Seed: o.options.Seed, Noise: o.options.Noise,
		From: o.options.start().Format(time.DateOnly), To: lastDay.Format(time.DateOnly),
		Tickets: len(o.tickets), Commits: len(o.commits),
		Programs: []ProgramTruth{{bot, "bot"}, {agent, "agent"}},
	}
	for _, p := range o.people {
		person := PersonTruth{ID: p.id, Name: p.name(), Role: p.role, Identities: append(append([]Identity{p.main}, p.aliases...), p.tracker)}
		if !p.leaves.IsZero() {
			person.Left = p.leaves.Format(time.DateOnly)
		}
		t.People = append(t.People, person)
	}
	for _, c := range o.cells {
		t.Different = append(
			t.Different,
			[2]string{c.members[engineerA].id, c.members[engineerB].id},
			[2]string{c.members[engineerC].id, c.members[engineerD].id},
		)
	}
	for _, s := range o.services {
		t.Systems = append(t.Systems, o.systemTruth(s))
	}
	executions := map[*kind]int{}
	for i := range o.tickets {
		if o.tickets[i].outcome == done {
			executions[o.tickets[i].kind]++
		}
	}
	for _, k := range o.kinds {
		t.Tasks = append(t.Tasks, k.truth(executions[k]))
		if k.hasRunbook() {
			t.Runbooks = append(t.Runbooks, o.runbookTruth(k))
		}
		if change, ok := k.change(); ok {
			t.Changes = append(t.Changes, change)
		}
		if k.slug == brokenAlert {
			t.BrokenAlerts = append(t.BrokenAlerts, alertName(k))
		}
	}
	for _, commit := range written {
		what := "formatter"
		if commit.does == generated {
			what = "generated files"
		}
		t.Mechanical = append(t.Mechanical, MechanicalTruth{commit.id, what})
	}
	for _, bulk := range o.bulks {
		t.BulkClosings = append(t.BulkClosings, BulkTruth{bulk.by.id, bulk.at.Format(time.DateOnly), bulk.tickets})
	}
	return t
}

func ids(people []*person) []string {
	list := []string{}
	for _, p := range people {
		if !p.hasLeft(lastDay) {
			list = append(list, p.id)
		}
	}
	return list
}

func (o *organisation) systemTruth(s *service) SystemTruth {
	t := SystemTruth{ID: s.id, Tier: s.plan.tier, State: s.plan.state, Knows: ids(s.cell.pick(s.plan.knows)), Stops: []string{}}
	for _, k := range o.kinds {
		if k.service == s && k.story != rare && k.truth(enough).Holder != "" {
			t.Stops = append(t.Stops, k.id)
		}
	}
	return t
}

// enough is how many executions make a measure: fewer give no judgement.
const enough = 5

func (k *kind) truth(executions int) TaskTruth {
	c := k.service.cell
	t := TaskTruth{
		ID: k.id, Name: k.name, System: k.service.id, Type: k.issueType, Class: k.class, Executions: executions,
		Words: strings.TrimPrefix(summaryPattern(k.kindPlan), "^"), Routine: !k.isJudgement(), TooFew: executions < enough, Doers: ids(c.pick(k.doers)), Level: "B",
	}
	if k.hasRunbook() {
		t.Runbook = k.runbook()
	}
	switch k.placing {
	case byRule:
		t.PlacedBy, t.Match = "rule", k.id
	case byRequestType:
		t.PlacedBy, t.Match = "request type", k.name
	case byComponent:
		t.PlacedBy, t.Match = "component and type", k.service.id
	case byTemplate:
		t.PlacedBy, t.Match = "template", t.Words
	}
	switch k.story {
	case inherited:
		t.Class = "" // within a year two people did it alone, one after the other: that may be called personal or not
	case converted:
		t.Doers, t.Level = append(ids(c.pick(associates)), c.members[bridge].id), "C"
	case manual:
		t.Level = "C"
	case craft, sharedJudgement:
		t.Level = "A"
	}
	t.Alone = len(t.Doers) <= 1
	if len(t.Doers) == 1 {
		t.Holder = t.Doers[0]
	}
	t.Quadrant = map[bool]map[bool]string{
		true:  {true: "fix", false: "keep or automate"},
		false: {true: "protect", false: "fine"},
	}[t.Routine][t.Alone]
	return t
}

// change is how the kind's level changed within the planted quarters.
func (k *kind) change() (ChangeTruth, bool) {
	switch k.story {
	case converted:
		return ChangeTruth{Task: k.id, Quarter: quarterName(k.since), From: "B", To: "C", Causes: []string{"runbook written", "second person practised"}, Person: k.service.cell.members[bridge].id}, true
	case regressed:
		return ChangeTruth{Task: k.id, Quarter: quarterName(5), From: "C", To: "B", Causes: []string{"person left"}, Person: k.service.cell.members[second].id}, true
	}
	return ChangeTruth{}, false
}

// runbookTruth follows what METRICS.md says of maturity: a document that two people wrote and a third follows is at
// least executed by others; one that only its author follows is at most independent, and so is one whose date somebody
// else moves, since a recorded review may be one: but whoever moves it is no author.
func (o *organisation) runbookTruth(k *kind) RunbookTruth {
	t := RunbookTruth{Path: k.runbook(), Authors: []string{}}
	seen := map[*person]bool{}
	for i := range o.commits {
		c := &o.commits[i]
		if c.kind != k {
			continue
		}
		switch c.does {
		case reviewBumped:
			t.Bumps++
		case runbookWritten, runbookRevised:
			if !seen[c.author] {
				seen[c.author] = true
				t.Authors = append(t.Authors, c.author.id)
			}
		}
	}
	switch k.story {
	case converted, manual:
		t.AtLeast, t.AtMost, t.Others = 5, 6, true
	case regressed:
		t.AtLeast, t.AtMost = 3, 4
	case bumped:
		t.AtLeast, t.AtMost = 1, 4
	}
	return t
}
