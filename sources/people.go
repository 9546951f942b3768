package sources

// PersonKind tells people from programs.
type PersonKind uint8

// The kinds of author a history has.
const (
	Human PersonKind = iota
	Bot              // an automation account: dependency updates, release scripts, importers
	Agent            // an AI assistant named as author or co-author
)

// String returns the kind as reports write it.
func (k PersonKind) String() string { return [...]string{"person", "bot", "agent"}[k] }

// Person is one human or program, with every identity that was found to be theirs.
type Person struct {
	ID         string // stable across runs while the identities stay: the smallest normalised address, or name
	Name       string // the name to show
	Address    string // the address to show, may be empty
	Kind       PersonKind
	KindReason string   // for bots and agents, the rule that said so
	Identities []uint32 // indices into Evidence.Identities, ascending
}

// Merge states that two identities are one person, and the rule that says so.
type Merge struct {
	Person uint32 // index into People.Persons
	A, B   uint32 // indices into Evidence.Identities, A < B
	Reason string
}

// Suspect is a pair that may be one person but is not joined, for a human to decide.
type Suspect struct {
	A, B   uint32 // indices into People.Persons, A < B
	Reason string
}

// People is who the identities of the evidence belong to.
type People struct {
	Persons    []Person
	ByIdentity []uint32   // person of each identity, index into Persons
	Mapped     []Identity // what the repository's mailmap makes of each identity, itself where it says nothing
	Merges     []Merge
	Suspects   []Suspect
}
