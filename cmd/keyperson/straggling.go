package main

import (
	"fmt"
	"time"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
	"keyperson/sources"
)

// warnOfStraggling reports when the date looked from, which nobody chose, was set by a straggler. It stays what it is:
// only the user knows whether the work has ended or its record has.
func (r *reading) warnOfStraggling() {
	if r.flags.asOf != "" {
		return
	}
	asOf := r.options.AsOf
	s, straggles := analyzer.FindStraggling(r.evidence, r.people, asOf.Unix(), r.options.ActivityWindowDays)
	if !straggles {
		return
	}
	better := time.Unix(s.Rest, 0).UTC()
	whole := quarterly.Of(better.AddDate(0, 0, 1)).Add(-1) // the last quarter that had ended by then
	message := fmt.Sprintf("of %d people active by %s, when 99 %% of the evidence had happened, %s left as of %s, the date of the newest event",
		s.Then, better.Format(time.DateOnly), isOrAre(s.Active), asOf.Format(time.DateOnly))
	if s.Years > 0 {
		message = fmt.Sprintf("the newest event is of %s, and for %d years before the last %.0f days nothing happened: a clock may have been wrong",
			asOf.Format(time.DateOnly), s.Years, r.options.ActivityWindowDays)
	}
	r.evidence.Findings = append(r.evidence.Findings, sources.Finding{
		Code: "straggling-evidence", Severity: sources.Note, Count: s.Late, Message: message,
		Advice: fmt.Sprintf("if the record ended then and not the work, look from there: --as-of %s (a report: --quarter %s)",
			better.Format(time.DateOnly), whole),
	})
}

func isOrAre(people int) string {
	if people == 1 {
		return "1 is"
	}
	return fmt.Sprintf("%d are", people)
}
