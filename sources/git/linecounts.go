package git

import (
	"errors"

	"keyperson/sources/git/linediff"
	"keyperson/sources/git/objects"
)

// lineCounter counts added and deleted lines as `git log --numstat` does, and notes where they are.
type lineCounter struct {
	reader objects.Reader
	differ linediff.Differ
	before []byte
	hunks  []LineHunk // of all changes counted, until the owner takes them
}

// notCounted is the answer for content that is missing.
var notCounted = LineCount{Added: -1, Deleted: -1}

func (c *lineCounter) count(change *pathChange) (LineCount, error) {
	if change.oldBlob == change.newBlob && change.oldMode == change.newMode {
		return LineCount{}, nil // a rename without edits, which is nothing to git even when binary
	}
	before, err := c.side(change.oldMode, change.oldBlob)
	if err != nil {
		return notCounted, ignoreUnknown(err)
	}
	c.before = append(c.before[:0], before...)
	after, err := c.side(change.newMode, change.newBlob)
	if err != nil {
		return notCounted, ignoreUnknown(err)
	}
	// Blame compares lines of binary files too, which text may descend from.
	first := len(c.hunks)
	c.hunks = appendHunks(c.hunks, c.differ.Hunks(c.before, after))
	count := LineCount{Hunks: uint32(len(c.hunks) - first)}
	if linediff.IsBinary(c.before) || linediff.IsBinary(after) {
		count.Added, count.Deleted = -1, -1
		return count, nil
	}
	for _, hunk := range c.hunks[first:] {
		count.Added += int32(hunk.Added)
		count.Deleted += int32(hunk.Deleted)
	}
	return count, nil
}

// appendHunks adds hunks in the form a History keeps.
func appendHunks(list []LineHunk, hunks []linediff.Hunk) []LineHunk {
	end := 0
	for _, hunk := range hunks {
		list = append(list, LineHunk{uint32(hunk.OldStart - end), uint32(hunk.OldLines), uint32(hunk.NewLines)})
		end = hunk.OldStart + hunk.OldLines
	}
	return list
}

// side returns one side's content; a submodule's is the line that git shows for it.
func (c *lineCounter) side(mode uint32, blob Hash) ([]byte, error) {
	switch mode {
	case 0:
		return nil, nil
	case modeSubmodule:
		return []byte("Subproject commit " + blob.String() + "\n"), nil
	}
	_, content, err := c.reader.Read(blob, largestBlob)
	return content, err
}

func ignoreUnknown(err error) error {
	if errors.Is(err, objects.ErrMissing) || errors.Is(err, objects.ErrTooLarge) {
		return nil
	}
	return err
}

// hasLines reports whether line counts and hunks were read.
func (h *History) hasLines() bool {
	return len(h.Changes) == 0 || h.Lines != nil && h.Hunks != nil
}

// firstHunks returns for each change, and for the end of them, the index of its first hunk.
func firstHunks(lines []LineCount) []uint32 {
	first := make([]uint32, len(lines)+1)
	for i := range lines {
		first[i+1] = first[i] + lines[i].Hunks
	}
	return first
}

// withContent calls work with the objects, read in a way that suits the content of many versions.
func (r *Repository) withContent(work func(objects.Database) error) error {
	if r.options.Backend == GoGit {
		return work(r.database)
	}
	database, err := r.openObjects(linesCacheBytes)
	if err != nil {
		return err
	}
	return errors.Join(work(database), database.Close())
}
