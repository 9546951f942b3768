package git

import (
	"github.com/go-git/go-git/v5/plumbing"

	"keyperson/sources"
)

// Hash is the name of a git object.
type Hash = plumbing.Hash

// History is what was read from the commits reachable from one revision. Its order is fixed by the
// repository alone, never by workers or caches: parents before children, ties by commit time, then by id.
type History struct {
	Head           Hash
	RenameLimit    int                // the limit of ReadOptions it was read with: greater than 0, or -1 for none
	People         []sources.Identity // as written in commits, before any mailmap; sorted
	Paths          []string           // raw bytes; sorted
	Commits        []Commit
	Changes        []Change    // of all commits, in the order of Commits, then of `git log --raw`
	Trailers       []Trailer   // ascending by Commit, then in the order of the message
	Mentions       []Mention   // ascending by Commit, then tickets before documents, in the order of the message
	Lines          []LineCount // one for each of Changes, or nil when lines were not asked for
	Hunks          []LineHunk  // of all Changes in their order, as many for each as its LineCount says
	RenamesSkipped []uint32    // commits in which a limit stopped the search for similar content, ascending
	RenamesUnknown []uint32    // commits in which a blob was missing, so that similarity could not be told
	Unreadable     []uint32    // commits whose trees could not be read (partial clone): they have no changes
	LinesUnknown   []uint32    // commits in which a blob was missing, so that lines could not be counted; nil where none were asked for
}

// Gaps is in how many places something was missing that may come later.
func (h *History) Gaps() int { return len(h.RenamesUnknown) + len(h.Unreadable) + len(h.LinesUnknown) }

// Commit is one commit of a History.
type Commit struct {
	Hash        Hash
	Parents     []uint32 // indices into History.Commits; a parent cut off by a shallow clone is left out
	Author      uint32   // index into History.People
	AuthorTime  int64    // seconds since 1970
	CommitTime  int64    // seconds since 1970
	FirstChange uint32   // the commit's changes are History.Changes[FirstChange:][:ChangeCount]
	ChangeCount uint32   // merges have none of their own, as `git log` shows them
}

// Change is one changed path of a commit, against its only parent or the empty tree.
type Change struct {
	Path       uint32 // index into History.Paths
	From       uint32 // the old path of a rename; sources.None otherwise
	Action     sources.Action
	Similarity uint8 // of a rename in percent; else 0
}

// LineCount is what `git log --numstat` prints for a change; -1 and -1 for binary content.
type LineCount struct {
	Added, Deleted int32
	Hunks          uint32 // how many of History.Hunks are the change's, for binary content too
}

// LineHunk is a run of lines that a change replaced, as git's default diff shows it.
type LineHunk struct {
	Kept           uint32 // unchanged lines between the hunk before, or the beginning of the file, and this one
	Deleted, Added uint32
}

// Trailer is a person named in a commit's message.
type Trailer struct {
	Commit uint32
	Person uint32 // index into History.People
	Kind   sources.Kind
}

// Mention is a ticket or document named in a commit's message: the distinct words of the whole message that
// are written as keys of tickets are, at most 64, and the values of its Runbook and Procedure trailers, at
// most 16.
type Mention struct {
	Commit uint32
	Kind   sources.MentionKind
	Text   string
}
