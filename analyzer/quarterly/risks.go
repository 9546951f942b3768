package quarterly

import (
	"cmp"
	"slices"
	"strings"

	"keyperson/analyzer"
)

// addRisks takes over the heaviest of the register, with what was said of them a quarter ago.
func (r *Report) addRisks(in *Input) {
	register := analyzer.Register(in.Now)
	earlier := map[string]*analyzer.Risk{}
	if in.Before != nil {
		before := analyzer.Register(in.Before)
		for i := range before {
			earlier[before[i].Fingerprint] = &before[i]
		}
	}
	r.AllRisks = len(register)
	for i := range register[:min(len(register), MostRisks)] {
		risk := describeRisk(in.Now, &register[i])
		risk.compare(in.Before, &register[i], earlier[register[i].Fingerprint])
		risk.Step = stepFor(in, &register[i])
		r.Risks = append(r.Risks, risk)
	}
}

// describeRisk adds the evidence to a row of the register.
func describeRisk(a *analyzer.Assessment, of *analyzer.Risk) Risk {
	risk := Risk{
		Rule: of.Rule, Subject: of.Subject, ID: of.ID, Name: of.Name, System: of.System, Tier: of.Tier,
		Value: of.Value, N: of.N, Path: of.Path, HoursYear: of.Hours,
	}
	switch of.Subject {
	case analyzer.OfTask:
		t := &a.Tasks[of.Index]
		risk.Now, risk.Holder, risk.Recent = t.RiskNow, nameOf(a.People, t.TopPerson), t.Recent
		risk.TopShare, risk.Counted, risk.Maturity, risk.People = t.TopShare, t.Counted, t.Maturity, able(a, t)
		if risk.System != "" {
			risk.System = systemName(a, risk.System)
		}
	case analyzer.OfSystem:
		s := &a.Systems[of.Index]
		risk.Now, risk.Holder, risk.Recent = s.UncoveredNow, nameOf(a.People, s.TopPerson), s.RecentCommits
		risk.TopShare, risk.Months, risk.People = s.TopShare, s.MonthsSinceOther, s.ActivePeople
	case analyzer.OfRunbook:
		risk.Maturity = a.Runbooks[of.Index].Maturity
	}
	return risk
}

// able counts the active people who can do a task without help.
func able(a *analyzer.Assessment, t *analyzer.Task) int {
	n := 0
	for i := range t.Executors {
		e := &t.Executors[i]
		if a.People[e.Person].Active && (e.Capability == analyzer.Alone || e.Capability == analyzer.Teaches) {
			n++
		}
	}
	return n
}

// compare says how a risk compares with the same one before, nil where it was none then, and with what was measured.
func (r *Risk) compare(before *analyzer.Assessment, now, was *analyzer.Risk) {
	if before == nil {
		r.Movement = IsUnknown
		return
	}
	r.Movement = IsNew
	switch now.Subject {
	case analyzer.OfTask:
		t := findTask(before, now.ID)
		switch {
		case t == nil:
		case !t.Enough:
			r.Unjudged = TooLittle
		case !isLive(t):
			r.Unjudged = Dormant
		case now.Rule == analyzer.RiskTaskNobody:
			r.Before = new(t.RiskNow)
		default:
			r.Before = new(t.AbsenceRisk)
		}
	case analyzer.OfSystem:
		s := findSystem(before, now.ID)
		switch {
		case s == nil:
		case s.Verdict == analyzer.VerdictDormant:
			r.Unjudged = Dormant
		case !s.IsJudged():
			r.Unjudged = TooLittle
		default:
			r.Before = new(s.UncoveredWithoutTop)
		}
	case analyzer.OfRunbook:
		if was != nil {
			r.Before = new(was.Value)
		}
	}
	if was == nil {
		return
	}
	r.RuleBefore = was.Rule
	r.Movement = map[analyzer.Direction]Movement{analyzer.Worse: IsWorse, analyzer.Better: IsBetter, analyzer.Neutral: IsSame}[now.Moved(was.Rule, was.Value, analyzer.LeastMove)]
}

// addPoints places what has a risk in the quadrant: all tasks that are done, and all systems with a verdict.
func (r *Report) addPoints(in *Input) {
	points := pointsOf(in.Now)
	if in.Before != nil {
		earlier := map[string]Point{}
		for _, p := range pointsOf(in.Before) {
			earlier[string(p.Subject)+p.ID] = p
		}
		for i := range points {
			if was, isKnown := earlier[string(points[i].Subject)+points[i].ID]; isKnown {
				points[i].RiskBefore, points[i].ImpactBefore = new(was.Risk), new(was.Impact)
			}
		}
	}
	for i := range points {
		points[i].Rank = 1 + slices.IndexFunc(r.Risks, func(risk Risk) bool {
			return risk.Subject == points[i].Subject && risk.ID == points[i].ID
		})
	}
	slices.SortStableFunc(points, func(a, b Point) int {
		ranked := func(p *Point) int { return cmp.Or(p.Rank, MostRisks+1) }
		return cmp.Or(cmp.Compare(ranked(&a), ranked(&b)), cmp.Compare(b.Risk*b.Impact, a.Risk*a.Impact),
			cmp.Compare(a.Subject, b.Subject), strings.Compare(a.ID, b.ID))
	})
	r.Points = points[:min(len(points), MostPoints)]
	r.MorePoints = len(points) - len(r.Points)
}

func pointsOf(a *analyzer.Assessment) []Point {
	var list []Point
	executions, commits := 0, 0
	for i := range a.Tasks {
		executions += a.Tasks[i].Recent
	}
	for i := range a.Systems {
		commits += a.Systems[i].RecentCommits
	}
	for i := range a.Tasks {
		if t := &a.Tasks[i]; isLive(t) {
			list = append(list, Point{
				Subject: analyzer.OfTask, ID: t.ID, Name: t.Name, System: t.System, Tier: t.Tier, Risk: t.AbsenceRisk,
				Impact: float64(t.Recent) / float64(max(executions, 1)) * analyzer.TierWeight(t.Tier),
				Hours:  t.SolePersonHours, Quadrant: t.Quadrant, N: t.Executions,
			})
		}
	}
	for i := range a.Systems {
		if s := &a.Systems[i]; s.IsJudged() {
			list = append(list, Point{
				Subject: analyzer.OfSystem, ID: s.ID, Name: s.Name, System: s.ID, Tier: s.Tier, Risk: s.UncoveredWithoutTop,
				Impact: float64(s.RecentCommits) / float64(max(commits, 1)) * analyzer.TierWeight(s.Tier), N: s.Commits,
			})
		}
	}
	return list
}
