package facts

import (
	"fmt"

	"keyperson/sources"
	"keyperson/sources/git"
)

// The largest values that a file may hold.
const (
	lastAction      = sources.TypeChanged
	lastKind        = sources.Reviewed
	lastMentionKind = sources.DocumentMention
)

// check refuses a history that is not as git.History describes it, so that what was saved can
// always be loaded. A refusal shows a defect in whoever made the history.
func check(history *git.History) error {
	if err := checkCommits(history); err != nil {
		return err
	}
	for i, change := range history.Changes {
		isRename := change.Action == sources.Renamed
		switch {
		case uint64(change.Path) >= uint64(len(history.Paths)):
			return fmt.Errorf("change %d is of path %d, and there are %d", i, change.Path, len(history.Paths))
		case change.Action > lastAction:
			return fmt.Errorf("change %d has the unknown action %d", i, change.Action)
		case isRename && uint64(change.From) >= uint64(len(history.Paths)):
			return fmt.Errorf("change %d is renamed from path %d, and there are %d", i, change.From, len(history.Paths))
		case isRename && change.Similarity > 100, !isRename && change.Similarity != 0:
			return fmt.Errorf("change %d has a similarity of %d %%", i, change.Similarity)
		case !isRename && change.From != sources.None:
			return fmt.Errorf("change %d has an old path and is no rename", i)
		}
	}
	if history.Lines != nil && len(history.Lines) != len(history.Changes) {
		return fmt.Errorf("lines were counted for %d of %d changes", len(history.Lines), len(history.Changes))
	}
	hunkTotal := uint64(0)
	for i, lines := range history.Lines {
		if lines.Added < -1 || lines.Deleted < -1 {
			return fmt.Errorf("change %d has negative line counts", i)
		}
		hunkTotal += uint64(lines.Hunks)
	}
	if hunkTotal != uint64(len(history.Hunks)) {
		return fmt.Errorf("the changes have %d hunks, and there are %d", hunkTotal, len(history.Hunks))
	}
	return checkOthers(history)
}

func checkCommits(history *git.History) error {
	total, hasHead := uint64(0), len(history.Commits) == 0
	for i := range history.Commits {
		commit := &history.Commits[i]
		for _, parent := range commit.Parents {
			if uint64(parent) >= uint64(i) {
				return fmt.Errorf("commit %d has commit %d as a parent, which does not come before it", i, parent)
			}
		}
		if uint64(commit.Author) >= uint64(len(history.People)) {
			return fmt.Errorf("commit %d is by person %d, and there are %d", i, commit.Author, len(history.People))
		}
		if commit.ChangeCount > 0 && uint64(commit.FirstChange) != total {
			return fmt.Errorf("the changes of commit %d begin at %d and not at %d", i, commit.FirstChange, total)
		}
		total += uint64(commit.ChangeCount)
		hasHead = hasHead || commit.Hash == history.Head
	}
	if total != uint64(len(history.Changes)) {
		return fmt.Errorf("the commits have %d changes, and there are %d", total, len(history.Changes))
	}
	if !hasHead {
		return fmt.Errorf("the head %s is not among the commits", history.Head)
	}
	return nil
}

func checkOthers(history *git.History) error {
	for i := 1; i < len(history.Paths); i++ {
		if history.Paths[i] <= history.Paths[i-1] {
			return fmt.Errorf("path %d does not sort after the one before it", i)
		}
	}
	before := uint32(0)
	for i, trailer := range history.Trailers {
		switch {
		case trailer.Commit < before || uint64(trailer.Commit) >= uint64(len(history.Commits)):
			return fmt.Errorf("trailer %d is of commit %d, out of order or range", i, trailer.Commit)
		case uint64(trailer.Person) >= uint64(len(history.People)):
			return fmt.Errorf("trailer %d names person %d, and there are %d", i, trailer.Person, len(history.People))
		case trailer.Kind > lastKind:
			return fmt.Errorf("trailer %d is of the unknown kind %d", i, trailer.Kind)
		}
		before = trailer.Commit
	}
	before = 0
	for i, mention := range history.Mentions {
		switch {
		case mention.Commit < before || uint64(mention.Commit) >= uint64(len(history.Commits)):
			return fmt.Errorf("mention %d is of commit %d, out of order or range", i, mention.Commit)
		case mention.Kind > lastMentionKind:
			return fmt.Errorf("mention %d is of the unknown kind %d", i, mention.Kind)
		}
		before = mention.Commit
	}
	for _, list := range [][]uint32{history.RenamesSkipped, history.RenamesUnknown, history.Unreadable, history.LinesUnknown} {
		for i, commit := range list {
			if i > 0 && commit <= list[i-1] || uint64(commit) >= uint64(len(history.Commits)) {
				return fmt.Errorf("a list of commits names commit %d out of order or range", commit)
			}
		}
	}
	return nil
}
