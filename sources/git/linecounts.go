package git

import (
	"errors"

	"keyperson/sources/git/linediff"
	"keyperson/sources/git/objects"
)

// lineCounter counts added and deleted lines as `git log --numstat` does.
type lineCounter struct {
	reader objects.Reader
	before []byte
}

// notCounted is the answer for binary content and for content that is missing.
var notCounted = LineCount{-1, -1}

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
	added, deleted, isBinary := linediff.Count(c.before, after)
	if isBinary {
		return notCounted, nil
	}
	return LineCount{int32(added), int32(deleted)}, nil
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
