package analyzer

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// summarize says what was read of each repository.
func summarize(e *sources.Evidence, g *graph.Graph) []RepositorySummary {
	summaries := make([]RepositorySummary, len(e.Repositories))
	first := make([]int64, len(e.Repositories))
	last := make([]int64, len(e.Repositories))
	for i := range e.Repositories {
		r := &e.Repositories[i]
		summaries[i] = RepositorySummary{Label: r.Label, Path: r.Path, Revision: r.Revision, Commits: r.Commits, Merges: r.Merges}
		first[i], last[i] = math.MaxInt64, math.MinInt64
	}
	for i := range e.Events {
		if !g.IsRead(uint32(i)) {
			continue
		}
		repository, time := e.Events[i].Repository, g.Time(uint32(i))
		first[repository], last[repository] = min(first[repository], time), max(last[repository], time)
	}
	for i := range summaries {
		if last[i] != math.MinInt64 {
			summaries[i].First, summaries[i].Last = fromUnix(first[i]), fromUnix(last[i])
		}
	}
	for i := range e.Files {
		summaries[e.Things[e.Files[i].Thing].Repository].Files++
	}
	return summaries
}

// census counts who was found.
func (w *work) census() Census {
	c := Census{
		Identities: len(w.evidence.Identities), Merged: len(w.people.Merges), Suspects: len(w.people.Suspects),
		ActivityWindowDays: int(w.options.ActivityWindowDays),
	}
	for i := range w.people.Persons {
		person := &w.people.Persons[i]
		switch person.Kind {
		case sources.Bot:
			c.Bots = append(c.Bots, person.Name)
		case sources.Agent:
			c.Agents = append(c.Agents, person.Name)
		default:
			c.People++
			if w.active[i] {
				c.Active++
			}
		}
	}
	slices.Sort(c.Bots)
	slices.Sort(c.Agents)
	return c
}

// findings are those of the sources and what the graph noticed, the fatal ones first.
func (w *work) findings() []sources.Finding {
	findings := slices.Clone(w.evidence.Findings)
	// Where so many are that no scores should be made, whoever read them has said it.
	isSaid := slices.ContainsFunc(findings, func(f sources.Finding) bool { return f.Code == "evidence-after-date" })
	if late := w.graph.DatedAfter(); late > 0 && !isSaid {
		findings = append(findings, sources.Finding{
			Code: "dated-after", Count: late,
			Message: fmt.Sprintf("%s dated after %s and counted as if made then", plural(late, "commit is", "commits are"), w.options.AsOf.UTC().Format("2006-01-02")),
			Advice:  "Check the clocks of the machines they come from, or choose a later --as-of.",
		})
	}
	slices.SortStableFunc(findings, func(a, b sources.Finding) int { return int(b.Severity) - int(a.Severity) })
	return findings
}

// exclusions lists what gives no knowledge: files by reason, and mechanical commits.
func (w *work) exclusions() Exclusions {
	var x Exclusions
	byReason := map[sources.Exclusion]*ExcludedFiles{}
	for i := range w.evidence.Files {
		file := &w.evidence.Files[i]
		if file.Exclusion == sources.Assessed {
			continue
		}
		excluded := byReason[file.Exclusion]
		if excluded == nil {
			excluded = &ExcludedFiles{Reason: file.Exclusion.String(), Example: w.evidence.Things[file.Thing].Path}
			byReason[file.Exclusion] = excluded
		}
		excluded.Count++
	}
	for _, reason := range slices.Sorted(maps.Keys(byReason)) {
		x.Files = append(x.Files, *byReason[reason])
	}
	for _, commit := range w.graph.Mechanical {
		event := &w.evidence.Events[commit.Event]
		x.Mechanical = append(x.Mechanical, MechanicalCommit{
			Repository: w.evidence.Repositories[event.Repository].Label, Commit: event.Reference,
			Files: commit.Files, Reason: string(commit.Reason),
		})
	}
	return x
}

// unmapped counts the assessed files in no system.
func (w *work) unmapped() Unmapped {
	u := Unmapped{Files: len(w.graph.Unmapped)}
	if u.Files > 0 {
		u.Share = float64(u.Files) / float64(len(w.graph.Files))
		u.Example = w.evidence.Things[w.graph.Files[w.graph.Unmapped[0]].Thing].Path
	}
	return u
}
