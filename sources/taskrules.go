package sources

import "regexp"

// TaskRule is what a configuration says of one kind of recurring work. A ticket belongs to the first rule of which
// every condition that is set holds; a list holds when one of its values equals one of the ticket's, case aside.
type TaskRule struct {
	ID     string // required, unique
	Name   string // shown instead of the ID; may be empty
	System string // ID of the system it belongs to; empty: told from its tickets

	Summary      *regexp.Regexp // nil: any
	Projects     []string
	Types        []string
	RequestTypes []string
	Components   []string
	Labels       []string
	Groups       []string

	Runbook     string     // path of its procedure, "label:path" where there are several repositories
	Class       string     // "scheduled", "requested", "urgent"; empty: told from its tickets
	Obligation  *bool      // must be done on any day, whoever is in; nil: told from the system's tier
	Routineness *float64   // pinned, in [0,1]; nil: computed
	Hours       *float64   // handling time of one execution; nil: told from its tickets
	Level       *LevelRule // pinned level; nil: computed

	Line int // where the rule starts in the configuration
}

// LevelRule pins the level of a task. An override has a reason and an end.
type LevelRule struct {
	Level  string // "A", "B" or "C"
	Reason string
	Until  int64 // last second it holds, seconds since 1970
}
