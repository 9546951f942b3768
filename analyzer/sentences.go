package analyzer

import "fmt"

// maxSentences bounds what a first screen says.
const maxSentences = 5

// sentences are the statements of an assessment that a reader could act on, the most pressing first.
func sentences(a *Assessment, w *work) []Sentence {
	var said []Sentence
	for i := range a.Systems {
		if s := sentenceOn(&a.Systems[i], w); s.Text != "" {
			said = append(said, s)
		}
	}
	said = said[:min(len(said), maxSentences-1)]
	if a.Census.Suspects > 0 {
		said = append(said, Sentence{Code: "identity-suspects", Text: fmt.Sprintf(
			"%s may be the same person under two names, which would hide that knowledge is shared: see `keyperson people`.",
			count(a.Census.Suspects, "pair"))})
	}
	if len(said) == 0 {
		said = append(said, Sentence{Code: "nothing-pressing", Text: "No system hangs on one person by this evidence."})
	}
	return said
}

func sentenceOn(s *System, w *work) Sentence {
	switch s.Verdict {
	case VerdictOrphaned:
		return Sentence{System: s.ID, Code: "orphaned", Text: fmt.Sprintf(
			"%s: %s arrived in %d days, but nobody active knows %s of what changes there; name someone to take it over.",
			s.Name, count(s.RecentCommits, "commit"), int(w.options.ActivityWindowDays), percent(s.UncoveredNow))}
	case VerdictOnePerson:
		return Sentence{System: s.ID, Code: "one-person", Text: onePersonText(s, w)}
	case VerdictTwoPeople:
		if len(s.KeyPeople) < 2 {
			return Sentence{}
		}
		return Sentence{System: s.ID, Code: "two-people", Text: fmt.Sprintf(
			"%s: without %s and %s more than half of what changes there would be uncovered; do not let both be away at once.",
			s.Name, w.roster.listed[s.KeyPeople[0].Person].Name, w.roster.listed[s.KeyPeople[1].Person].Name)}
	}
	return Sentence{}
}

func onePersonText(s *System, w *work) string {
	holder := w.roster.listed[s.TopPerson].Name
	text := fmt.Sprintf("%s: if %s were away, nobody active would know %s of what changes there", s.Name, holder, percent(s.UncoveredWithoutTop))
	if len(s.OnlyCovered) == 0 {
		return text + "."
	}
	first := s.OnlyCovered[0]
	if first.Next < 0 {
		return text + "; no one else active has worked on it, so start by having someone change " + first.Path + " with them."
	}
	return fmt.Sprintf("%s; %s is nearest: pair them first on %s.", text, w.roster.listed[first.Next].Name, first.Path)
}
