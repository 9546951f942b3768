package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/sync/errgroup"

	"keyperson/analyzer"
	"keyperson/sources"
	"keyperson/sources/catalog"
	"keyperson/sources/git"
	"keyperson/sources/identity"
)

// reading is everything one run read and found out before it scores.
type reading struct {
	flags        sourceFlags
	repositories []*git.Repository
	histories    []*git.History
	snapshots    []sources.Snapshot
	config       *catalog.Config
	// configDirectory is what the configuration's own paths are relative to; "" where it lies in a bare repository.
	configDirectory string
	aliases         *identity.Aliases
	aliasPath       string // where the alias file is, or belongs; "" in a bare repository
	evidence        *sources.Evidence
	people          *sources.People
	systems         *sources.SystemMap
	options         analyzer.Options
	veil            *veil // nil unless pseudonyms were asked for
}

// need says what a command wants read beyond the ordinary.
type need struct {
	unlimitedRenames bool // the published methods were computed without git's limit
	ignoreConfig     bool // init writes the configuration anew
	newAliases       bool // people --write makes the alias file that the configuration names
	ignoreTickets    bool // init describes files only
	ignoreRunbooks   bool // what procedure documents say changes neither people nor systems
	ticketsSuffice   bool // without paths, the current directory need not be a repository where there are tickets
}

// read runs the whole way from paths to people and systems.
func (p *program) read(ctx context.Context, paths []string, flags sourceFlags, need need) (*reading, error) {
	if err := flags.validate(); err != nil {
		return nil, err
	}
	r := &reading{flags: flags, evidence: &sources.Evidence{}}
	if err := r.readAll(ctx, p, paths, need); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

// readToScore reads what a score is made from, and refuses data that cannot carry one. It fails before the
// first byte is read where the output could not be written as asked.
func (p *program) readToScore(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags) (*reading, error) {
	if err := output.validate(); err != nil {
		return nil, err
	}
	r, err := p.read(ctx, paths, source, need{unlimitedRenames: score.isPublished(), ticketsSuffice: true})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(score.apply(&r.options), r.refuseIncomplete()); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *reading) readAll(ctx context.Context, p *program, paths []string, need need) error {
	if err := r.open(paths, need); err != nil {
		return err
	}
	for _, repository := range r.repositories {
		if err := r.readOne(ctx, p, repository, need); err != nil {
			return err
		}
	}
	if err := r.findConfig(need); err != nil {
		return err
	}
	if err := r.readTickets(ctx, p, need); err != nil {
		return err
	}
	if err := r.chooseAsOf(); err != nil {
		return err
	}
	r.evidence.CutTickets(r.options.AsOf.Unix())
	if err := r.configure(need); err != nil {
		return err
	}
	r.evidence.Findings = append(r.evidence.Findings, analyzer.StaleSources(r.evidence, r.options)...)
	r.options.Intervals = p.intervals(r)
	if err := r.classifyAndIdentify(ctx, p); err != nil {
		return err
	}
	r.warnOfStraggling()
	systems, findings, err := catalog.Discover(r.evidence, r.snapshots, r.config)
	if err != nil {
		return asUsage(err)
	}
	r.systems = systems
	r.evidence.Findings = append(r.evidence.Findings, findings...)
	if !need.ignoreRunbooks {
		if err := r.readRunbooks(ctx); err != nil {
			return err
		}
	}
	return r.cover(p)
}

func (r *reading) close() {
	for _, repository := range r.repositories {
		_ = repository.Close() // everything was read: nothing is lost
	}
}

// open opens all repositories under labels that are unique within the run.
func (r *reading) open(paths []string, need need) error {
	if len(paths) == 0 {
		paths = orHere(paths)
		if need.ticketsSuffice && !isRepository(paths[0]) {
			return r.flags.withoutRepository()
		}
	}
	taken := map[string]bool{}
	directories := map[string]string{}
	for _, path := range paths {
		repository, err := openOne(path)
		if err != nil {
			return err
		}
		label := uniqueLabel(repository.Label(), taken)
		if label != repository.Label() {
			if err := repository.Close(); err != nil {
				return err
			}
			if repository, err = git.Open(path, git.OpenOptions{Label: label}); err != nil {
				return err
			}
		}
		r.repositories = append(r.repositories, repository)
		if earlier, ok := directories[repository.Directory()]; ok {
			return usage("%s and %s are the same repository; name it once", earlier, path)
		}
		directories[repository.Directory()] = path
	}
	return nil
}

func isRepository(path string) bool {
	repository, err := git.Open(path, git.OpenOptions{})
	if err != nil {
		return !errors.Is(err, git.ErrNotRepository)
	}
	_ = repository.Close() // nothing was read
	return true
}

// wantRepository refuses to go on without a repository where a command is about what only one has.
func wantRepository(paths []string, about string) error {
	if len(paths) > 0 || isRepository(orHere(paths)[0]) {
		return nil
	}
	return usage("%s, and the current directory is in no git repository; name one, or run this in one. "+
		"Tickets alone are enough for keyperson tasks, explain, people, check, plan, changes, whatif and report", about)
}

func openOne(path string) (*git.Repository, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, usage("%s does not exist; give the path of a git repository", path)
	} else if err != nil {
		return nil, usage("%w; give the path of a git repository", err)
	}
	return git.Open(path, git.OpenOptions{})
}

