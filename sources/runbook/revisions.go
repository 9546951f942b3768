package runbook

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"keyperson/sources"
)

// mostNames bounds the names that a document is followed through.
const mostNames = 50

// fewestAlike is how many documents a commit edits in the same way to be a bulk edit.
const fewestAlike = 5

// edit is what one commit did to one document.
type edit struct {
	document int // index into the documents read
	record   int // the author's record in Evidence.Records
	last     int // records [record, last) are of the same commit and path: the author and whom the commit names
	nature   sources.RevisionNature
	words    int
	shape    uint64 // equal for edits that change the same words; 0 for none
	isFirst  bool
	isUnread bool // a version of it is missing from the clone
}

// readRevisions fills in the revisions of the documents; runbooks are in their order.
func (r *reader) readRevisions(ctx context.Context, documents []document, runbooks []sources.Runbook) error {
	edits := r.editsOf(documents)
	if err := r.judge(ctx, edits); err != nil {
		return err
	}
	markBulk(edits, r.Records)
	r.reportUnread(edits)
	for i := range edits {
		e := &edits[i]
		for k := e.record; k < e.last; k++ {
			record := &r.Records[k]
			revision := sources.Revision{Event: record.Event, Person: record.Person, Kind: record.Kind, Nature: e.nature, Words: e.words}
			if record.Kind == sources.Authored {
				revision.Kind = kindOf(e)
			}
			runbooks[e.document].Revisions = append(runbooks[e.document].Revisions, revision)
		}
	}
	return nil
}

func kindOf(e *edit) sources.Kind {
	switch {
	case e.isFirst:
		return sources.Wrote
	case e.nature == sources.ReviewBump:
		return sources.Confirmed
	}
	return sources.Revised
}

// editsOf finds every commit that touched a document under any of its names, oldest first. A file that was deleted
// and created again is one thing here as everywhere in the evidence.
func (r *reader) editsOf(documents []document) []edit {
	owners := r.namesOf(documents)
	seen := make([]bool, len(documents))
	var edits []edit
	for i := 0; i < len(r.Records); {
		record := &r.Records[i]
		last := i + 1
		for last < len(r.Records) && r.Records[last].Event == record.Event && r.Records[last].Thing == record.Thing && r.Records[last].Kind != sources.Authored {
			last++
		}
		if record.Action != sources.Deleted {
			for _, d := range owners[record.Thing] {
				edits = append(edits, edit{document: d, record: i, last: last, isFirst: !seen[d]})
				seen[d] = true
			}
		}
		i = last
	}
	return edits
}

// namesOf says which documents each thing is, or once was, the name of.
func (r *reader) namesOf(documents []document) map[uint32][]int {
	current := map[uint32]bool{}
	for i := range r.Files {
		current[r.Files[i].Thing] = true
	}
	owners := map[uint32][]int{}
	names := make([]int, len(documents))
	for i := range documents {
		owners[documents[i].thing] = []int{i}
	}
	// A name is met before the older one it was renamed from when going back.
	for i := len(r.Records) - 1; i >= 0; i-- {
		record := &r.Records[i]
		if record.Action != sources.Renamed || record.From == sources.None || len(owners[record.Thing]) == 0 || current[record.From] {
			continue
		}
		for _, d := range owners[record.Thing] {
			if names[d] < mostNames && !slices.Contains(owners[record.From], d) {
				owners[record.From] = append(owners[record.From], d)
				names[d]++
			}
		}
	}
	return owners
}

