package backtest

import (
	"fmt"

	"keyperson/analyzer/ranking"
)

// Fit is what fitting the weights to earlier cut-offs gave, beside the weights given.
type Fit struct {
	Weights ranking.Weights
	Choices int   // next works fitted to
	Commits int   // distinct commits they are in
	InTime  Group // the cut-offs fitted to: the first score is of the weights given, the second of the fitted
	OutTime Group // the cut-offs of the backtest, which come after all of those
	// LeftOut scores each repository at the cut-offs of the backtest by weights fitted to the others, beginning from
	// plain weights, so that its own history had no say in them; no cells where there is one repository only.
	LeftOut Group
	// IsBetter says that the fitted weights were better out of time by more than the interval.
	IsBetter bool
}

// The rankings that a fit compares.
const (
	Given  = "weights given"
	Fitted = "fitted weights"
)

const (
	fittedCutoffs = 3   // before the first of the backtest, a horizon apart
	mostChoices   = 200 // of each cell
	leastChoices  = 50  // over all cells
)

// TooFewChoicesError says that the time before the cut-offs holds too little to fit to.
type TooFewChoicesError struct{ Choices int }

func (e *TooFewChoicesError) Error() string {
	return fmt.Sprintf("only %d next works before the first cut-off, %d are needed to fit weights: give later cut-offs, or more repositories", e.Choices, leastChoices)
}

// fit fits the weights to cut-offs whose horizons end before the first cut-off of the backtest in each repository.
func (r *run) fit(looks []look) (*Fit, error) {
	earlier := r.earlierLooks(looks)
	choices := make([]fitted, len(earlier))
	r.inParallel(len(earlier), func(i int) { choices[i] = r.choices(&earlier[i]) })
	all := joined(choices, func(*look) bool { return true })
	if len(all.choices) < leastChoices {
		return nil, &TooFewChoicesError{len(all.choices)}
	}
	fit := &Fit{Choices: len(all.choices), Commits: all.commits}
	var err error
	if fit.Weights, err = ranking.Fit(all.choices, r.options.Weights, float64(all.commits)); err != nil {
		return nil, err
	}
	weights := func(*look) ranking.Weights { return fit.Weights }
	fit.InTime = r.compareWeights("fitted to", earlier, weights)
	fit.OutTime = r.compareWeights("after", looks, weights)
	behind := fit.OutTime.Scores
	fit.IsBetter = len(behind) > 1 && behind[1].Behind.High < 0
	if len(r.repositories) > 1 {
		fit.LeftOut, err = r.leaveOut(looks, choices)
	}
	return fit, err
}

// earlierLooks lists cut-offs before the first one of each repository, the horizon of the last ending there.
func (r *run) earlierLooks(looks []look) []look {
	first := make([]int64, len(r.repositories))
	for _, t := range looks {
		if known := first[t.repository]; known == 0 || t.cutoff < known {
			first[t.repository] = t.cutoff
		}
	}
	var earlier []look
	for i, cutoff := range first {
		for back := int64(fittedCutoffs); back >= 1 && cutoff != 0; back-- {
			earlier = r.appendLook(earlier, look{uint32(i), cutoff - back*r.horizon()})
		}
	}
	return earlier
}

// fitted are the choices of some cells.
type fitted struct {
	look    look
	choices []ranking.Choice
	commits int
}

// choices describes the candidates of a sample of next works, each commit with equal weight: the files of one commit
// were chosen by one decision.
func (r *run) choices(t *look) fitted {
	p := r.history(t.repository).at(t.cutoff, r.horizon())
	w := r.world(p, t.cutoff)
	state := ranking.New(w.evidence, r.people, w.graph, r.options.Weights)
	ofCommit := map[uint32]float64{}
	var works []nextWork
	for _, work := range p.sample(r.evidence, mostChoices) {
		if state.WasSeen(t.repository, work.person) {
			works = append(works, work)
			ofCommit[work.event]++
		}
	}
	f := fitted{look: *t, commits: len(ofCommit)}
	for _, work := range works {
		choice := candidates(state.Parts([]uint32{work.thing}), work.person)
		choice.Weight = 1 / ofCommit[work.event] / float64(len(ofCommit))
		f.choices = append(f.choices, choice)
	}
	return f
}

// candidates leaves out those without presence and without a hold on the file, who are never chosen in effect; a
// large project has thousands.
func candidates(parts []ranking.Parts, chosen uint32) ranking.Choice {
	const faint, slight = 1e-6, 0.01
	choice := ranking.Choice{}
	for person := range parts {
		p := &parts[person]
		if uint32(person) == chosen {
			choice.Chosen = len(choice.Parts)
		}
		if uint32(person) == chosen || p.Presence > faint || p.File > slight {
			choice.Parts = append(choice.Parts, *p)
		}
	}
	return choice
}

func joined(cells []fitted, isWanted func(*look) bool) fitted {
	var all fitted
	for i := range cells {
		if isWanted(&cells[i].look) {
			all.choices = append(all.choices, cells[i].choices...)
			all.commits += cells[i].commits
		}
	}
	return all
}

// leaveOut fits for each repository to the others only.
func (r *run) leaveOut(looks []look, choices []fitted) (Group, error) {
	weights := make([]ranking.Weights, len(r.repositories))
	failed := make([]error, len(r.repositories))
	r.inParallel(len(r.repositories), func(i int) {
		others := joined(choices, func(t *look) bool { return t.repository != uint32(i) })
		weights[i], failed[i] = ranking.Fit(others.choices, ranking.PlainWeights(), float64(others.commits))
	})
	for _, err := range failed {
		if err != nil {
			return Group{}, err
		}
	}
	return r.compareWeights("fitted to the other repositories", looks, func(t *look) ranking.Weights { return weights[t.repository] }), nil
}

// compareWeights scores cells by the weights given and by others.
func (r *run) compareWeights(name string, looks []look, others func(*look) ranking.Weights) Group {
	results := make([]observed, len(looks))
	r.inParallel(len(looks), func(i int) {
		weights := others(&looks[i])
		results[i] = r.observe(&looks[i], func(w *world) []ranker {
			return []ranker{w.byShares(Given, r.options.Weights), w.byShares(Fitted, weights)}
		})
	})
	return r.gather(results).group(pooling{name: name, cell: func(o *observation) (int, bool) { return o.cell, true }, least: leastWorks})
}
