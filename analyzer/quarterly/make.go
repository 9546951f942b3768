package quarterly

import (
	"slices"
	"strings"

	"keyperson/analyzer"
	"keyperson/analyzer/backtest"
)

// Input is what a report is made from. Now, Quarter and Plan are required.
type Input struct {
	Quarter, Compared Quarter
	Unfinished        bool
	Now               *analyzer.Assessment
	Before            *analyzer.Assessment // at the end of Compared; nil where the history does not reach back
	Options           analyzer.Options     // of Now
	Trend             []QuarterStock       // of earlier quarters, oldest first, without Quarter
	Plan              *analyzer.Plan
	Predictions       []analyzer.Prediction
	PredictionsAsked  bool
	Backtest          *backtest.Result // nil where it was not run or had nothing to compare
	BacktestRun       bool
	SmallestGroup     int  // active people under which no coverage by person is shown under pseudonyms
	Hidden            bool // names are pseudonyms
}

// Make puts a report together; it depends on nothing but its argument, and changes nothing in it.
func Make(in Input) *Report {
	r := &Report{
		Quarter: in.Quarter, Compared: in.Compared, AsOf: in.Now.AsOf, Unfinished: in.Unfinished,
		Incomplete: in.Now.Incomplete, HasTickets: len(in.Now.Work.Trackers) > 0 && in.Now.Work.Tickets > 0, Hidden: in.Hidden,
		PredictionsAsked: in.PredictionsAsked,
	}
	if in.Before != nil {
		r.ComparedAsOf = in.Before.AsOf
		r.Incomplete = r.Incomplete || in.Before.Incomplete
	}
	r.Headline = headline(in.Now, in.Before)
	r.addRisks(&in)
	r.addPoints(&in)
	r.addChanges(&in)
	r.addSteps(&in)
	r.Coverage = coverage(in.Now, in.SmallestGroup, in.Hidden)
	r.Trend = append(slices.Clone(in.Trend), StockOf(in.Quarter, in.Now))
	if len(r.Trend) > MostQuarters {
		r.Trend = r.Trend[len(r.Trend)-MostQuarters:]
	}
	r.Trust = trust(&in)
	r.addPredictions(&in)
	return r
}

// StockOf counts what a quarter ended with.
func StockOf(q Quarter, a *analyzer.Assessment) QuarterStock {
	stock := QuarterStock{Quarter: q, Stock: a.Work.Stock}
	for i := range a.Systems {
		if a.Systems[i].IsJudged() {
			stock.Systems++
			if hangsOnOne(&a.Systems[i]) {
				stock.OnOne++
			}
		}
	}
	return stock
}

// hangsOnOne says whether one absence leaves most of a system's code uncovered.
func hangsOnOne(s *analyzer.System) bool {
	switch s.Verdict {
	case analyzer.VerdictOrphaned, analyzer.VerdictOnePerson, analyzer.VerdictThinlyCovered:
		return true
	}
	return false
}

// wouldStall says whether a task is routine work that one absence stops, or that nobody present can do already.
func wouldStall(t *analyzer.Task) bool {
	const stops = 0.5
	return isLive(t) && t.Quadrant == analyzer.Fix && (t.StopsWithout || t.RiskNow >= stops)
}

// isLive says whether a task has enough evidence, and was done in the last year.
func isLive(t *analyzer.Task) bool { return t.Enough && !t.Dormant && t.Recent > 0 }

// headline counts what would stall, now and before.
func headline(now, before *analyzer.Assessment) Headline {
	return Headline{
		Services: compared(stallingServices, now, before),
		Tasks:    compared(stallingTasks, now, before),
		Code:     compared(systemsOnOne, now, before),
	}
}

// counted is what one assessment says to one question.
type counted struct {
	of    int
	ids   []string // in the order of pressing
	names map[string]string
	hours *analyzer.Hours
}

func (c *counted) add(id, name string) {
	if _, isKnown := c.names[id]; !isKnown {
		c.ids = append(c.ids, id)
		c.names[id] = name
	}
}

func compared(count func(*analyzer.Assessment) counted, now, before *analyzer.Assessment) Count {
	is := count(now)
	c := Count{Now: len(is.ids), Of: is.of, HoursYear: is.hours}
	c.Names, c.More = firstNames(&is, is.ids)
	if before == nil {
		return c
	}
	was := count(before)
	c.HasBefore, c.Before, c.BeforeOf, c.HoursBefore = true, len(was.ids), was.of, was.hours
	c.Joined, c.MoreJoined = firstNames(&is, without(is.ids, was.names))
	c.Gone, c.MoreGone = firstNames(&was, without(was.ids, is.names))
	return c
}

func without(ids []string, names map[string]string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		_, isIn := names[id]
		return isIn
	})
}

func firstNames(c *counted, ids []string) (names []string, more int) {
	for _, id := range ids[:min(len(ids), MostNamed)] {
		names = append(names, c.names[id])
	}
	return names, len(ids) - len(names)
}

func stallingServices(a *analyzer.Assessment) counted {
	c := counted{names: map[string]string{}}
	judged := map[string]bool{}
	for i := range a.Tasks {
		t := &a.Tasks[i]
		if t.System == "" || !isLive(t) {
			continue
		}
		judged[t.System] = true
		if wouldStall(t) {
			c.add(t.System, systemName(a, t.System))
		}
	}
	c.of = len(judged)
	return c
}

func stallingTasks(a *analyzer.Assessment) counted {
	c := counted{names: map[string]string{}}
	for i := range a.Tasks {
		t := &a.Tasks[i]
		if !isLive(t) {
			continue
		}
		c.of++
		if wouldStall(t) {
			c.add(t.ID, t.Name)
			c.hours = analyzer.SumHours(c.hours, t.SolePersonHours)
		}
	}
	return c
}

func systemsOnOne(a *analyzer.Assessment) counted {
	c := counted{names: map[string]string{}}
	for i := range a.Systems {
		s := &a.Systems[i]
		if s.IsJudged() {
			c.of++
		}
		if hangsOnOne(s) {
			c.add(s.ID, s.Name)
		}
	}
	return c
}

// systemName is how the catalog calls a system; its ID where it is not assessed.
func systemName(a *analyzer.Assessment, id string) string {
	if s := findSystem(a, id); s != nil && s.Name != "" {
		return s.Name
	}
	return id
}

func findSystem(a *analyzer.Assessment, id string) *analyzer.System {
	if a == nil || id == "" {
		return nil
	}
	i := slices.IndexFunc(a.Systems, func(s analyzer.System) bool { return s.ID == id })
	if i < 0 {
		return nil
	}
	return &a.Systems[i]
}

func findTask(a *analyzer.Assessment, id string) *analyzer.Task {
	if a == nil {
		return nil
	}
	i := slices.IndexFunc(a.Tasks, func(t analyzer.Task) bool { return t.ID == id })
	if i < 0 {
		return nil
	}
	return &a.Tasks[i]
}

// nameOf is how a person is called, empty for nobody.
func nameOf(people []analyzer.Person, person int) string {
	if person < 0 || person >= len(people) {
		return ""
	}
	return people[person].Name
}

// compareNames orders people so that their place says nothing.
func compareNames(a, b analyzer.Person) int { return strings.Compare(a.ID, b.ID) }
