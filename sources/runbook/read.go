package runbook

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"keyperson/sources"
)

// Versions reads what files held in the commits of one repository. One Versions belongs to one goroutine.
type Versions interface {
	// At returns the content of a file in a commit; sources.ErrNoFile, sources.ErrTooLarge or sources.ErrMissing.
	At(commit, path string, limit int64) ([]byte, error)
	// Before is At for the commit's first parent.
	Before(commit, path string, limit int64) ([]byte, error)
}

// Repository is where the documents of one repository of the evidence are read from.
type Repository struct {
	Snapshot    sources.Snapshot
	NewVersions func() Versions
}

// Read finds the runbooks among the files of the evidence and adds them, by repository and path, with their
// revisions and the alerts that name them, and findings on what could not be read. The repositories are those of the
// evidence, in its order; files must have been classified. The errors are those of the
// context, of a pattern that cannot mean anything, pathpattern.ErrTooLong, and of a repository that is damaged.
func Read(ctx context.Context, e *sources.Evidence, repositories []Repository, options Options) error {
	o := options.withDefaults()
	found, err := documentsOf(e, repositories, o)
	if err != nil || len(found) == 0 {
		return err
	}
	r := reader{
		Evidence: e, options: o, repositories: repositories, trees: make([]*tree, len(repositories)),
		missingDocuments: make([]int, len(repositories)), missingRules: make([]int, len(repositories)),
	}
	first := len(e.Runbooks)
	kept := found[:0]
	for i := range found {
		if err := ctx.Err(); err != nil {
			return err
		}
		isRead, err := r.readDocument(&found[i])
		if err != nil {
			return err
		}
		if isRead {
			kept = append(kept, found[i])
		}
	}
	r.reportProblems()
	for repository, count := range r.missingDocuments {
		if count > 0 {
			r.Findings = append(r.Findings, r.missing(uint32(repository), "missing-runbooks", count,
				"documents could not be read as runbooks, as their content is missing from this clone"))
		}
	}
	r.addOwners(first)
	if err := r.addSubjects(ctx, first, mostSubjectSteps); err != nil {
		return err
	}
	if err := r.readRevisions(ctx, kept, e.Runbooks[first:]); err != nil {
		return err
	}
	return r.readAlerts(ctx)
}

// reader is the state of one reading.
type reader struct {
	*sources.Evidence
	options      Options
	repositories []Repository
	trees        []*tree // by repository, nil until needed
	problems     []sources.Finding
	// missingDocuments and missingRules count, by repository, the runbooks and files of alert rules that the clone lacks.
	missingDocuments, missingRules []int
}

func (r *reader) tree(repository uint32) *tree {
	if r.trees[repository] == nil {
		r.trees[repository] = newTree(r.repositories[repository].Snapshot)
	}
	return r.trees[repository]
}

// readDocument adds one runbook; false where its content cannot be read.
func (r *reader) readDocument(d *document) (bool, error) {
	content, err := r.repositories[d.repository].Snapshot.Read(d.path, mostDocumentBytes)
	label := r.Repositories[d.repository].Label
	if errors.Is(err, sources.ErrTooLarge) {
		r.problems = append(r.problems, finding("runbook-too-large", label,
			fmt.Sprintf("%s is larger than %d MiB and was not read as a runbook (%s)", d.path, mostDocumentBytes>>20, sizeIn(err)),
			"a procedure is a text to follow: split it, or leave the file out under exclude in keyperson.yaml", 1))
		return false, nil
	}
	if errors.Is(err, sources.ErrMissing) {
		r.missingDocuments[d.repository]++
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read runbook %s of %s: %w", d.path, label, err)
	}
	d.content = content
	runbook, err := d.parse(r.tree(d.repository), r.options)
	var place *frontMatterError
	if errors.As(err, &place) {
		r.problems = append(r.problems, finding("runbook-front-matter", label,
			fmt.Sprintf("%s:%d: %s; its owner and review date are not known", d.path, place.line, place.message),
			"correct the lines between the first two ---", 1))
	}
	d.content = nil
	r.Runbooks = append(r.Runbooks, runbook)
	return true, nil
}

// sizeIn is the size that an error of a snapshot tells.
func sizeIn(err error) string {
	text := err.Error()
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == ':' {
			return text[i+2:]
		}
	}
	return text
}

// mostProblems is how many documents with a problem are named one by one.
const mostProblems = 20

// reportProblems adds the findings on documents; beyond the first few of a kind they are only counted.
func (r *reader) reportProblems() {
	slices.SortStableFunc(r.problems, func(a, b sources.Finding) int {
		if a.Code != b.Code {
			if a.Code < b.Code {
				return -1
			}
			return 1
		}
		return 0
	})
	counts := map[string]int{}
	for _, f := range r.problems {
		if counts[f.Code]++; counts[f.Code] <= mostProblems {
			r.Findings = append(r.Findings, f)
		}
	}
	for _, code := range []string{"runbook-front-matter", "runbook-too-large"} {
		if more := counts[code] - mostProblems; more > 0 {
			r.Findings = append(r.Findings, finding(code, "", fmt.Sprintf("%d more documents have the same problem", more), "", more))
		}
	}
}

// Bounds on finding what all documents together are about. Their front matter can name every file in each of them, and by
// patterns that take their length times that of a path.
const (
	mostSubjectSteps = 500_000_000
	mostSubjects     = 20_000_000
)

// addSubjects finds the files that a document says it is about, in so many steps for all of them.
func (r *reader) addSubjects(ctx context.Context, first, steps int) error {
	subjects, untold := 0, 0
	for i := range r.Runbooks[first:] {
		runbook := &r.Runbooks[first+i]
		if len(runbook.Describes) == 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		repository := r.Things[runbook.Thing].Repository
		subject, err := newMatcher(runbook.Describes)
		if err != nil {
			r.Findings = append(r.Findings, finding("runbook-front-matter", r.Repositories[repository].Label,
				fmt.Sprintf("%s: what it describes is not known: %v", r.Things[runbook.Thing].Path, err), "write patterns of files, such as src/billing/", 1))
			continue
		}
		subject.list.Bound(&steps)
		for f := 0; f < len(r.Files) && steps >= 0 && subjects+len(runbook.Subject) <= mostSubjects; f++ {
			steps--
			if thing := r.Files[f].Thing; r.Things[thing].Repository == repository && thing != runbook.Thing && subject.match(r.Things[thing].Path) {
				runbook.Subject = append(runbook.Subject, thing)
			}
		}
		if subjects += len(runbook.Subject); steps < 0 || subjects > mostSubjects {
			runbook.Subject = nil
			untold++
		}
		slices.Sort(runbook.Subject)
	}
	if untold > 0 {
		r.Findings = append(r.Findings, finding("untold-subjects", "",
			"documents name what they describe by patterns that take too long to compare with the paths, or that take too many files; what those describe is not known",
			"write fewer or simpler patterns in their front matter", untold))
	}
	return nil
}
