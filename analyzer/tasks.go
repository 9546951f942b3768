package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"keyperson/analyzer/planning"
	"keyperson/analyzer/practice"
	"keyperson/analyzer/taskkinds"
	"keyperson/sources"
)

const (
	secondsPerYear = 365 * secondsPerDay
	// Work that has not been done for over a year, and for over so many times its usual gap, is over; a starting value.
	dormantGaps = 2.5
)

// kindOfWork is one kind of recurring work with all that its task is computed from.
type kindOfWork struct {
	*work
	kind     *taskkinds.Kind
	rule     *sources.TaskRule // the configuration's, empty where there is none
	x        *executions
	done     []uint32 // tickets that are executions, the oldest first
	counted  []uint32 // of them, those that shares are about
	runbooks []uint32 // its procedures, indices into Evidence.Runbooks and Assessment.Runbooks
	task     *Task
}

// assessTasks fills in the work catalog: the tasks, the most pressing first, and what they say of systems and runbooks.
func (w *work) assessTasks(a *Assessment, x *executions) {
	placement := w.placed(x)
	runbooks := w.runbooksOfKinds(placement)
	a.Tasks = make([]Task, len(placement.Kinds))
	for i := range placement.Kinds {
		k := kindOfWork{work: w, kind: &placement.Kinds[i], rule: &sources.TaskRule{}, x: x, runbooks: runbooks[i], task: &a.Tasks[i]}
		if k.kind.Config >= 0 {
			k.rule = &w.options.TaskRules[k.kind.Config]
		}
		k.assess(a)
		w.kinds = append(w.kinds, k)
	}
	a.Work = w.workCatalog(x, placement)
	a.Findings = append(a.Findings, expiredLevels(a.Tasks, w)...)
	if w.options.System != "" {
		a.Tasks = slices.DeleteFunc(a.Tasks, func(t Task) bool { return !w.isChosen(t.System) })
	}
	slices.SortFunc(a.Tasks, morePressing)
	a.Work.sum(a.Tasks)
	for i := range a.Tasks {
		if r := a.Tasks[i].Runbook; r >= 0 {
			a.Runbooks[r].Tasks = append(a.Runbooks[r].Tasks, a.Tasks[i].ID)
		}
	}
	for i := range a.Runbooks {
		slices.Sort(a.Runbooks[i].Tasks)
	}
}

// placed puts the tickets seen into kinds.
func (w *work) placed(x *executions) *taskkinds.Placement {
	if x.placement == nil {
		x.placement = taskkinds.Place(w.evidence.Tickets, x.seen, w.options.TaskRules, w.options.Names)
	}
	return x.placement
}

// isChosen says whether a system, by ID, is the one that the user wants to see.
func (w *work) isChosen(id string) bool {
	return slices.ContainsFunc(w.systems.Systems, func(s sources.System) bool {
		return s.ID == id && (strings.EqualFold(s.ID, w.options.System) || strings.EqualFold(s.Name, w.options.System))
	})
}

// morePressing orders tasks: those that can be judged first, then by quadrant, then by individualization times the recurrence
// of the last year, since what hardly comes up any more presses less.
func morePressing(a, b Task) int {
	pressure := func(t *Task) float64 { return t.Individualization * practice.Recurrence(t.Recent) }
	return cmp.Or(
		cmp.Compare(a.Quadrant.rank(), b.Quadrant.rank()),
		cmp.Compare(pressure(&b), pressure(&a)), cmp.Compare(b.Individualization, a.Individualization),
		cmp.Compare(b.Recent, a.Recent), cmp.Compare(b.Executions, a.Executions), cmp.Compare(b.Tickets, a.Tickets),
		cmp.Compare(a.ID, b.ID),
	)
}

func (q Quadrant) rank() int {
	return slices.Index([]Quadrant{Fix, Protect, KeepOrAutomate, Fine, QuadrantUnknown}, q)
}

