package report

// Checklist is what is to be done or to hold, with its state: in Markdown a task list that a ticket lets one tick.
type Checklist []CheckItem

// CheckItem is one condition or step, with what is known of it.
type CheckItem struct {
	State CheckState
	Text  string
	Note  string   // may be empty
	Of    []string // what it has to hold for, or be done with, each to be ticked on its own; nil for one
}

// CheckState is how a condition stands.
type CheckState uint8

// The states.
const (
	Open   CheckState = iota // not so, or not done
	Ticked                   // evidence shows it
	ByHand                   // a person has to say
	Before                   // was so already, which proves nothing
)

func (Checklist) isBlock() {}

// word is the state for those who do not see the mark.
func (s CheckState) word() string {
	return [...]string{Open: "open", Ticked: "done", ByHand: "to be confirmed by hand", Before: "already so before"}[s]
}

// mark is the state in plain text.
func (s CheckState) mark() string {
	return [...]string{Open: "[ ] ", Ticked: "[x] ", ByHand: "[?] ", Before: "[=] "}[s]
}

func (s CheckState) htmlMark() string {
	return [...]string{Open: "", Ticked: "✓", ByHand: "?", Before: "="}[s]
}
