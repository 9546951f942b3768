package planning

// Options limit a plan. The zero value allows nothing.
type Options struct {
	CapHours float64 // most that is asked of one person
	Most     int     // actions
	// Least is the drop of the risk under which an action is not worth a line; one without any effect never is.
	Least float64
	// Worth is what an execution of the plan counts for on the day its effect is looked at, in (0,1]: it is older by then.
	Worth float64
}

// Step is an action of a plan, with the risk of its subject and the whole before and after it.
type Step struct {
	Action
	Effect                 float64 // drop of the whole risk, above 0
	PerHour                float64
	Before, After          float64 // of the subject: absence risk of a task, uncovered share of a system, in [0,1]
	Maturity, MaturityThen int     // of the procedure before and after it; tasks only
}

// Blocked is an action that would have helped by Least or more, if the cap had let someone be asked for more; what is left of it under
// the cap is nothing, or too little.
type Blocked struct {
	Kind    Kind
	Subject int
	Person  uint32 // of whom too much would be asked
}

// Plan is the result of Greedy.
type Plan struct {
	Steps   []Step
	Blocked []Blocked
	Further int     // actions that would help by Least or more after the steps: Most kept them out
	Minor   int     // actions that would help after the steps, by less than Least whatever the cap
	Asked   []Load  // hours by person, over all steps, in the order in which people were first asked
	Before  float64 // Portfolio.Risk
	After   float64
}

// simulation is a portfolio after the actions chosen so far.
type simulation struct {
	portfolio *Portfolio
	options   Options
	asked     map[uint32]float64
	order     []uint32
	taken     map[[2]int]bool // kind and subject
}

func newSimulation(p *Portfolio, options Options) *simulation {
	return &simulation{portfolio: p.Clone(), options: options, asked: map[uint32]float64{}, taken: map[[2]int]bool{}}
}

func (s *simulation) fits(person uint32, hours float64) bool {
	const slack = 1e-9 // sums of halves and quarters are not always exact
	return s.asked[person]+hours <= s.options.CapHours+slack
}

// Greedy takes, as long as there is one that helps, the action with the greatest drop of the risk for each hour, each
// simulated after those before it and at most once for each subject. Of equal ones the larger effect comes first, then the
// order of the portfolio. The portfolio is not changed.
func Greedy(p *Portfolio, options Options) Plan {
	s := newSimulation(p, options)
	plan := Plan{Before: p.Risk()}
	for len(plan.Steps) < options.Most {
		best := Step{}
		s.each(func(kind Kind, subject int) {
			a, possible, _ := s.propose(kind, subject)
			if !possible {
				return
			}
			step := s.try(a)
			if options.isWorth(step.Effect) && (step.PerHour > best.PerHour || step.PerHour == best.PerHour && step.Effect > best.Effect) {
				best = step
			}
		})
		if best.PerHour == 0 {
			break
		}
		s.take(&best.Action)
		plan.Steps = append(plan.Steps, best)
	}
	plan.After = s.portfolio.Risk()
	s.rest(&plan)
	for _, person := range s.order {
		plan.Asked = append(plan.Asked, Load{person, s.asked[person]})
	}
	return plan
}

// rest counts the actions that would help besides those taken, and lists those that only the cap kept out or made too small.
func (s *simulation) rest(plan *Plan) {
	free := newSimulation(s.portfolio, s.options)
	free.options.CapHours = unlimited
	s.each(func(kind Kind, subject int) {
		a, isPossible, person := s.propose(kind, subject)
		effect := 0.0
		if isPossible {
			effect = s.try(a).Effect
		}
		if s.options.isWorth(effect) {
			plan.Further++
			return
		}
		whole, wouldBe, _ := free.propose(kind, subject)
		switch {
		case wouldBe && s.options.isWorth(free.try(whole).Effect):
			if person == Nobody {
				person = s.firstBeyondCap(&whole)
			}
			plan.Blocked = append(plan.Blocked, Blocked{kind, subject, person})
		case effect > 0:
			plan.Minor++
		}
	})
}

// isWorth says whether an effect is there at all, and enough for a line.
func (o *Options) isWorth(effect float64) bool { return effect > 0 && effect >= o.Least }

// firstBeyondCap is the first of those whom an action would ask for too much. There is one wherever the cap made a smaller action
// of it.
func (s *simulation) firstBeyondCap(a *Action) uint32 {
	for _, load := range a.Asked {
		if !s.fits(load.Person, load.Hours) {
			return load.Person
		}
	}
	return a.Asked[0].Person
}

// each visits every kind of action that is not taken yet, on every subject.
func (s *simulation) each(visit func(kind Kind, subject int)) {
	for i := range s.portfolio.Tasks {
		for kind := Write; kind <= Pair; kind++ {
			if !s.taken[[2]int{int(kind), i}] {
				visit(kind, i)
			}
		}
	}
	for i := range s.portfolio.Systems {
		if !s.taken[[2]int{int(Spread), i}] {
			visit(Spread, i)
		}
	}
}

// try says what an action would do.
func (s *simulation) try(a Action) Step {
	step := Step{Action: a}
	var drop float64
	if a.Kind == Spread {
		system := &s.portfolio.Systems[a.Subject]
		only := Portfolio{Systems: []System{*system}}
		then := only.Clone()
		a.Subject = 0
		then.CarryOut(&a, s.options.Worth)
		step.Before, step.After = system.Uncovered(), then.Systems[0].Uncovered()
		drop = system.weighed() - then.Systems[0].weighed()
	} else {
		task := &s.portfolio.Tasks[a.Subject]
		only := Portfolio{Tasks: []Task{*task}}
		then := only.Clone()
		a.Subject = 0
		then.CarryOut(&a, s.options.Worth)
		step.Before, step.After = task.AbsenceRisk(), then.Tasks[0].AbsenceRisk()
		step.Maturity, step.MaturityThen = task.Maturity, then.Tasks[0].Maturity
		drop = task.weighed() - then.Tasks[0].weighed()
	}
	if hours := a.Hours(); drop > 0 && hours > 0 {
		step.Effect, step.PerHour = drop, drop/hours
	}
	return step
}

// take does an action.
func (s *simulation) take(a *Action) {
	s.taken[[2]int{int(a.Kind), a.Subject}] = true
	s.portfolio.CarryOut(a, s.options.Worth)
	for _, load := range a.Asked {
		if _, known := s.asked[load.Person]; !known {
			s.order = append(s.order, load.Person)
		}
		s.asked[load.Person] += load.Hours
	}
}

const unlimited = 1e12

// Replay does the steps of a plan on another portfolio with the same subjects, and returns the risk of the subject of each
// after it. What an execution counts for is asked for each step.
func Replay(p *Portfolio, steps []Step, worth func(step int) float64) []float64 {
	then := p.Clone()
	after := make([]float64, len(steps))
	for i := range steps {
		then.CarryOut(&steps[i].Action, worth(i))
		if steps[i].Kind == Spread {
			after[i] = then.Systems[steps[i].Subject].Uncovered()
		} else {
			after[i] = then.Tasks[steps[i].Subject].AbsenceRisk()
		}
	}
	return after
}