// assess computes one task.
func (k *kindOfWork) assess(a *Assessment) {
	t := k.task
	t.ID, t.Name, t.Rule, t.Tickets = k.kind.ID, k.kind.Name, k.kind.Why, len(k.kind.Tickets)
	t.TopPerson, t.Runbook, t.Sources = -1, -1, trackersOf(k.evidence, k.kind.Tickets)
	k.belongs()
	k.separate()
	k.choose(a.Runbooks)
	if t.Executions > 0 {
		t.First, t.Last = fromUnix(k.time(k.done[0])), fromUnix(k.time(k.done[len(k.done)-1]))
		t.CountedFrom = fromUnix(k.time(k.counted[0]))
	}
	t.Enough = t.Executions >= practice.LeastExecutions
	t.Dormant = t.Enough && k.isOver()
	k.concentration()
	k.risk()
	k.rates()
	k.handling()
	k.routineness()
	k.executors(a.Runbooks)
	if t.Enough {
		t.Individualization = practice.Individualization(t.Routineness.Value, t.AbsenceRisk, t.SameHands)
	}
	k.classify()
	k.setLevel()
	t.Quadrant = t.quadrant()
	k.soleHours()
	t.Readiness = k.readiness(a.Runbooks)
}

func (k *kindOfWork) time(ticket uint32) int64 { return k.x.fates[ticket].time }

// belongs sets the system: the one of the rule, else the one that most of the tickets belong to, half of them at least.
func (k *kindOfWork) belongs() {
	system := sources.None
	for i := range k.systems.Systems {
		if k.rule.System != "" && k.systems.Systems[i].ID == k.rule.System {
			system = uint32(i)
		}
	}
	if k.rule.System == "" {
		system = k.commonSystem()
	}
	k.task.System = k.rule.System
	if system != sources.None {
		k.task.System, k.task.Tier = k.systems.Systems[system].ID, k.systems.Systems[system].Tier
	}
}

func (k *kindOfWork) commonSystem() uint32 {
	count := map[uint32]int{}
	best := sources.None
	for _, ticket := range k.kind.Tickets {
		if int(ticket) >= len(k.systems.ByTicket) || k.systems.ByTicket[ticket] == sources.None {
			continue
		}
		system := k.systems.ByTicket[ticket]
		count[system]++
		if best == sources.None || count[system] > count[best] || count[system] == count[best] && system < best {
			best = system
		}
	}
	if best == sources.None || 2*count[best] < len(k.kind.Tickets) {
		return sources.None
	}
	return best
}

// separate tells the executions from the other tickets, and those of the last year from the older ones.
func (k *kindOfWork) separate() {
	var omitted omissionCount
	for _, ticket := range k.kind.Tickets {
		omission := k.x.fates[ticket].omission
		omitted[omission]++
		if omission == counted {
			k.done = append(k.done, ticket)
		}
	}
	k.task.NotExecutions = omitted.list()
	slices.SortStableFunc(k.done, func(a, b uint32) int { return cmp.Compare(k.time(a), k.time(b)) })
	k.counted = k.done
	if recent := k.recent(); len(recent) >= practice.LeastExecutions {
		k.counted = recent
	}
	k.task.Executions, k.task.Recent, k.task.Counted = len(k.done), len(k.recent()), len(k.counted)
}

// recent are the executions within a year before the as-of date.
func (k *kindOfWork) recent() []uint32 {
	from := slices.IndexFunc(k.done, func(ticket uint32) bool { return k.time(ticket) > k.graph.AsOf-secondsPerYear })
	if from < 0 {
		return nil
	}
	return k.done[from:]
}

// isOver says whether a task has not been done for so long that it seems over.
func (k *kindOfWork) isOver() bool {
	since := float64(k.graph.AsOf - k.time(k.done[len(k.done)-1]))
	gaps := make([]float64, 0, len(k.done)-1)
	for i := 1; i < len(k.done); i++ {
		gaps = append(gaps, float64(k.time(k.done[i])-k.time(k.done[i-1])))
	}
	return since > secondsPerYear && since > dormantGaps*practice.Median(gaps)
}

// IsLost says whether nobody present can be counted on for the task, nor has practised it enough to teach it.
func (t *Task) IsLost() bool {
	return t.Enough && !t.Dormant && t.RiskNow >= stopsAt && !slices.ContainsFunc(t.Executors, func(e Executor) bool {
		return e.Person == t.TopPerson && e.Practice >= planning.KnowsEnough
	})
}

// quadrant crosses concentration and routineness.
func (t *Task) quadrant() Quadrant {
	if !t.Enough || t.Dormant {
		return QuadrantUnknown
	}
	isConcentrated, isRoutine := t.AbsenceRisk >= stopsAt, t.Routineness.Value >= routineFrom
	switch {
	case isConcentrated && isRoutine:
		return Fix
	case isConcentrated:
		return Protect
	case isRoutine:
		return KeepOrAutomate
	}
	return Fine
}
