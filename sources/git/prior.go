package git

// priorHistory is an earlier reading of the same repository, to be continued.
type priorHistory struct {
	*History
	byID        map[Hash]uint32 // the commits whose entries can be taken over
	trailers    []uint32        // of each commit: the first of its trailers
	mentions    []uint32        // of each commit: the first of its mentions
	hunks       []uint32        // of each change: the first of its hunks; nil without lines
	isSkipped   map[uint32]bool // commits in RenamesSkipped
	neverCopied map[uint32]bool
}

// newPrior returns nil when the earlier reading answers other questions than the one to be made.
func newPrior(history *History, limit int, lines bool) *priorHistory {
	if history == nil || history.RenameLimit != limit || lines && !history.hasLines() {
		return nil
	}
	p := &priorHistory{
		History:     history,
		byID:        make(map[Hash]uint32, len(history.Commits)),
		isSkipped:   map[uint32]bool{},
		neverCopied: map[uint32]bool{},
	}
	// What was missing may have been fetched since.
	missed := [][]uint32{history.RenamesUnknown, history.Unreadable}
	if lines {
		missed = append(missed, history.LinesUnknown)
	}
	for _, list := range missed {
		for _, commit := range list {
			p.neverCopied[commit] = true
		}
	}
	for _, commit := range history.RenamesSkipped {
		p.isSkipped[commit] = true
	}
	for i := range history.Commits {
		// A commit without parents may have been the end of a shallow clone.
		if len(history.Commits[i].Parents) > 0 && !p.neverCopied[uint32(i)] {
			p.byID[history.Commits[i].Hash] = uint32(i)
		}
	}
	if lines {
		p.hunks = firstHunks(history.Lines)
	}
	p.trailers = firstOfCommits(len(history.Commits), history.Trailers, func(t *Trailer) uint32 { return t.Commit })
	p.mentions = firstOfCommits(len(history.Commits), history.Mentions, func(m *Mention) uint32 { return m.Commit })
	return p
}

// firstOfCommits returns for each commit, and for the end, the first row of a list ascending by commit.
func firstOfCommits[T any](commits int, list []T, commitOf func(*T) uint32) []uint32 {
	first, next := make([]uint32, commits+1), 0
	for i := range first {
		for next < len(list) && commitOf(&list[next]) < uint32(i) {
			next++
		}
		first[i] = uint32(next)
	}
	return first
}

func (p *priorHistory) find(id Hash) (uint32, bool) {
	if p == nil {
		return 0, false
	}
	index, ok := p.byID[id]
	return index, ok
}

// hunksOf returns the hunks of a commit's changes.
func (p *priorHistory) hunksOf(commit uint32) []LineHunk {
	c := &p.Commits[commit]
	return p.Hunks[p.hunks[c.FirstChange]:p.hunks[c.FirstChange+c.ChangeCount]]
}

// changes returns the changes and line counts of a commit; the counts are nil where none were read.
func (p *priorHistory) changes(commit uint32) ([]Change, []LineCount) {
	c := &p.Commits[commit]
	var lines []LineCount
	if p.Lines != nil {
		lines = p.Lines[c.FirstChange:][:c.ChangeCount]
	}
	return p.Changes[c.FirstChange:][:c.ChangeCount], lines
}

// copyPrior fills in a commit from the prior history.
func (w *walk) copyPrior(number, known uint32) {
	prior := &w.prior.Commits[known]
	c := walkedCommit{
		id: prior.Hash, prior: known,
		author:     w.personOf(w.prior.People[prior.Author]),
		authorTime: prior.AuthorTime, commitTime: prior.CommitTime,
		firstParent: uint32(len(w.parents)), parentCount: uint32(len(prior.Parents)),
		firstTrailer: uint32(len(w.trailers)),
		firstMention: uint32(len(w.mentions)),
	}
	for _, parent := range prior.Parents {
		w.parents = append(w.parents, w.number(w.prior.Commits[parent].Hash))
	}
	for _, trailer := range w.prior.Trailers[w.prior.trailers[known]:w.prior.trailers[known+1]] {
		person := w.personOf(w.prior.People[trailer.Person])
		w.trailers = append(w.trailers, walkedTrailer{person, trailer.Kind})
		c.trailerCount++
	}
	for _, mention := range w.prior.Mentions[w.prior.mentions[known]:w.prior.mentions[known+1]] {
		w.mentions = append(w.mentions, walkedMention{mention.Kind, mention.Text})
		c.mentionCount++
	}
	w.commits[number] = c
}

// stillHolds says that reading head would give the earlier reading itself: it was of the same commit, answers
// the same question, missed nothing, and does not end where a shallow clone did.
func (r *Repository) stillHolds(prior *History, head Hash, options ReadOptions) bool {
	if prior == nil || prior.Head != head || prior.RenameLimit != options.renameLimit() || prior.hasLines() != options.Lines ||
		prior.Gaps() > 0 || len(r.shallow) > 0 {
		return false
	}
	reader := r.database.Reader()
	for i := range prior.Commits {
		if commit := &prior.Commits[i]; len(commit.Parents) == 0 {
			content, err := readCommit(reader, commit.Hash)
			if err != nil {
				return false // the reading will say what is wrong
			}
			if raw, _, err := parseAncestry(content); err != nil || raw.parentCount() > 0 {
				return false
			}
		}
	}
	return true
}
