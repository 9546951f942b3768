package analyzer

import (
	"keyperson/analyzer/concentration"
	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// maintainerExpertise is the degree of expertise from which someone covers a file: the middle of the
// scale of 1 to 5 on which the developers of the study rated themselves, and which the formula was
// fitted to.
const maintainerExpertise = 3.0

// coversByExpertise is the cover rule of MethodExpertise.
func coversByExpertise(float64) float64 { return maintainerExpertise }

// expertise is the degree of expertise of every tie of the graph, 0 for ties without a commit that
// counts.
func expertise(e *sources.Evidence, g *graph.Graph) ([]float64, error) {
	added, err := linesAdded(e, g)
	if err != nil {
		return nil, err
	}
	sizes := make([]int, len(g.Histories)) // of the largest file, where several have one history
	for i := range g.Files {
		if file := &g.Files[i]; file.History != sources.None {
			sizes[file.History] = max(sizes[file.History], int(e.Files[file.Tree].Lines), 1)
		}
	}
	degrees := make([]float64, len(g.Ties))
	for history, size := range sizes {
		h := &g.Histories[history]
		for tie := h.FirstTie; tie < h.EndTie; tie++ {
			t := &g.Ties[tie]
			if t.Commits == 0 {
				continue
			}
			days := float64(g.AsOf-t.LastSeen) / secondsPerDay
			degrees[tie] = concentration.DegreeOfExpertise(concentration.ExpertiseFacts{
				AddedLines: added[tie], Created: t.Created, DaysSinceLastChange: days, SizeLines: size,
			})
		}
	}
	return degrees, nil
}

// linesAdded sums the lines each tie's person added; co-authors count as authors, reviewers do not.
func linesAdded(e *sources.Evidence, g *graph.Graph) ([]int, error) {
	counted := false
	for i := range e.Files {
		counted = counted || e.Files[i].Lines >= 0
	}
	if !counted {
		return nil, ErrNoLineCounts
	}
	added := make([]int, len(g.Ties))
	for i := range g.Contributions {
		c := &g.Contributions[i]
		if c.Kind != sources.Reviewed && c.Familiarity > 0 && c.LinesAdded > 0 {
			added[c.Tie] += int(c.LinesAdded)
		}
	}
	return added, nil
}
