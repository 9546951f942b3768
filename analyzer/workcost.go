package analyzer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyperson/analyzer/practice"
)

// Cost is what it costs that work hangs on single people, as far as the data can tell. Keyperson's own.
type Cost struct {
	// ScarceHours are the hours of the last year in routine tasks that one absence leaves without anyone: time of people whom
	// nobody can stand in for, spent on what a manual could carry. Nil where no handling time is known.
	ScarceHours *Hours
	ScarceTasks int // routine tasks behind it
	ScarceKnown int // of them, those whose handling time is known
	Wait        Wait
	Exposure    Exposure
}

// Wait compares how long tickets stay open, from creation to resolution in hours, in tasks that hang on one person with
// others of the same class and priority, over the last year.
type Wait struct {
	Enough       bool    // false: the numbers mean nothing, and Missing says why
	Missing      string  // in words
	Sole, Shared float64 // medians, each the mean of the strata weighted by the tickets of tasks that hang on one person
	Excess       float64 // Sole − Shared; below 0 where the former are faster
	Low, High    float64 // 80 % of resampled tickets give an Excess within it
	SoleN        int     // tickets of tasks that hang on one person, in strata with enough of both
	SharedN      int
	Strata       int // combinations of class and priority with at least five tickets of both
}

// Exposure is what would wait in a year for the absences that have to be expected. Zero executions: nothing would.
type Exposure struct {
	Tasks               int      // that one absence stops
	Executions          int      // of them in the last year
	Low, High           float64  // executions that would wait
	LowHours, HighHours *float64 // hours of work in them; nil where no handling time is known
	Assumptions         string   // in words
}

// Weeks that someone is away in a year, for exposure: short leave, and long leave or an illness; starting values.
const (
	fewWeeksAway  = 2.0
	manyWeeksAway = 6.0
	weeksPerYear  = 52.0
)

// leastInStratum is the number of tickets of each side that a median is taken from.
const leastInStratum = 5

// cost fills in what single people cost.
func (w *work) cost(a *Assessment) Cost {
	c := Cost{Wait: w.wait(a)}
	e := &c.Exposure
	var hours Hours
	hoursKnown := 0
	for i := range a.Tasks {
		t := &a.Tasks[i]
		if t.Enough && !t.Dormant && t.Quadrant == Fix {
			c.ScarceTasks++
			if t.SolePersonHours != nil {
				c.ScarceKnown++
			}
			c.ScarceHours = SumHours(c.ScarceHours, t.SolePersonHours)
		}
		if t.StopsWithout {
			e.Tasks++
			e.Executions += t.Recent
			if each := t.hoursOf(); each != nil {
				hoursKnown++
				hours = hours.plus(each.times(float64(t.Recent)))
			}
		}
	}
	e.Low, e.High = float64(e.Executions)*fewWeeksAway/weeksPerYear, float64(e.Executions)*manyWeeksAway/weeksPerYear
	e.Assumptions = fmt.Sprintf("each holder away %.0f to %.0f weeks of the year, work coming in as in the last one, nobody standing in", fewWeeksAway, manyWeeksAway)
	if hoursKnown > 0 {
		low, high := hours.AtLeast*fewWeeksAway/weeksPerYear, hours.AtMost*manyWeeksAway/weeksPerYear
		e.LowHours, e.HighHours = &low, &high
		if hoursKnown < e.Tasks {
			e.Assumptions += fmt.Sprintf("; hours of the %d of %d tasks whose handling time is known", hoursKnown, e.Tasks)
		}
	}
	return c
}

// waiting is one ticket and how long it was open.
type waiting struct {
	seed  uint64
	hours float64
}

// stratum is the tickets of one class and priority.
type stratum struct{ sole, shared []waiting }

// wait compares how long tickets stay open.
func (w *work) wait(a *Assessment) Wait {
	strata := w.waitingTickets(a)
	var matched []stratum
	result := Wait{}
	sole, shared := 0, 0
	for _, s := range strata {
		sole += len(s.sole)
		shared += len(s.shared)
		if len(s.sole) >= leastInStratum && len(s.shared) >= leastInStratum {
			matched = append(matched, s)
			result.SoleN += len(s.sole)
			result.SharedN += len(s.shared)
		}
	}
	if result.Strata = len(matched); result.Strata == 0 {
		result.Missing = fmt.Sprintf("no class and priority has %d tickets of the last year in tasks that hang on one person and %d in others (in all %d and %d)",
			leastInStratum, leastInStratum, sole, shared)
		return result
	}
	result.Enough = true
	result.Sole, result.Shared = pooledMedians(matched, func(waiting) int { return 1 })
	result.Excess = result.Sole - result.Shared
	result.Low, result.High = result.Excess, result.Excess
	if w.options.Resamples < 1 {
		return result
	}
	drawn := make([]float64, w.options.Resamples)
	for number := range drawn {
		// Each ticket counts as often as a Poisson distribution of mean 1 says, by its key; see resample.
		of, others := pooledMedians(matched, func(t waiting) int { return int(poisson(mix(t.seed + uint64(number)*0x9E3779B97F4A7C15))) })
		drawn[number] = of - others
	}
	slices.Sort(drawn)
	low, high := middleOf(drawn)
	result.Low, result.High = min(result.Excess, low), max(result.Excess, high)
	return result
}

// waitingTickets gathers the tickets of the last year by class and priority, in the order of both.
func (w *work) waitingTickets(a *Assessment) []stratum {
	place := map[string]*Task{}
	for i := range a.Tasks {
		place[a.Tasks[i].ID] = &a.Tasks[i]
	}
	at := map[string]int{}
	var strata []stratum
	var keys []string
	for i := range w.kinds {
		k := &w.kinds[i]
		t := place[k.kind.ID]
		if t == nil || !t.Enough || t.Dormant {
			continue
		}
		class, _, _ := k.occasion() // personal is no class to match on: it says that one person does it
		if k.rule.Class != "" {
			class = TaskClass(k.rule.Class)
		}
		for _, ticket := range k.recent() {
			written := &w.evidence.Tickets[ticket]
			if written.Created == 0 || written.Resolved < written.Created {
				continue
			}
			key := string(class) + "\x00" + strings.ToLower(strings.TrimSpace(written.Priority))
			if _, known := at[key]; !known {
				at[key] = len(strata)
				strata, keys = append(strata, stratum{}), append(keys, key)
			}
			open := waiting{seedOf(written.Key), float64(written.Resolved-written.Created) / 3600}
			if s := &strata[at[key]]; t.AbsenceRisk >= stopsAt {
				s.sole = append(s.sole, open)
			} else {
				s.shared = append(s.shared, open)
			}
		}
	}
	order := slices.SortedFunc(slices.Values(keys), cmp.Compare[string])
	sorted := make([]stratum, 0, len(order))
	for _, key := range order {
		sorted = append(sorted, strata[at[key]])
	}
	return sorted
}

// pooledMedians are the medians of both sides over the strata, weighted by the tickets of tasks that hang on one person.
func pooledMedians(strata []stratum, times func(waiting) int) (sole, shared float64) {
	all := 0.0
	for _, s := range strata {
		weight := float64(len(s.sole))
		all += weight
		sole += weight * median(s.sole, times)
		shared += weight * median(s.shared, times)
	}
	return sole / all, shared / all
}

func median(list []waiting, times func(waiting) int) float64 {
	var hours []float64
	for _, t := range list {
		for range times(t) {
			hours = append(hours, t.hours)
		}
	}
	return practice.Median(hours)
}
