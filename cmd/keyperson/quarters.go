package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
	"keyperson/sources/git"
	"keyperson/sources/identity"
)

// quarterReader reads the same sources as they were at the ends of several quarters. Who is who is decided once, by
// all that is known today, so that one person has one ID in every quarter.
type quarterReader struct {
	program *program
	paths   []string
	source  sourceFlags
	newest  *reading
}

// nearlyOver is how far before the end of a quarter its newest event may lie for the quarter to count as ended: people
// rest at weekends.
const nearlyOver = 7 * 24 * time.Hour

// input assesses the quarter asked for, the one compared with, and the work catalog of those before. It also returns
// the reading that the quarter itself was assessed from.
func (q *quarterReader) input(ctx context.Context, flags reportFlags) (*quarterly.Input, *reading, error) {
	in, err := q.choose(flags)
	if err != nil {
		return nil, nil, err
	}
	last, err := q.at(ctx, in.Quarter, in.Unfinished)
	if err != nil {
		return nil, nil, err
	}
	if in.Now, err = last.assessed(true); err != nil {
		return nil, nil, err
	}
	in.Options = last.options
	oldest := q.oldest()
	if !in.Compared.End().Before(oldest) {
		if in.Before, err = q.assess(ctx, in.Compared, true); err != nil && (flags.compare != "" || !isBeforeHistory(err)) {
			return nil, nil, err
		}
	}
	for back := flags.trend - 1; back >= 1; back-- {
		quarter := in.Quarter.Add(-back)
		if quarter.End().Before(oldest) {
			continue
		}
		earlier := in.Before
		if quarter != in.Compared {
			if earlier, err = q.assess(ctx, quarter, false); err != nil && !isBeforeHistory(err) {
				return nil, nil, err
			}
		}
		if earlier == nil {
			continue
		}
		in.Trend = append(in.Trend, quarterly.StockOf(quarter, earlier))
	}
	return in, last, nil
}

// choose finds out which quarters are meant, and refuses those that the history does not reach.
func (q *quarterReader) choose(flags reportFlags) (*quarterly.Input, error) {
	newest, oldest := q.newest.options.AsOf, q.oldest()
	in := &quarterly.Input{Quarter: quarterly.Of(newest)}
	var err error
	if flags.quarter != "" {
		if in.Quarter, err = quarterly.Parse(flags.quarter); err != nil {
			return nil, err
		}
	}
	in.Compared = in.Quarter.Add(-1)
	if flags.compare != "" {
		if in.Compared, err = quarterly.Parse(flags.compare); err != nil {
			return nil, err
		}
	}
	switch {
	case in.Quarter.Start().After(newest):
		return nil, tooLate(in.Quarter, newest)
	case in.Quarter.End().Before(oldest):
		return nil, usage("--quarter %s: the history begins on %s, after that quarter; the first with evidence is %s",
			in.Quarter, oldest.Format(time.DateOnly), quarterly.Of(oldest))
	case !in.Compared.IsBefore(in.Quarter):
		return nil, usage("--compare %s is not before %s", in.Compared, in.Quarter)
	case flags.compare != "" && in.Compared.End().Before(oldest):
		return nil, usage("--compare %s: the history begins on %s, after that quarter; the first with evidence is %s",
			in.Compared, oldest.Format(time.DateOnly), quarterly.Of(oldest))
	}
	in.Unfinished = !isOver(in.Quarter, newest)
	return in, nil
}

// isBeforeHistory says whether a repository had no commit yet. A shallow clone, and the younger of several repositories,
// begin later than the oldest event.
func isBeforeHistory(err error) bool { return errors.Is(err, git.ErrUnknownRevision) }

// isOver says whether a quarter had ended as of the newest event.
func isOver(quarter quarterly.Quarter, newest time.Time) bool {
	return quarter.End().Sub(newest) <= nearlyOver
}

