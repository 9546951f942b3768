package analyzer

import (
	"keyperson/sources"
)

// addLoad counts what hangs on each successor now and after the transfer: the systems and tasks that fall to them
// when the leaver is gone, and the tasks that stop and for which they are the nearest.
func (h *handing) addLoad() {
	for i := range h.Successors {
		s := &h.Successors[i]
		s.Load.Before = hangingOn(h.before, s.Person)
		s.Load.After = hangingOn(h.after, s.Person)
		for j := range h.Tasks {
			if t := &h.Tasks[j]; t.Stops && t.Nearest == s.Person {
				s.Load.After++
			}
		}
		if i == 0 && h.system != sources.None && len(h.only) > 0 && 2*h.Held.AloneWeight > 1 {
			s.Load.After++ // the system itself
		}
		s.Load.OverCap = s.Load.After > h.LoadCap
	}
}

// hangingOn counts the systems and tasks that one absence would leave without anyone.
func hangingOn(a *Assessment, person int) int {
	n := 0
	for i := range a.Systems {
		if a.Systems[i].isHeldAlone() && a.Systems[i].TopPerson == person && a.Systems[i].Verdict != VerdictDormant {
			n++
		}
	}
	for i := range a.Tasks {
		if a.Tasks[i].StopsWithout && a.Tasks[i].TopPerson == person {
			n++
		}
	}
	return n
}
