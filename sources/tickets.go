package sources

// Tracker is one place that tickets were read from: a live Jira, or files exported from some tracker.
type Tracker struct {
	Label   string // short name, unique within one run
	Origin  string // what was read, as the user wrote it: an address or a file
	Tickets int
	First   int64 // creation of the oldest ticket, seconds since 1970; 0 where there are none
	Newest  int64 // newest event of any ticket, seconds since 1970; 0 where there are none
	// Repeated counts those that were read that another tracker has too and that count there; they are not among Tickets.
	Repeated int
}

// Ticket is one piece of work as a tracker recorded it. Texts are the tracker's, uncleaned; long ones
// (description, comments) are not kept, only what they cite.
type Ticket struct {
	Tracker     uint32   // index into Evidence.Trackers
	Key         string   // unique within its tracker: "OPS-123"
	ID          string   // the server's own, which stays where a move to another project changes the key; may be empty
	FormerKeys  []string // that it had in other projects, as far as is known: commits go on citing them
	URL         string   // where a reader finds it, may be empty
	Project     string   // key of the project, may be empty
	Type        string   // issue type: "Bug", "Service Request"
	RequestType string   // customer request type, or category and subcategory joined by " / "
	Summary     string
	Status      string
	Resolution  string // empty while unresolved
	Priority    string
	Group       string // assignment group, may be empty
	Service     string // configuration item or service field, may be empty
	Components  []string
	Labels      []string

	Created  int64 // seconds since 1970; 0 where unknown, and likewise below
	Updated  int64
	Resolved int64

	Reporter uint32 // index into Evidence.Identities, None where unknown, and likewise below
	Assignee uint32 // the final one, who is not always the doer
	Resolver uint32 // who set the resolution, where the source tells

	Acts []Act // who did what on it, by time, then as in the source

	// Reassigned, Reopened and Escalated count how often it changed hands, was opened again, and was
	// raised in priority or level; -1 where the source cannot tell.
	Reassigned, Reopened, Escalated int32
	// UsedProcedure is what the tracker itself says of a knowledge article or procedure having been used.
	UsedProcedure Answer
	Citations     []Citation // documents that its texts point at
	Runbooks      []uint32   // those of them, and of its checklist, that were found: indices into Evidence.Runbooks, ascending
	Checklist     []uint64   // StepHash of each item of a list of steps or checkboxes in its texts, in order
	Incomplete    bool       // the tracker has more of its history than could be read
	// HolderUnknown says that somebody may have had the ticket at the date looked from, and that it cannot be told who: it
	// has changed since, and its assignments were not recorded. Assignee is None then.
	HolderUnknown bool
}

// Keys are all that the ticket may be cited by, its own first.
func (t *Ticket) Keys() []string { return append([]string{t.Key}, t.FormerKeys...) }

// Answer is what a source says to a yes-or-no question.
type Answer uint8

// The answers.
const (
	Unknown Answer = iota
	Yes
	No
)

// Act is one thing one person did on a ticket. Kind is one of Reported, Assigned, HandedOver, Resolved,
// Commented and LoggedWork.
type Act struct {
	Person    uint32 // index into Evidence.Identities
	Kind      Kind
	Time      int64  // seconds since 1970; for Assigned the beginning of the span
	End       int64  // end of a span of Assigned; 0 while it lasts, and for every other kind
	Seconds   int64  // LoggedWork only: how long the work took
	Reference string // the source's id of the comment, work log or change; may be empty
}

// Citation is a document that a text points at: a path, an address or a wiki title.
type Citation struct {
	Target string
	Person uint32 // who wrote the text, index into Evidence.Identities; None where unknown
	Time   int64  // seconds since 1970, 0 where unknown
}

// MentionKind says what a commit message mentions.
type MentionKind uint8

// The kinds of mention.
const (
	TicketMention   MentionKind = iota // "OPS-123"
	DocumentMention                    // the value of a Runbook or Procedure trailer: a path or an address
)

// Mention is a ticket or document that a commit's message names. A word that only looks like a ticket's key
// (UTF-8, SHA-256) is a mention too: whoever uses it knows which tickets there are.
type Mention struct {
	Event uint32 // index into Evidence.Events
	Kind  MentionKind
	Text  string
	// Runbook is what a document mention was found to be, index into Evidence.Runbooks; None where it is something else.
	Runbook uint32
}

// TicketHistory is what one reading of one tracker gave, before it is joined with other evidence: the indices of
// people in its tickets point into its own Identities, and Ticket.Tracker is 0.
type TicketHistory struct {
	Tracker    Tracker
	Identities []Identity
	Tickets    []Ticket
	Findings   []Finding
	Cursor     string // where the next reading of a live tracker goes on; opaque, empty for files
}

// AddTo appends the history to the evidence: the tracker, its identities, its tickets and its findings.
func (h *TicketHistory) AddTo(e *Evidence) {
	tracker, first := uint32(len(e.Trackers)), uint32(len(e.Identities))
	move := func(person uint32) uint32 {
		if person == None {
			return None
		}
		return person + first
	}
	e.Trackers = append(e.Trackers, h.Tracker)
	e.Identities = append(e.Identities, h.Identities...)
	for _, ticket := range h.Tickets {
		ticket.Tracker = tracker
		ticket.Reporter, ticket.Assignee, ticket.Resolver = move(ticket.Reporter), move(ticket.Assignee), move(ticket.Resolver)
		ticket.Acts = append([]Act(nil), ticket.Acts...)
		for i := range ticket.Acts {
			ticket.Acts[i].Person = move(ticket.Acts[i].Person)
		}
		ticket.Citations = append([]Citation(nil), ticket.Citations...)
		for i := range ticket.Citations {
			ticket.Citations[i].Person = move(ticket.Citations[i].Person)
		}
		e.Tickets = append(e.Tickets, ticket)
	}
	e.Findings = append(e.Findings, h.Findings...)
}
