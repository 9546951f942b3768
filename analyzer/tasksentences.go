package analyzer

import (
	"fmt"
	"math"
	"slices"
)

// taskSentences are what to do about recurring work, at most five, the most pressing first.
func (w *work) taskSentences(a *Assessment) []Sentence {
	var said []Sentence
	add := func(s Sentence) {
		if s.Text != "" && len(said) < maxSentences {
			said = append(said, s)
		}
	}
	const ofTasks = 3 // leaves room for what is said of all
	for i := range a.Tasks {
		if len(said) < ofTasks {
			add(w.routineSentence(a, &a.Tasks[i]))
		}
	}
	add(w.holderSentence(a))
	add(w.lostJudgementSentence(a))
	add(judgementSentence(a))
	if len(said) == 0 {
		add(calmSentence(a))
	}
	if a.Work.Tickets > 0 && float64(a.Work.Placed) < enoughPlaced*float64(a.Work.Tickets) {
		add(Sentence{Code: "unplaced-tickets", Text: fmt.Sprintf(
			"%s of %s belong to no task, so that there may be more: `keyperson tasks --unmapped` says which words would make a rule for them.",
			percent(1-float64(a.Work.Placed)/float64(a.Work.Tickets)), count(a.Work.Tickets, "ticket"))})
	}
	return said
}

// enoughPlaced is the share of tickets in tasks under which a reader must know what is missing.
const enoughPlaced = 0.7

// pressingTask is the sentence on the most pressing routine task; empty where no routine task hangs on one person.
func (w *work) pressingTask(a *Assessment) Sentence {
	for i := range a.Tasks {
		if s := w.routineSentence(a, &a.Tasks[i]); s.Text != "" {
			return s
		}
	}
	return Sentence{}
}

// routineSentence is what to do about a routine task that one absence stops, or that nobody present can do; empty for others.
func (w *work) routineSentence(a *Assessment, t *Task) Sentence {
	if t.Quadrant != Fix {
		return Sentence{}
	}
	s := Sentence{System: t.System, Task: t.ID, Code: "routine-on-one"}
	procedure := "no procedure"
	if t.Runbook >= 0 {
		procedure = fmt.Sprintf("procedure at %s", t.Maturity)
	}
	if t.TopPerson < 0 || t.RiskNow >= stopsAt {
		s.Code = "routine-on-nobody"
		s.Text = fmt.Sprintf("Nobody present can be counted on for «%s» (%s in the last year, last on %s, %s): have it done once under guidance, and %s.",
			t.Name, count(t.Recent, "execution"), t.Last.Format("2006-01-02"), procedure, w.nextFor(a, t))
		return s
	}
	holder := w.roster.listed[t.TopPerson].Name
	done := 0
	for _, e := range t.Executors {
		if e.Person == t.TopPerson {
			done = int(math.Round(e.Share * float64(t.Counted)))
		}
	}
	period := "in the last year "
	if t.Counted > t.Recent {
		period = ""
	}
	if done == t.Counted {
		s.Text = fmt.Sprintf("Only %s has run «%s» %s(%d of %s, %s): %s.",
			holder, t.Name, period, done, count(t.Counted, "execution"), procedure, w.nextFor(a, t))
		return s
	}
	s.Text = fmt.Sprintf("Without %s «%s» would probably stop (%d of %s %sare theirs, %s): %s.",
		holder, t.Name, done, count(t.Counted, "execution"), period, procedure, w.nextFor(a, t))
	return s
}

// nextFor is what to do first about a task: its manual, else someone who follows it.
func (w *work) nextFor(a *Assessment, t *Task) string {
	switch {
	case t.Runbook < 0:
		return "write its manual first"
	case t.Maturity < Structured:
		return "complete its manual first (" + a.Runbooks[t.Runbook].Path + ")"
	}
	for _, e := range t.Executors {
		if e.Person != t.TopPerson && w.roster.listed[e.Person].Active {
			return fmt.Sprintf("let %s do it twice by %s", w.roster.listed[e.Person].Name, a.Runbooks[t.Runbook].Path)
		}
	}
	return "let someone else do it twice by " + a.Runbooks[t.Runbook].Path
}

