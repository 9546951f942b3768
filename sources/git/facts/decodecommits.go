package facts

import (
	"fmt"

	"keyperson/sources"
	"keyperson/sources/git"
)

// commits decodes the table of commits.
func (d *decoder) commits() error {
	rows := d.header.rows[commits]
	ids, err := d.column(commitHashes)
	if err != nil {
		return err
	}
	if uint64(len(ids)) != rows*uint64(len(git.Hash{})) {
		return fmt.Errorf("column %d: %w", commitHashes, errColumn)
	}
	authors, err := d.numbers(commitAuthors, rows, d.header.rows[people])
	if err != nil {
		return err
	}
	times, err := d.signed(commitTimes, rows)
	if err != nil {
		return err
	}
	authorTimes, err := d.signed(commitAuthorTimes, rows)
	if err != nil {
		return err
	}
	counts, err := d.numbers(commitChangeCounts, rows, d.header.rows[changes]+1)
	if err != nil {
		return err
	}
	list := make([]git.Commit, rows)
	total, before := uint64(0), int64(0)
	for i := range list {
		before += times[i]
		commit := &list[i]
		copy(commit.Hash[:], ids[i*len(commit.Hash):])
		commit.Author = authors[i]
		commit.CommitTime, commit.AuthorTime = before, before+authorTimes[i]
		commit.FirstChange, commit.ChangeCount = uint32(total), counts[i]
		total += uint64(counts[i])
	}
	if total != d.header.rows[changes] || total > uint64(sources.None) {
		return fmt.Errorf("column %d: %w", commitChangeCounts, errColumn)
	}
	if err := d.parents(list); err != nil {
		return err
	}
	d.history.Commits = orNil(list)
	return nil
}

// parents sets the parents of all commits, out of one piece of memory.
func (d *decoder) parents(list []git.Commit) error {
	all, err := d.numbers(commitParents, d.header.rows[parents], d.header.rows[commits])
	if err != nil {
		return err
	}
	counts, err := d.numbers(commitParentCounts, d.header.rows[commits], d.header.rows[parents]+1)
	if err != nil {
		return err
	}
	for i := range list {
		count := counts[i]
		if count == 0 {
			continue
		}
		if uint64(count) > uint64(len(all)) {
			return fmt.Errorf("column %d: %w", commitParentCounts, errColumn)
		}
		own := all[:count:count]
		all = all[count:]
		for k, distance := range own {
			if distance == 0 || uint64(distance) > uint64(i) {
				return fmt.Errorf("column %d: %w", commitParents, errColumn)
			}
			own[k] = uint32(i) - distance
		}
		list[i].Parents = own
	}
	if len(all) > 0 {
		return fmt.Errorf("column %d: %w", commitParentCounts, errColumn)
	}
	return nil
}

// changes decodes the table of changes.
func (d *decoder) changes() error {
	rows := d.header.rows[changes]
	steps, err := d.signed(changePaths, rows)
	if err != nil {
		return err
	}
	actions, err := d.small(changeActions, rows, byte(lastAction))
	if err != nil {
		return err
	}
	from, err := d.signed(renameSources, d.header.rows[renames])
	if err != nil {
		return err
	}
	similarities, err := d.small(renameSimilarities, d.header.rows[renames], 100)
	if err != nil {
		return err
	}
	list := make([]git.Change, rows)
	path, limit, rename := int64(0), d.header.rows[paths], 0
	for i := range list {
		path += steps[i]
		if uint64(path) >= limit {
			return fmt.Errorf("column %d: %w", changePaths, errColumn)
		}
		change := git.Change{Path: uint32(path), From: sources.None, Action: sources.Action(actions[i])}
		if change.Action == sources.Renamed {
			if rename == len(from) || uint64(path+from[rename]) >= limit {
				return fmt.Errorf("column %d: %w", renameSources, errColumn)
			}
			change.From, change.Similarity = uint32(path+from[rename]), similarities[rename]
			rename++
		}
		list[i] = change
	}
	if rename != len(from) {
		return fmt.Errorf("column %d: %w", renameSources, errColumn)
	}
	d.history.Changes = orNil(list)
	return nil
}

// lines decodes the line counts, if there are any.
func (d *decoder) lines() error {
	head, err := d.column(headColumn)
	if err != nil {
		return err
	}
	if len(head) == 0 || head[len(head)-1] == 0 {
		return nil
	}
	const limit = 1<<31 + 1
	added, err := d.numbers(linesAdded, d.header.rows[changes], limit)
	if err != nil {
		return err
	}
	deleted, err := d.numbers(linesDeleted, d.header.rows[changes], limit)
	if err != nil {
		return err
	}
	counts, err := d.numbers(lineHunks, d.header.rows[changes], 1<<32)
	if err != nil {
		return err
	}
	list, total := make([]git.LineCount, len(added)), uint64(0)
	for i := range list {
		list[i] = git.LineCount{Added: int32(int64(added[i]) - 1), Deleted: int32(int64(deleted[i]) - 1), Hunks: counts[i]}
		total += uint64(counts[i])
	}
	if total != d.header.rows[hunks] {
		return fmt.Errorf("column %d: %w", lineHunks, errColumn)
	}
	d.history.Lines = list
	return d.hunks()
}

// hunks decodes where lines were changed. Even none of them are a list, which says that they were read.
func (d *decoder) hunks() error {
	kept, err := d.numbers(hunksKept, d.header.rows[hunks], 1<<32)
	if err != nil {
		return err
	}
	deleted, err := d.numbers(hunksDeleted, d.header.rows[hunks], 1<<32)
	if err != nil {
		return err
	}
	added, err := d.numbers(hunksAdded, d.header.rows[hunks], 1<<32)
	if err != nil {
		return err
	}
	list := make([]git.LineHunk, len(kept))
	for i := range list {
		list[i] = git.LineHunk{Kept: kept[i], Deleted: deleted[i], Added: added[i]}
	}
	d.history.Hunks = list
	return nil
}
