package sources

// System is what a team would name when asked what it looks after: a service, a module, a directory.
type System struct {
	ID     string // unique, stable, as configured or derived from the path
	Name   string
	Tier   int    // 1 is the most important; 0 where unknown
	Team   string // who is listed as owner, may be empty: being named is not knowing
	Origin string // file and line, or rule, that defined it
}

// SystemMap says which things belong to which system. A thing may belong to several or to none.
type SystemMap struct {
	Systems []System
	ByThing [][]uint32 // systems of each thing of the evidence, indices into Systems, ascending; empty: maps nowhere
	Origin  string     // in words: where the systems came from ("keyperson.yaml", "top-level directories")

	ByTicket []uint32 // system of each ticket of the evidence, index into Systems; None: it belongs nowhere
}

// OwnerLine is a line of a file that lists who owns something. Being named is not knowing, but whoever leaves should not
// stay named.
type OwnerLine struct {
	Repository uint32   // index into Evidence.Repositories
	Path       string   // of the file that the line stands in
	Line       int      // from 1
	Text       string   // the line
	Owners     []string // names, accounts or addresses that it lists
	// Matches says whether the line is about a path of the repository; nil where it is about the file it stands in.
	Matches func(path string) bool
}
