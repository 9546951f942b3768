package analyzer

import (
	"cmp"
	"fmt"
	"slices"
)

// lessons are what would be worth most to whoever joins: first routine work that stops or hangs on one person, then systems that
// nobody or one person holds; of each the one on which most work arrives first.
func lessons(after *Assessment) []Lesson {
	type weighed struct {
		Lesson
		weight float64
	}
	var list []weighed
	for i := range after.Tasks {
		t := &after.Tasks[i]
		switch {
		case !t.Enough || t.Dormant:
		case t.RiskNow >= stopsAt:
			list = append(list, weighed{Lesson{OfTask, t.ID, fmt.Sprintf("nobody present could do it; done %s in the last year", times(t.Recent))}, float64(t.Recent) * (1 + t.RiskNow)})
		case t.StopsWithout:
			list = append(list, weighed{Lesson{OfTask, t.ID, fmt.Sprintf("one person could; done %s in the last year", times(t.Recent))}, float64(t.Recent) * t.AbsenceRisk})
		}
	}
	byWeight := func(a, b weighed) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.ID, b.ID)) }
	slices.SortFunc(list, byWeight)
	tasks := len(list)
	for i := range after.Systems {
		s := &after.Systems[i]
		switch s.Verdict {
		case VerdictOrphaned:
			list = append(list, weighed{Lesson{OfSystem, s.ID, "nobody active covers most of it"}, 1e6 + float64(s.RecentCommits)})
		case VerdictOnePerson:
			list = append(list, weighed{Lesson{OfSystem, s.ID, "one person holds it"}, float64(s.RecentCommits)})
		}
	}
	slices.SortFunc(list[tasks:], byWeight)
	if len(list) > tasks {
		tasks = min(tasks, maxLessons-min(2, len(list)-tasks)) // leave room for systems
	}
	var chosen []Lesson
	for i := range list {
		if len(chosen) < maxLessons && (i < tasks || list[i].Subject == OfSystem) {
			chosen = append(chosen, list[i].Lesson)
		}
	}
	return chosen
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