// tooLate refuses a quarter that begins after everything that was read.
func tooLate(quarter quarterly.Quarter, newest time.Time) error {
	last := quarterly.Of(newest)
	instead := "--quarter " + last.String()
	if !isOver(last, newest) {
		instead += fmt.Sprintf(", or %s, the last that has ended", last.Add(-1))
	}
	return usage("--quarter %s: the newest event is of %s, in %s, before that quarter begins; give %s",
		quarter, newest.Format(time.DateOnly), last, instead)
}

// oldest is the time of the first thing read.
func (q *quarterReader) oldest() time.Time {
	e := q.newest.evidence
	oldest := q.newest.options.AsOf.Unix()
	for i := range e.Events {
		if recorded := e.Events[i].Recorded; recorded > 0 {
			oldest = min(oldest, recorded)
		}
	}
	for i := range e.Trackers {
		if first := e.Trackers[i].First; first > 0 {
			oldest = min(oldest, first)
		}
	}
	return time.Unix(oldest, 0).UTC()
}

func (q *quarterReader) assess(ctx context.Context, quarter quarterly.Quarter, intervals bool) (*analyzer.Assessment, error) {
	r, err := q.at(ctx, quarter, false)
	if err != nil {
		return nil, err
	}
	defer r.close()
	return r.assessed(intervals)
}

// at reads everything as it was at the end of a quarter, or at the newest event where the quarter has not ended.
func (q *quarterReader) at(ctx context.Context, quarter quarterly.Quarter, unfinished bool) (*reading, error) {
	if unfinished {
		return q.newest, nil
	}
	source := q.source
	source.asOf = quarter.End().Format(time.RFC3339)
	r, err := q.program.read(ctx, q.paths, source, need{ticketsSuffice: true})
	if err != nil {
		return nil, err
	}
	r.people, _ = identity.Project(r.evidence, r.people, q.newest.evidence, q.newest.people)
	if r.veil != nil && q.newest.veil != nil {
		for name := range q.newest.veil.issued {
			r.veil.issued[name] = true
		}
	}
	r.options.Left = q.leftBy(r.options.AsOf)
	return r, nil
}

// leftBy lists who of those configured as having left had left by then: whoever did something later had not.
func (q *quarterReader) leftBy(at time.Time) []string {
	e, people := q.newest.evidence, q.newest.people
	stayed := map[string]bool{}
	for i := range e.Records {
		record := &e.Records[i]
		if e.Events[record.Event].Recorded > at.Unix() {
			person := &people.Persons[people.ByIdentity[record.Person]]
			stayed[person.ID], stayed[person.Name] = true, true
			for _, i := range person.Identities {
				stayed[e.Identities[i].Name], stayed[e.Identities[i].Address] = true, true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(q.newest.options.Left), func(left string) bool { return stayed[left] })
}

// scored says what came of an earlier plan by the end of the quarter. The plan knows its people as it was kept, by name
// or under pseudonyms, whichever the report shows: it is scored from a reading of its own.
func (q *quarterReader) scored(ctx context.Context, in *quarterly.Input, path string) ([]analyzer.Prediction, error) {
	file, err := readPlan("--plan", path)
	if err != nil {
		return nil, err
	}
	own := *q
	own.source.names, own.source.pseudonyms = file.Names, !file.Names
	own.source.asOf = in.Now.AsOf.Format(time.RFC3339)
	r, err := own.program.read(ctx, own.paths, own.source, need{ticketsSuffice: true})
	if err != nil {
		return nil, err
	}
	defer r.close()
	if err := r.fits(file, "--plan", path, asSaved); err != nil {
		return nil, err
	}
	predictions, err := analyzer.ScorePlan(r.evidence, r.people, r.systems, r.options, file.Plan)
	if errors.Is(err, analyzer.ErrPlanNotBegun) {
		return nil, usage("--plan %s: %w; give a plan of an earlier quarter", path, err)
	}
	return predictions, err
}