func uniqueLabel(label string, taken map[string]bool) string {
	unique := label
	for n := 2; taken[unique]; n++ {
		unique = fmt.Sprintf("%s-%d", label, n)
	}
	taken[unique] = true
	return unique
}

// readOne reads one repository into the evidence.
func (r *reading) readOne(ctx context.Context, p *program, repository *git.Repository, need need) error {
	r.evidence.Findings = append(r.evidence.Findings, repository.Condition()...)
	head, err := r.head(ctx, repository)
	if err != nil {
		return err
	}
	// The history comes first: it refuses trees that unfold to too many files before they are listed.
	history, err := p.history(ctx, repository, head, r.flags, need)
	if err != nil {
		return err
	}
	snapshot, err := repository.Snapshot(head)
	if err != nil {
		return err
	}
	r.histories = append(r.histories, history)
	r.snapshots = append(r.snapshots, snapshot)
	r.evidence.Findings = append(r.evidence.Findings, snapshot.Findings()...)
	r.evidence.Findings = append(r.evidence.Findings, history.Findings(repository.Label())...)
	firstIdentity, firstFile := len(r.evidence.Identities), len(r.evidence.Files)
	history.AddTo(r.evidence, sources.Repository{Label: repository.Label(), Path: repository.Path()}, snapshot)
	if !r.flags.lines {
		return nil
	}
	return r.readOwners(ctx, p, repository, history, need, firstIdentity, firstFile)
}

// head is the commit to read: the revision, or the newest one on its line at the as-of date.
func (r *reading) head(ctx context.Context, repository *git.Repository) (git.Hash, error) {
	head, err := repository.Resolve(r.flags.revision)
	if err != nil || r.flags.asOf == "" {
		return head, err
	}
	at, err := parseDate("--as-of", r.flags.asOf, true)
	if err != nil {
		return head, err
	}
	return repository.RevisionAt(ctx, head, at)
}

// configure puts what keyperson.yaml says into the options, and reads the alias file.
func (r *reading) configure(need need) error {
	r.options.Workers, r.options.AcceptIncomplete = r.flags.workers, r.flags.acceptIncomplete
	r.options.TaskRules, r.options.Triage = r.config.Tasks, r.config.Triage
	if r.config.TaskHalfLifeDays > 0 {
		r.options.TaskHalfLifeDays = r.config.TaskHalfLifeDays
	}
	if r.config.ActivityWindowDays > 0 {
		r.options.ActivityWindowDays = r.config.ActivityWindowDays
	}
	if r.config.HalfLifeDays > 0 {
		r.options.HalfLifeDays = r.config.HalfLifeDays
	}
	if r.config.Runbooks.IntervalDays > 0 {
		r.options.RunbookIntervalDays = r.config.Runbooks.IntervalDays
	}
	configureRanking(&r.options.Ranking, &r.config.Ranking)
	return r.findAliases(need)
}

// classifyAndIdentify does side by side what does not depend on each other: what the files are, and who people are.
func (r *reading) classifyAndIdentify(ctx context.Context, p *program) error {
	var group errgroup.Group
	var ofFiles, ofPeople []sources.Finding
	group.Go(func() (err error) {
		ofFiles, err = r.classify(ctx, p)
		return err
	})
	group.Go(func() (err error) {
		ofPeople, err = r.identify()
		return err
	})
	err := group.Wait()
	r.evidence.Findings = append(append(r.evidence.Findings, ofFiles...), ofPeople...)
	return err
}

func firstLine(message string) string {
	line, _, _ := strings.Cut(strings.TrimLeft(message, "\r\n"), "\n")
	return strings.TrimRight(line, "\r ")
}
