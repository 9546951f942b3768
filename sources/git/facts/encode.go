package facts

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"

	"keyperson/sources"
	"keyperson/sources/git"
)

// encode returns the file for a history, which has been checked.
func encode(history *git.History) ([]byte, error) {
	columns := columnsOf(history)
	var h header
	h.rows = rowsOf(history)
	compressor, err := zstd.NewWriter(nil,
		zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderCRC(false), zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)))
	if err != nil {
		return nil, fmt.Errorf("prepare compression: %w", err)
	}
	defer compressor.Close()
	var stored [columnCount][]byte
	group := new(errgroup.Group)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, column := range columns {
		group.Go(func() error {
			stored[i] = compressor.EncodeAll(column, nil)
			h.columns[i] = columnEntry{uint64(len(stored[i])), uint64(len(column)), xxhash.Sum64(column)}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	file := h.encode()
	for _, column := range stored {
		file = append(file, column...)
	}
	// Load refuses what Save would not have written, so Save must refuse what Load would.
	if len(file) > largestFile {
		return nil, errors.New("the history is too large to keep")
	}
	return file, h.check(uint64(len(file)))
}

func rowsOf(history *git.History) (rows [tableCount]uint64) {
	rows[people] = uint64(len(history.People))
	rows[paths] = uint64(len(history.Paths))
	rows[commits] = uint64(len(history.Commits))
	for i := range history.Commits {
		rows[parents] += uint64(len(history.Commits[i].Parents))
	}
	rows[changes] = uint64(len(history.Changes))
	for i := range history.Changes {
		if history.Changes[i].Action == sources.Renamed {
			rows[renames]++
		}
	}
	rows[trailers] = uint64(len(history.Trailers))
	rows[skipped] = uint64(len(history.RenamesSkipped))
	rows[unknown] = uint64(len(history.RenamesUnknown))
	rows[unread] = uint64(len(history.Unreadable))
	rows[uncounted] = uint64(len(history.LinesUnknown))
	rows[hunks] = uint64(len(history.Hunks))
	rows[mentions] = uint64(len(history.Mentions))
	return rows
}

func columnsOf(history *git.History) (columns [columnCount][]byte) {
	head := append([]byte(nil), history.Head[:]...)
	head = appendSigned(head, int64(history.RenameLimit))
	hasLines := byte(0)
	if history.Lines != nil {
		hasLines = 1
	}
	columns[headColumn] = append(head, hasLines)

	for _, person := range history.People {
		columns[personNameLengths] = appendNumber(columns[personNameLengths], uint64(len(person.Name)))
		columns[personAddressLengths] = appendNumber(columns[personAddressLengths], uint64(len(person.Address)))
		columns[personText] = append(append(columns[personText], person.Name...), person.Address...)
	}
	for _, path := range history.Paths {
		columns[pathLengths] = appendNumber(columns[pathLengths], uint64(len(path)))
		columns[pathText] = append(columns[pathText], path...)
	}
	encodeCommits(history, &columns)
	encodeChanges(history, &columns)
	encodeTrailers(history, &columns)
	encodeMentions(history, &columns)
	columns[renamesSkipped] = ascending(history.RenamesSkipped)
	columns[renamesUnknown] = ascending(history.RenamesUnknown)
	columns[unreadable] = ascending(history.Unreadable)
	columns[linesUnknown] = ascending(history.LinesUnknown)
	return columns
}

func encodeCommits(history *git.History, columns *[columnCount][]byte) {
	before := int64(0)
	for i := range history.Commits {
		commit := &history.Commits[i]
		columns[commitHashes] = append(columns[commitHashes], commit.Hash[:]...)
		columns[commitParentCounts] = appendNumber(columns[commitParentCounts], uint64(len(commit.Parents)))
		for _, parent := range commit.Parents {
			columns[commitParents] = appendNumber(columns[commitParents], uint64(uint32(i)-parent))
		}
		columns[commitAuthors] = appendNumber(columns[commitAuthors], uint64(commit.Author))
		// Times are hostile input too: the differences wrap around, and wrap back when they are read.
		columns[commitTimes] = appendSigned(columns[commitTimes], commit.CommitTime-before)
		columns[commitAuthorTimes] = appendSigned(columns[commitAuthorTimes], commit.AuthorTime-commit.CommitTime)
		columns[commitChangeCounts] = appendNumber(columns[commitChangeCounts], uint64(commit.ChangeCount))
		before = commit.CommitTime
	}
}

func encodeChanges(history *git.History, columns *[columnCount][]byte) {
	before := int64(0)
	for _, change := range history.Changes {
		columns[changePaths] = appendSigned(columns[changePaths], int64(change.Path)-before)
		columns[changeActions] = append(columns[changeActions], byte(change.Action))
		before = int64(change.Path)
		if change.Action == sources.Renamed {
			columns[renameSources] = appendSigned(columns[renameSources], int64(change.From)-before)
			columns[renameSimilarities] = append(columns[renameSimilarities], change.Similarity)
		}
	}
	for _, lines := range history.Lines {
		columns[linesAdded] = appendNumber(columns[linesAdded], uint64(int64(lines.Added)+1))
		columns[linesDeleted] = appendNumber(columns[linesDeleted], uint64(int64(lines.Deleted)+1))
		columns[lineHunks] = appendNumber(columns[lineHunks], uint64(lines.Hunks))
	}
	for _, hunk := range history.Hunks {
		columns[hunksKept] = appendNumber(columns[hunksKept], uint64(hunk.Kept))
		columns[hunksDeleted] = appendNumber(columns[hunksDeleted], uint64(hunk.Deleted))
		columns[hunksAdded] = appendNumber(columns[hunksAdded], uint64(hunk.Added))
	}
}

func encodeTrailers(history *git.History, columns *[columnCount][]byte) {
	before := uint32(0)
	for _, trailer := range history.Trailers {
		columns[trailerCommits] = appendNumber(columns[trailerCommits], uint64(trailer.Commit-before))
		columns[trailerPersons] = appendNumber(columns[trailerPersons], uint64(trailer.Person))
		columns[trailerKinds] = append(columns[trailerKinds], byte(trailer.Kind))
		before = trailer.Commit
	}
}

func encodeMentions(history *git.History, columns *[columnCount][]byte) {
	before := uint32(0)
	for i := range history.Mentions {
		mention := &history.Mentions[i]
		columns[mentionCommits] = appendNumber(columns[mentionCommits], uint64(mention.Commit-before))
		columns[mentionKinds] = append(columns[mentionKinds], byte(mention.Kind))
		columns[mentionLengths] = appendNumber(columns[mentionLengths], uint64(len(mention.Text)))
		columns[mentionText] = append(columns[mentionText], mention.Text...)
		before = mention.Commit
	}
}

// ascending encodes a list of commits that rises.
func ascending(list []uint32) []byte {
	var column []byte
	before := uint32(0)
	for _, commit := range list {
		column = appendNumber(column, uint64(commit-before))
		before = commit
	}
	return column
}
