package analyzer

import (
	"fmt"
	"math"
	"slices"

	"keyperson/analyzer/planning"
	"keyperson/analyzer/practice"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

// Starting values of what is planned.
const (
	executionHours = 1.0 // of one execution, where no source tells
	filesAtOnce    = 4   // files of a system that two people pair on until the next plan
	learnersAsked  = 8   // people who are considered for one subject
)

// addTasks puts in the tasks that can be judged and came up within a year.
func (m *planMaker) addTasks() {
	kinds := map[string]*kindOfWork{}
	for i := range m.work.kinds {
		kinds[m.work.kinds[i].kind.ID] = &m.work.kinds[i]
	}
	for i := range m.a.Tasks {
		t := &m.a.Tasks[i]
		if !t.Enough || t.Dormant || t.Recent == 0 {
			continue
		}
		k := kinds[t.ID]
		m.tasks, m.kinds = append(m.tasks, t), append(m.kinds, k)
		m.portfolio.Tasks = append(m.portfolio.Tasks, m.taskState(t, k))
	}
}

func (m *planMaker) taskState(t *Task, k *kindOfWork) planning.Task {
	state := planning.Task{
		Weight: float64(t.Recent) * TierWeight(t.Tier), Routineness: t.Routineness.Value, Maturity: int(t.Maturity),
		IsJudgement: t.Routineness.Value < routineFrom, Hours: executionHours,
	}
	if t.HandlingHours != nil && *t.HandlingHours > 0 {
		state.Hours = *t.HandlingHours
	}
	persons, place := k.doers()
	counts := make([]int, len(persons))
	for _, ticket := range k.counted {
		counts[place[k.x.fates[ticket].person]]++
	}
	for i, recent := range k.recentBy(persons, place) {
		state.Doers = append(state.Doers, planning.Doer{Person: persons[i], Recent: recent, Counted: counts[i], Present: m.active[persons[i]]})
	}
	for _, r := range k.runbooks {
		for _, author := range m.a.Runbooks[r].Authors {
			state.Authors = append(state.Authors, m.personAt(author))
		}
	}
	holder := sources.None
	if t.TopPerson >= 0 {
		holder = m.personAt(t.TopPerson)
	}
	for _, near := range m.closeness.to(t, &state, holder) {
		state.Learners = append(state.Learners, near.person)
		m.reasons[roleOf{t.ID, near.person}] = near.reason
	}
	return state
}

// recentBy are the recency-weighted executions of each doer.
func (k *kindOfWork) recentBy(persons []uint32, place map[uint32]int) []float64 {
	recent := make([]float64, len(persons))
	for _, ticket := range k.done {
		recent[place[k.x.fates[ticket].person]] += practice.Recent([]float64{k.ageDays(ticket)}, k.options.TaskHalfLifeDays)
	}
	return recent
}

// addSystems puts in the systems that a verdict on people is passed on. Only on those that hang on one person is anything
// planned.
func (m *planMaker) addSystems() {
	for i := range m.a.Systems {
		s := &m.a.Systems[i]
		if !s.Verdict.isJudged() || s.Verdict == VerdictTaskStops || s.RecentCommits == 0 {
			continue
		}
		index := slices.IndexFunc(m.work.systems.Systems, func(known sources.System) bool { return known.ID == s.ID })
		state := planning.System{Weight: float64(s.RecentCommits) * TierWeight(s.Tier), Holder: planning.Nobody}
		var files []uint32
		for _, file := range m.graph.SystemFiles[index] {
			history := m.graph.Files[file].History
			if history == sources.None {
				continue
			}
			files = append(files, file)
			state.Things = append(state.Things, planning.Thing{Weight: m.graph.Histories[history].ChangeWeight, Covered: slices.Clone(m.covering.of(history))})
		}
		if (s.Verdict == VerdictOnePerson || s.Verdict == VerdictThinlyCovered) && s.TopPerson >= 0 {
			m.addBatch(s, &state, files)
		}
		m.systems, m.files = append(m.systems, s), append(m.files, files)
		m.portfolio.Systems = append(m.portfolio.Systems, state)
	}
}

// addBatch chooses the files of a system to pair on, and who is near to them.
func (m *planMaker) addBatch(s *System, state *planning.System, files []uint32) {
	state.Holder = m.personAt(s.TopPerson)
	for _, risk := range s.pairedOn() {
		state.Batch = append(state.Batch, planning.Lesson{Thing: slices.Index(files, risk.file), Changes: m.changesToCover(risk.file)})
	}
	candidates := m.learners(s, state.Holder)
	for i := range candidates[:min(learnersAsked, len(candidates))] {
		c := &candidates[i]
		state.Learners = append(state.Learners, c.Person)
		m.reasons[roleOf{s.ID, c.Person}] = fmt.Sprintf("has %s of the recent work on these files or beside them (a %s guess at who does the next)",
			percent(c.Parts.Nearest()), ranking.AfterLeaving.Word(c.Share))
	}
}

// changesToCover is how many changes someone new to a file makes until they cover it at the horizon; see coversByFamiliarity
// and hasPractised.
func (m *planMaker) changesToCover(file uint32) int {
	best := 0.0
	history := &m.graph.Histories[m.graph.Files[file].History]
	for tie := history.FirstTie; tie < history.EndTie; tie++ {
		best = max(best, m.known[tie])
	}
	const leastPractised = 2
	if m.options.Method != MethodFamiliarity {
		return leastPractised
	}
	halfway := m.plan.Until.Sub(m.plan.AsOf).Hours() / 24 / 2
	return max(leastPractised, int(math.Ceil(m.covers(best)/math.Exp2(-halfway/m.options.HalfLifeDays))))
}

// redraw makes portfolios in which each execution and each commit counts as often as a draw says; see work.resample.
type redraw struct {
	*planMaker
	draw    *draw // nil where no system is planned on
	active  []uint32
	decayed [][]float64 // by task that is planned on: what each execution counts
	tasks   []bool      // planned on
	sets    []int       // by system: its set of the draw, -1 where it is not planned on
}

func (m *planMaker) newRedraw(steps []planning.Step) *redraw {
	r := &redraw{planMaker: m, tasks: make([]bool, len(m.tasks)), decayed: make([][]float64, len(m.tasks)), sets: make([]int, len(m.systems))}
	for i := range r.sets {
		r.sets[i] = -1
	}
	var sets [][]uint32
	for i := range steps {
		subject := steps[i].Subject
		if steps[i].Kind == planning.Spread {
			r.sets[subject] = len(sets)
			sets = append(sets, m.files[subject])
			continue
		}
		k := m.kinds[subject]
		r.tasks[subject], r.decayed[subject] = true, make([]float64, len(k.done))
		for j, ticket := range k.done {
			r.decayed[subject][j] = practice.Recent([]float64{k.ageDays(ticket)}, k.options.TaskHalfLifeDays)
		}
	}
	if len(sets) > 0 && m.options.Method == MethodFamiliarity {
		r.draw = newDraw(m.newResampling(sets))
		for person, isActive := range m.active {
			if isActive {
				r.active = append(r.active, uint32(person))
			}
		}
	}
	return r
}

// portfolio is the draw of a number.
func (r *redraw) portfolio(number uint64) *planning.Portfolio {
	p := r.planMaker.portfolio.Clone()
	for i, isPlanned := range r.tasks {
		if !isPlanned {
			continue
		}
		persons, place := r.kinds[i].doers()
		recent := make([]float64, len(persons))
		r.kinds[i].redraw(number, place, r.decayed[i], recent)
		for j := range recent {
			p.Tasks[i].Doers[j].Recent = recent[j]
		}
	}
	if r.draw == nil {
		return p
	}
	r.draw.fill(number)
	for i, set := range r.sets {
		if set < 0 {
			continue
		}
		for j, history := range r.draw.sets[set] {
			thing := &p.Systems[i].Things[j]
			thing.Weight, thing.Covered = r.draw.weights[history], nil
			for _, person := range r.draw.covering.of(history) {
				thing.Covered = append(thing.Covered, r.active[person])
			}
		}
	}
	return p
}
