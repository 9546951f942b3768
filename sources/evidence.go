package sources

import "strings"

// None marks an absent index wherever a field of this package is an index into a table.
const None = ^uint32(0)

// Identity is a person as one source wrote them, before anyone asked who that is. All fields are
// the source's bytes, which need not be valid UTF-8; cleaning is the business of whoever shows them.
type Identity struct {
	Name    string
	Address string
	// Account is how a tracker knows the person, "label/key", the same for one person as long as the tracker
	// stays; empty in git. Login is the name they log in with there, where the tracker shows it.
	Account string
	Login   string
}

// Written is the identity in one line, as commits write it, with the account and its login in brackets:
// "Ada Lovelace <ada@example.org> (support/10023, login ada)".
func (i Identity) Written() string {
	text := i.Name
	if i.Address != "" {
		text += " <" + i.Address + ">"
	}
	if i.Account == "" {
		return text
	}
	text += " (" + i.Account
	if i.Login != "" && !strings.HasSuffix(i.Account, "/"+i.Login) {
		text += ", login " + i.Login
	}
	return text + ")"
}

// ThingKind says what sort of thing evidence is about.
type ThingKind uint8

// The kinds of things that people leave evidence on.
const (
	File ThingKind = iota
)

// Thing is what a person did something to. A path that was deleted and created again is one thing:
// the graph decides what of its history still counts.
type Thing struct {
	Kind       ThingKind
	Repository uint32 // index into Evidence.Repositories
	Path       string // slash-separated, relative to the repository's root, raw bytes
}

// Kind is what the person did, by the source's own word for it.
type Kind uint8

// The kinds of evidence, with where each comes from.
const (
	Authored   Kind = iota // the author of a commit
	CoAuthored             // a Co-authored-by trailer
	Reviewed               // a Reviewed-by or Reviewers trailer

	Reported   // opened a ticket
	Assigned   // had a ticket for a span of time
	HandedOver // gave a ticket to someone else
	Resolved   // set a ticket's resolution
	Commented  // wrote a comment on a ticket
	LoggedWork // booked time on a ticket

	Wrote     // the first version of a runbook
	Revised   // a later edit of a runbook
	Confirmed // a review date of a runbook moved on, and nothing else
)

// String returns the kind as reports write it.
func (k Kind) String() string {
	names := [...]string{
		"authored", "co-authored", "reviewed",
		"reported", "assigned", "handed over", "resolved", "commented", "logged work",
		"wrote", "revised", "confirmed",
	}
	if int(k) >= len(names) {
		return "unknown"
	}
	return names[k]
}

// Action is what happened to a file in a commit, in the letters of `git log --raw`.
type Action uint8

// The actions on a file.
const (
	Modified    Action = iota // M
	Added                     // A
	Deleted                   // D
	Renamed                   // R: From is the old path
	TypeChanged               // T: a file became a link, or the like
)

// Letter returns the status letter git prints for the action.
func (a Action) Letter() byte { return "MADRT"[a] }

// Event is one thing that happened at one time and can be pointed at: a commit.
type Event struct {
	Reference  string // commit id in hexadecimal
	Repository uint32 // index into Evidence.Repositories
	Time       int64  // seconds since 1970, when the work was done (author date)
	Recorded   int64  // seconds since 1970, when the source took it in (commit date)
	Declared   bool   // the project lists this event as mechanical (.git-blame-ignore-revs)
}

// Record is one piece of evidence: this person did this to this thing in this event.
type Record struct {
	Person       uint32 // index into Evidence.Identities
	Thing        uint32 // index into Evidence.Things
	From         uint32 // for Renamed the thing's old name, index into Evidence.Things; else None
	Event        uint32 // index into Evidence.Events
	LinesAdded   int32  // -1 where lines were not counted, or the content is binary
	LinesDeleted int32  // likewise
	Kind         Kind
	Action       Action
	Similarity   uint8 // of a rename, 50 to 100 percent; else 0
}

// Repository is one history that evidence was read from.
type Repository struct {
	Label    string // short name, unique within one run
	Path     string // where it was read, as the user wrote it
	Revision string // commit id that was read, in hexadecimal
	Commits  int    // commits reachable from the revision, merges included
	Merges   int    // of them, commits with more than one parent
}

// Evidence is everything one run read, as tables that point at each other by index. Events are in
// the order in which they can have happened: no commit comes before one of its ancestors, except
// where Repository differs. The records of one event stand together, in the order of the events.
type Evidence struct {
	Repositories []Repository
	Identities   []Identity
	Things       []Thing
	Events       []Event
	Records      []Record
	Files        []TreeFile
	Mentions     []Mention // by event
	Trackers     []Tracker
	Tickets      []Ticket // by tracker, then by key in natural order
	Runbooks     []Runbook
	Findings     []Finding
}

// Exclusion says why a file of the tree is not assessed. The rules are linguist's.
type Exclusion uint8

// The reasons for leaving a file out.
const (
	Assessed      Exclusion = iota // not left out
	Generated                      // written by a program
	Vendored                       // copied from another project
	Documentation                  // prose about the system; runbooks are assessed on their own terms
	NotText                        // binary content, a symbolic link or a submodule
	Configured                     // named under "exclude" in keyperson.yaml
)

// String returns the reason as reports write it.
func (e Exclusion) String() string {
	return [...]string{"assessed", "generated", "vendored", "documentation", "not text", "configured"}[e]
}

// TreeFile is one file that exists in the revision read.
type TreeFile struct {
	Thing     uint32 // index into Evidence.Things
	Exclusion Exclusion
	Lines     int32       // number of lines, -1 where not counted
	Owners    []LineOwner // who last wrote its lines, sorted by identity; nil unless lines were read
}

// LineOwner says how many lines of a file at the revision one identity was the last to write.
type LineOwner struct {
	Person uint32 // index into Evidence.Identities
	Lines  int32
}