// leastHeld is the number of tasks from which on the same holder is worth a sentence.
const leastHeld = 3

// holderSentence says how much stops where several tasks hang on the same person.
func (w *work) holderSentence(a *Assessment) Sentence {
	held := map[int][]*Task{}
	judged, holder := 0, -1
	for i := range a.Tasks {
		t := &a.Tasks[i]
		if t.Enough && !t.Dormant {
			judged++
		}
		if !t.StopsWithout {
			continue
		}
		held[t.TopPerson] = append(held[t.TopPerson], t)
		if n := len(held[t.TopPerson]); holder < 0 || n > len(held[holder]) {
			holder = t.TopPerson
		}
	}
	if holder < 0 || len(held[holder]) < leastHeld {
		return Sentence{}
	}
	first := slices.MaxFunc(held[holder], func(x, y *Task) int { return x.Recent - y.Recent })
	return Sentence{System: first.System, Task: first.ID, Code: "tasks-on-one", Text: fmt.Sprintf(
		"If %s were away, %d of the %d tasks that can be judged would probably stop; begin with the most frequent, «%s» (%s in the last year).",
		w.roster.listed[holder].Name, len(held[holder]), judged, first.Name, count(first.Recent, "execution"))}
}

// lostJudgementSentence says what to do about work of judgement that nobody present can be counted on for: there is nobody to
// protect in it.
func (w *work) lostJudgementSentence(a *Assessment) Sentence {
	for i := range a.Tasks {
		t := &a.Tasks[i]
		if t.Quadrant != Protect || !t.IsLost() {
			continue
		}
		ask := ""
		for _, e := range t.Executors {
			if p := &w.roster.listed[e.Person]; !p.Active {
				ask = fmt.Sprintf("ask %s, last seen on %s, while that can be done, and ", p.Name, dayOf(p.LastSeen))
				break
			}
		}
		return Sentence{System: t.System, Task: t.ID, Code: "judgement-on-nobody", Text: fmt.Sprintf(
			"Nobody present can be counted on for «%s», which takes judgement (%s in the last year, last on %s): %slet two take the next case together.",
			t.Name, count(t.Recent, "execution"), dayOf(t.Last), ask)}
	}
	return Sentence{}
}

// judgementSentence says that concentrated judgement is no fault to mend, where somebody has it.
func judgementSentence(a *Assessment) Sentence {
	protected := 0
	var first *Task
	for i := range a.Tasks {
		if a.Tasks[i].Quadrant == Protect && !a.Tasks[i].IsLost() {
			if protected++; first == nil {
				first = &a.Tasks[i]
			}
		}
	}
	if first == nil {
		return Sentence{}
	}
	return Sentence{System: first.System, Task: first.ID, Code: "judgement-on-one", Text: fmt.Sprintf(
		"%s of judgement in few hands, such as «%s»: no manual replaces it; protect the time of those who do it, and let someone sit in.",
		count(protected, "task"), first.Name)}
}

func calmSentence(a *Assessment) Sentence {
	judged := 0
	for i := range a.Tasks {
		if a.Tasks[i].Quadrant != QuadrantUnknown {
			judged++
		}
	}
	if judged == 0 {
		return Sentence{Code: "no-task-judged", Text: fmt.Sprintf(
			"No task could be judged: of %s of work, none has been done five times and is still done.", count(len(a.Tasks), "kind"))}
	}
	if judged == 1 {
		return Sentence{Code: "no-task-stops", Text: "The one task that could be judged is not likely to stop if one person is away."}
	}
	return Sentence{Code: "no-task-stops", Text: fmt.Sprintf("None of the %d tasks that could be judged is likely to stop if one person is away.", judged)}
}
