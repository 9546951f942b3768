package analyzer

import (
	"math"
	"slices"

	"keyperson/analyzer/busfactor"
	"keyperson/analyzer/practice"
	"keyperson/sources"
)

// atRisk simulates years of departures. The draws come from the revisions read, so that the same input gives the same result.
func (w *work) atRisk(a *Assessment, attrition float64, simulations int) *KnowledgeAtRisk {
	files := w.sharedHolds()
	tasks := w.taskHolds(a)
	places := map[uint32]int{} // of those who can be missed
	var persons []uint32
	place := func(person uint32) int {
		if _, isKnown := places[person]; !isKnown {
			places[person] = len(persons)
			persons = append(persons, person)
		}
		return places[person]
	}
	for i := range files {
		for _, person := range files[i].people {
			files[i].places = append(files[i].places, place(person))
		}
	}
	for i := range tasks {
		for _, person := range tasks[i].people {
			tasks[i].places = append(tasks[i].places, place(person))
		}
	}
	risk := &KnowledgeAtRisk{AnnualAttrition: attrition, Simulations: simulations, People: len(persons), TaskCount: len(tasks)}
	lostFiles, lostTasks := make([]float64, simulations), make([]float64, simulations)
	gone := make([]bool, len(persons))
	seed := w.seed()
	for year := range simulations {
		for i, person := range persons {
			gone[i] = uniform(mix(mix(seed+uint64(year)*0x9E3779B97F4A7C15)+uint64(person))) < attrition
		}
		for i := range files {
			if files[i].isLost(gone) {
				lostFiles[year] += files[i].weight
			}
		}
		for i := range tasks {
			if tasks[i].stops(gone) {
				lostTasks[year]++
			}
		}
		lostFiles[year] = busfactor.Share(lostFiles[year], 1)
		lostTasks[year] = busfactor.Share(lostTasks[year], float64(len(tasks)))
	}
	risk.Files, risk.Tasks = lossOf(lostFiles), lossOf(lostTasks)
	risk.Files.Mean = 0
	for i := range files {
		risk.Files.Mean += files[i].weight * math.Pow(attrition, float64(len(files[i].people)))
	}
	risk.Files.Mean = busfactor.Share(risk.Files.Mean, 1)
	return risk
}

// fileHold is a share of all change weight that the same people cover.
type fileHold struct {
	people []uint32
	places []int
	weight float64
}

func (h *fileHold) isLost(gone []bool) bool {
	return !slices.ContainsFunc(h.places, func(place int) bool { return !gone[place] })
}

// sharedHolds joins the files that the same people cover, sorted by these. What nobody covers cannot be lost.
func (w *work) sharedHolds() []fileHold {
	var holds []fileHold
	total := 0.0
	for file := range w.graph.Files {
		history := w.graph.Files[file].History
		if history == sources.None {
			continue
		}
		weight := w.graph.Histories[history].ChangeWeight
		total += weight
		if people := w.covering.of(history); len(people) > 0 && weight > 0 {
			holds = append(holds, fileHold{people: people, weight: weight})
		}
	}
	slices.SortStableFunc(holds, func(a, b fileHold) int { return slices.Compare(a.people, b.people) })
	joined := holds[:0]
	for _, h := range holds {
		h.weight /= total
		if last := len(joined) - 1; last >= 0 && slices.Equal(joined[last].people, h.people) {
			joined[last].weight += h.weight
			continue
		}
		joined = append(joined, h)
	}
	return joined
}

// taskHold is a task that can be done now, by the people present who have practised it.
type taskHold struct {
	people    []uint32
	places    []int
	practices []float64
	maturity  int
}

func (h *taskHold) stops(gone []bool) bool {
	present := make([]float64, 0, len(h.practices))
	for i, q := range h.practices {
		if !gone[h.places[i]] {
			present = append(present, q)
		}
	}
	return practice.AbsenceRisk(present, h.maturity).Now >= stopsAt
}

func (w *work) taskHolds(a *Assessment) []taskHold {
	persons := make([]uint32, len(w.roster.listed)) // by index of the roster
	for person, index := range w.roster.place {
		persons[index] = person
	}
	var holds []taskHold
	for i := range a.Tasks {
		t := &a.Tasks[i]
		if !t.Enough || t.Dormant || t.RiskNow >= stopsAt {
			continue
		}
		h := taskHold{maturity: int(t.Maturity)}
		for _, e := range t.Executors {
			if person := persons[e.Person]; w.active[person] {
				h.people, h.practices = append(h.people, person), append(h.practices, e.Practice)
			}
		}
		holds = append(holds, h)
	}
	return holds
}

// seed is made of what was read.
func (w *work) seed() uint64 {
	seed := uint64(len(w.evidence.Tickets))
	for i := range w.evidence.Repositories {
		seed = mix(seed + seedOf(w.evidence.Repositories[i].Revision))
	}
	return seed
}

// uniform makes a number in [0,1) of well-mixed bits.
func uniform(bits uint64) float64 { return float64(bits>>11) / (1 << 53) }

// lossOf describes a sample of losses, which it sorts. The interval of the 95th percentile is between the order statistics
// 1.2816 standard deviations of the binomial count below and above it.
func lossOf(sample []float64) Loss {
	slices.Sort(sample)
	last := float64(len(sample) - 1)
	at := func(rank float64) float64 { return sample[int(math.Round(min(max(rank, 0), last)))] }
	around := 1.2816 * math.Sqrt(float64(len(sample))*0.95*0.05)
	loss := Loss{Median: at(0.5 * last), Percentile95: at(0.95 * last), Low: at(0.95*last - around), High: at(0.95*last + around)}
	sum := 0.0
	for _, x := range sample {
		sum += x
	}
	loss.Mean = busfactor.Share(sum, float64(len(sample)))
	for q := 0; q <= 20; q++ {
		loss.Quantiles = append(loss.Quantiles, at(float64(q)/20*last))
	}
	return loss
}
