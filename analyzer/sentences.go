package analyzer

import (
	"fmt"
	"slices"
)

// maxSentences bounds what a first screen says.
const maxSentences = 5

// sentences are the statements of an assessment that a reader could act on, the most pressing first.
func sentences(a *Assessment, w *work) []Sentence {
	var said []Sentence
	for i := range a.Systems {
		if s := w.sentenceOn(&a.Systems[i]); s.Text != "" {
			said = append(said, s)
		}
	}
	if s := w.pressingTask(a); s.Text != "" {
		said = slices.DeleteFunc(said, func(other Sentence) bool { return other.Code == taskStopsCode && other.System == s.System })
		said = slices.Insert(said, min(1, len(said)), s) // behind the worst system
	}
	if len(said) == 0 {
		said = append(said, withoutPressing(a))
	}
	said = said[:min(len(said), maxSentences-1)]
	if a.Census.Suspects > 0 {
		said = append(said, Sentence{Code: "identity-suspects", Text: fmt.Sprintf(
			"%s of names may be one person each, which would hide that knowledge is shared: see `keyperson people`.",
			count(a.Census.Suspects, "pair"))})
	}
	return said
}

// taskStopsCode marks what is said of a system whose tasks stop; a sentence on its most pressing task says more.
const taskStopsCode = "task-stops"

// withoutPressing says that nothing is pressing only where something could be judged.
func withoutPressing(a *Assessment) Sentence {
	judged := 0
	for i := range a.Systems {
		if a.Systems[i].Verdict.isJudged() {
			judged++
		}
	}
	if judged == 0 {
		return Sentence{Code: "nothing-judged", Text: fmt.Sprintf(
			"Nothing could be judged: of %s, none has enough evidence and recent work for a verdict.", count(len(a.Systems), "system"))}
	}
	if judged == 1 {
		return Sentence{Code: "nothing-pressing", Text: "The one system that could be judged does not hang on one or two people by this evidence."}
	}
	return Sentence{Code: "nothing-pressing", Text: fmt.Sprintf(
		"None of the %d systems that could be judged hangs on one or two people by this evidence.", judged)}
}

// sentenceOn is what to do about one system; empty where nothing is pressing.
func (w *work) sentenceOn(s *System) Sentence {
	switch s.Verdict {
	case VerdictOrphaned:
		return Sentence{System: s.ID, Code: "orphaned", Text: fmt.Sprintf(
			"%s: %s arrived in %d days, but %s of what changes there has nobody active who knows it; name someone to take it over.",
			s.Name, count(s.RecentCommits, "commit"), int(w.options.ActivityWindowDays), percent(s.UncoveredNow))}
	case VerdictThinlyCovered:
		return Sentence{System: s.ID, Code: "thinly-covered", Text: fmt.Sprintf(
			"%s: %s of what changes there has nobody active who knows it, and one more absence would make that %s; "+
				"let those who work there now take over files that nobody covers.",
			s.Name, percent(s.UncoveredNow), percent(s.UncoveredWithoutTop))}
	case VerdictOnePerson:
		return Sentence{System: s.ID, Code: "one-person", Text: w.onePersonText(s)}
	case VerdictTaskStops:
		return Sentence{System: s.ID, Code: taskStopsCode, Text: fmt.Sprintf(
			"%s: %s would probably stop if one person were away: see `keyperson tasks --system %s`.", s.Name, count(s.Tasks.Stops, "task"), s.ID)}
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

func (w *work) onePersonText(s *System) string {
	holder := w.roster.listed[s.TopPerson].Name
	text := fmt.Sprintf("%s: if %s were away, %s of what changes there would have nobody active who knows it",
		s.Name, holder, percent(s.UncoveredWithoutTop))
	if twin := w.suspectedTwin(s.TopPerson); twin != "" {
		return fmt.Sprintf("%s; first decide in `keyperson people` whether %s is the same person.", text, twin)
	}
	if len(s.OnlyCovered) == 0 {
		return text + "."
	}
	first := s.OnlyCovered[0].Path
	learners := w.learners(s, w.personAt(s.TopPerson))
	if len(learners) == 0 {
		return text + "; no one else active has worked on it enough to take over: have someone change " + first + " with them."
	}
	return fmt.Sprintf("%s; %s is nearest: pair them first on %s.", text, w.people.Persons[learners[0].Person].Name, first)
}

// suspectedTwin names an active person who may be the same as the one at a place of the roster.
func (w *work) suspectedTwin(place int) string {
	for i := range w.people.Suspects {
		pair := &w.people.Suspects[i]
		for _, sides := range [][2]uint32{{pair.A, pair.B}, {pair.B, pair.A}} {
			if at, isListed := w.roster.place[sides[0]]; isListed && at == place && w.active[sides[1]] {
				return w.people.Persons[sides[1]].Name
			}
		}
	}
	return ""
}