// judge reads both sides of every edit and says what it amounts to.
func (r *reader) judge(ctx context.Context, edits []edit) error {
	group, ctx := errgroup.WithContext(ctx)
	const stretch = 16
	tasks := make(chan int, len(edits)/stretch+1)
	for first := 0; first < len(edits); first += stretch {
		tasks <- first
	}
	close(tasks)
	for range r.options.Workers {
		group.Go(func() error {
			versions := make([]Versions, len(r.repositories))
			j := newJudge(r.options)
			for first := range tasks {
				for i := first; i < min(first+stretch, len(edits)); i++ {
					if err := ctx.Err(); err != nil {
						return err
					}
					if err := r.judgeOne(&edits[i], versions, j); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func (r *reader) judgeOne(e *edit, versions []Versions, j *judge) error {
	record := &r.Records[e.record]
	thing, event := &r.Things[record.Thing], &r.Events[record.Event]
	if versions[thing.Repository] == nil {
		versions[thing.Repository] = r.repositories[thing.Repository].NewVersions()
	}
	from := thing.Path
	if record.Action == sources.Renamed {
		from = r.Things[record.From].Path
	}
	after, err := contentOf(versions[thing.Repository].At, event.Reference, thing.Path)
	var before []byte
	if err == nil && record.Action != sources.Added {
		before, err = contentOf(versions[thing.Repository].Before, event.Reference, from)
	}
	if errors.Is(err, sources.ErrMissing) {
		e.judgeUnread(record)
		return nil
	}
	if err != nil {
		return err
	}
	v := j.compare(before, after)
	e.nature, e.words, e.shape = v.nature, v.words, v.shape
	if record.Action == sources.Renamed && (v.isSame || v.nature == sources.WhitespaceOnly) {
		e.nature = sources.Moved
	}
	return nil
}

// judgeUnread says what is known of an edit without what was edited: a document that begins has been written, and what
// moved without a change moved.
func (e *edit) judgeUnread(record *sources.Record) {
	switch {
	case record.Action == sources.Renamed && record.Similarity == 100:
		e.nature = sources.Moved
	case e.isFirst:
		e.nature = sources.Substantive
	default:
		e.isUnread, e.nature = true, sources.UnreadEdit
	}
}

// reportUnread says how many edits could not be judged. How far a procedure can be relied on is not known then, and it
// counts in the risk of every task that follows one.
func (r *reader) reportUnread(edits []edit) {
	unread := make([]int, len(r.repositories))
	for i := range edits {
		if edits[i].isUnread {
			unread[r.Things[r.Records[edits[i].record].Thing].Repository]++
		}
	}
	for repository, count := range unread {
		if count > 0 {
			r.Findings = append(r.Findings, r.missing(uint32(repository), "missing-runbook-versions", count,
				"edits of runbooks could not be read, as versions of them are missing from this clone; who knows the procedures, and how fresh they are, is not known"))
		}
	}
}

// missing is a finding on content that the clone lacks. Without tickets nothing is scored by what runbooks say.
func (r *reader) missing(repository uint32, code string, count int, message string) sources.Finding {
	f := finding(code, r.Repositories[repository].Label, message, "run git fetch --refetch --no-filter", count)
	if len(r.Tickets) > 0 {
		f.Severity = sources.Fatal
	}
	return f
}

// contentOf reads a version; what is not there, is a link or is too large counts as empty.
func contentOf(read func(string, string, int64) ([]byte, error), commit, path string) ([]byte, error) {
	content, err := read(commit, path, mostDocumentBytes)
	if errors.Is(err, sources.ErrNoFile) || errors.Is(err, sources.ErrTooLarge) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the revisions of runbook %s: %w", path, err)
	}
	return content, nil
}

// markBulk marks the substantive edits by which one commit changed the same words in many documents.
func markBulk(edits []edit, records []sources.Record) {
	type key struct {
		event uint32
		shape uint64
	}
	alike := map[key]int{}
	for i := range edits {
		if edits[i].nature == sources.Substantive && edits[i].shape != 0 && !edits[i].isFirst {
			alike[key{records[edits[i].record].Event, edits[i].shape}]++
		}
	}
	for i := range edits {
		if edits[i].nature == sources.Substantive && !edits[i].isFirst && alike[key{records[edits[i].record].Event, edits[i].shape}] >= fewestAlike {
			edits[i].nature = sources.BulkEdit
		}
	}
}
