package analyzer

import (
	"fmt"
	"time"

	"keyperson/sources"
)

// Source is one history that evidence was read from, with how far it reaches.
type Source struct {
	Label     string
	IsTracker bool      // else a repository
	Newest    time.Time // when its newest commit, or the newest event on a ticket, happened; zero where there is none
	Short     bool      // of a tracker: it begins so late that executions of the year before the date looked from may be missing
	Stale     bool      // that lies so long before the date looked from that what was done since is probably missing
}

// StaleSource is the code of the finding on a source that is stale.
const StaleSource = "stale-source"

// staleTicketDays is how long before the date looked from the newest event on a ticket may lie; a starting value. A
// repository may be quiet for an activity window: nobody counts as active in it after that.
const staleTicketDays = 60

// shortTicketDays is how many days before the date looked from a tracker has to begin for a year of it to be there, but
// for what an export of twelve months leaves out; a starting value.
const shortTicketDays = 335

// SourcesOf lists the repositories that were read, then the trackers, each in the order of the evidence.
func SourcesOf(e *sources.Evidence, options Options) []Source {
	newest := make([]int64, len(e.Repositories))
	for i := range e.Events {
		event := &e.Events[i]
		newest[event.Repository] = max(newest[event.Repository], event.Recorded)
	}
	var list []Source
	for i := range e.Repositories {
		// One without any commit that counts (all are merges) says nothing of its age.
		stale := newest[i] > 0 && isBefore(momentOf(newest[i]), options.AsOf, options.ActivityWindowDays)
		list = append(list, Source{Label: e.Repositories[i].Label, Newest: momentOf(newest[i]), Stale: stale})
	}
	for i := range e.Trackers {
		t := &e.Trackers[i]
		list = append(list, Source{
			Label: t.Label, IsTracker: true, Newest: momentOf(t.Newest),
			Short: !isBefore(momentOf(t.First), options.AsOf, shortTicketDays),
			Stale: t.Tickets+t.Repeated == 0 || isBefore(momentOf(t.Newest), options.AsOf, staleTicketDays),
		})
	}
	return list
}

// IsStale says whether a tracker's newest event lies so far before a date that work done since is probably missing.
func (t *TrackerSummary) IsStale(asOf time.Time) bool { return isBefore(t.Last, asOf, staleTicketDays) }

// isBefore says whether something happened more than so many days before a date; what never did is before all.
func isBefore(at, asOf time.Time, days float64) bool { return asOf.Sub(at).Hours() > 24*days }

// StaleSources reports those that end long before the date looked from.
func StaleSources(e *sources.Evidence, options Options) []sources.Finding {
	var findings []sources.Finding
	for _, source := range SourcesOf(e, options) {
		if source.Stale {
			findings = append(findings, source.staleFinding(options.AsOf))
		}
	}
	return findings
}

func (s *Source) staleFinding(asOf time.Time) sources.Finding {
	finding := sources.Finding{Code: StaleSource, Severity: sources.Note, Count: 1}
	day, behind := s.Newest.Format(time.DateOnly), int(asOf.Sub(s.Newest)/(24*time.Hour))
	switch {
	case !s.IsTracker:
		finding.Repository = s.Label
		finding.Message = fmt.Sprintf("the newest commit is of %s, %d days before the date looked from", day, behind)
		finding.Advice = "fetch it anew; where the work on it has ended, that nobody is active in it says nothing of its people"
	case s.Newest.IsZero():
		finding.Message = fmt.Sprintf("%s: no ticket had been created by %s", s.Label, asOf.Format(time.DateOnly))
	default:
		finding.Message = fmt.Sprintf("%s: the newest event on a ticket is of %s, %d days before the date looked from", s.Label, day, behind)
	}
	if s.IsTracker {
		finding.Advice = "import or export its tickets anew; what was done since looks as if nobody had done it"
	}
	return finding
}
