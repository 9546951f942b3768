package git

import (
	"bytes"
	"encoding/hex"

	"keyperson/sources"
)

// ignoreRevisionsFile is where projects list the commits that only reformat; git blame is told of it
// by configuration, and hosting sites know the name.
const ignoreRevisionsFile = ".git-blame-ignore-revs"

// largestIgnoreFile bounds that file, in bytes.
const largestIgnoreFile = 4 << 20

// AddTo appends the history to the evidence: the repository, its identities, its paths as things,
// every commit that is no merge as an event, for each changed path a record of the author and of
// everyone the message names, what it mentions, and the files of the snapshot. Events that the snapshot's
// .git-blame-ignore-revs lists are marked as declared. Merges are no events, so what only they mention is
// left out: whoever merges a branch named after a ticket mostly reviewed the work of someone else.
func (h *History) AddTo(e *sources.Evidence, repository sources.Repository, snapshot sources.Snapshot) {
	a := evidenceWriter{
		History: h, Evidence: e,
		repository:  uint32(len(e.Repositories)),
		firstPerson: uint32(len(e.Identities)),
		firstThing:  uint32(len(e.Things)),
		declared:    declaredMechanical(snapshot),
	}
	repository.Revision = h.Head.String()
	repository.Commits, repository.Merges = len(h.Commits), h.countMerges()
	e.Repositories = append(e.Repositories, repository)
	e.Identities = append(e.Identities, h.People...)
	for _, path := range h.Paths {
		e.Things = append(e.Things, sources.Thing{Kind: sources.File, Repository: a.repository, Path: path})
	}
	a.addEvents()
	a.addFiles(snapshot)
}

func (h *History) countMerges() int {
	merges := 0
	for i := range h.Commits {
		if len(h.Commits[i].Parents) > 1 {
			merges++
		}
	}
	return merges
}

// evidenceWriter appends one history to the evidence.
type evidenceWriter struct {
	*History
	*sources.Evidence
	repository, firstPerson, firstThing uint32
	declared                            map[Hash]bool
}

func (a *evidenceWriter) addEvents() {
	names := hexNames(a.Commits)
	a.reserve()
	trailer, mention := 0, 0
	for i := range a.Commits {
		commit := &a.Commits[i]
		first, firstMention := trailer, mention
		for trailer < len(a.Trailers) && a.Trailers[trailer].Commit == uint32(i) {
			trailer++
		}
		for mention < len(a.History.Mentions) && a.History.Mentions[mention].Commit == uint32(i) {
			mention++
		}
		if len(commit.Parents) > 1 {
			continue
		}
		event := uint32(len(a.Events))
		a.Events = append(a.Events, sources.Event{
			Reference:  names[i*2*len(Hash{}):][:2*len(Hash{})],
			Repository: a.repository,
			Time:       commit.AuthorTime, Recorded: commit.CommitTime,
			Declared: a.declared[commit.Hash],
		})
		a.addRecords(commit, event, a.Trailers[first:trailer])
		for _, m := range a.History.Mentions[firstMention:mention] {
			a.Evidence.Mentions = append(a.Evidence.Mentions, sources.Mention{Event: event, Kind: m.Kind, Text: m.Text, Runbook: sources.None})
		}
	}
}

// reserve makes room for all events and records at once.
func (a *evidenceWriter) reserve() {
	a.Events = grow(a.Events, len(a.Commits))
	a.Records = grow(a.Records, int(a.countRecords()))
}

// countRecords is how many records the history becomes.
func (h *History) countRecords() int64 {
	records := int64(len(h.Changes))
	for _, trailer := range h.Trailers {
		records += int64(h.Commits[trailer.Commit].ChangeCount)
	}
	return records
}

func grow[T any](list []T, by int) []T {
	if cap(list)-len(list) >= by {
		return list
	}
	return append(make([]T, 0, len(list)+by), list...)
}

// hexNames returns the ids of all commits in hexadecimal as one string to cut events' references from.
func hexNames(commits []Commit) string {
	names := make([]byte, 0, len(commits)*2*len(Hash{}))
	for i := range commits {
		names = hex.AppendEncode(names, commits[i].Hash[:])
	}
	return string(names)
}

func (a *evidenceWriter) addRecords(commit *Commit, event uint32, trailers []Trailer) {
	for i := commit.FirstChange; i < commit.FirstChange+commit.ChangeCount; i++ {
		change := a.Changes[i]
		record := sources.Record{
			Person: a.firstPerson + commit.Author,
			Thing:  a.firstThing + change.Path,
			From:   sources.None,
			Event:  event,
			Kind:   sources.Authored, Action: change.Action, Similarity: change.Similarity,
			LinesAdded: -1, LinesDeleted: -1,
		}
		if change.From != sources.None {
			record.From = a.firstThing + change.From
		}
		if a.Lines != nil {
			record.LinesAdded, record.LinesDeleted = a.Lines[i].Added, a.Lines[i].Deleted
		}
		a.Records = append(a.Records, record)
		for _, trailer := range trailers {
			record.Person, record.Kind = a.firstPerson+trailer.Person, trailer.Kind
			a.Records = append(a.Records, record)
		}
	}
}

// addFiles adds the files of the snapshot. Those that no change names, because only a merge brought
// them in, become things of their own.
func (a *evidenceWriter) addFiles(snapshot sources.Snapshot) {
	files := snapshot.Files()
	a.Files = grow(a.Files, len(files))
	next := 0 // both lists are sorted
	for _, file := range files {
		for next < len(a.Paths) && a.Paths[next] < file.Path {
			next++
		}
		thing := a.firstThing + uint32(next)
		if next == len(a.Paths) || a.Paths[next] != file.Path {
			thing = uint32(len(a.Things))
			a.Things = append(a.Things, sources.Thing{Kind: sources.File, Repository: a.repository, Path: file.Path})
		}
		exclusion := sources.Assessed
		if file.Mode == sources.SymbolicLink || file.Mode == sources.Submodule {
			exclusion = sources.NotText
		}
		a.Files = append(a.Files, sources.TreeFile{Thing: thing, Exclusion: exclusion, Lines: -1})
	}
}

// declaredMechanical reads the commit ids that a project lists as not worth blaming.
func declaredMechanical(snapshot sources.Snapshot) map[Hash]bool {
	data, err := snapshot.Read(ignoreRevisionsFile, largestIgnoreFile)
	if err != nil {
		return nil // most projects have none
	}
	declared := map[Hash]bool{}
	for line := range bytes.Lines(data) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		if id, ok := parseHash(bytes.TrimSpace(line)); ok {
			declared[id] = true
		}
	}
	return declared
}
