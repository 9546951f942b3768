package runbook

import (
	"strings"
	"unicode"

	"keyperson/sources"
)

// isDiagnosis says whether a document helps to find out what an alert means, rather than being a procedure: it is
// called like an alert, by its file or a heading, and has sections on what the alert means and on how to find its cause.
func isDiagnosis(r *sources.Runbook, stem string) bool {
	isNamed := isAlertName(stem) || isAlertName(r.Title)
	var meaning, diagnosis bool
	for i := range r.Sections {
		s := &r.Sections[i]
		isNamed = isNamed || s.Level == 1 && isAlertName(s.Heading)
		role := roleOf(s.Heading) // its own: below a heading on causes, everything would be about them
		meaning = meaning || role == sources.Purpose && s.Words > 0
		diagnosis = diagnosis || role == sources.Diagnosis && s.Words > 0
	}
	return isNamed && meaning && diagnosis
}

// isAlertName says whether a text is one word of several run together, as alerts are called: KubeAPIDown, etcdNoLeader.
func isAlertName(text string) bool {
	previous, humps := rune(0), 0
	for i, r := range strings.TrimSpace(text) {
		switch {
		case !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)):
			return false
		case unicode.IsUpper(r) && (unicode.IsLower(previous) || unicode.IsDigit(previous)):
			humps++
		}
		previous = r
	}
	return humps > 0
}
