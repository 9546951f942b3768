package analyzer

import (
	"errors"
	"slices"
	"time"

	"keyperson/sources"
)

// HandoverBasis is what there was to hand over when a handover began: what only the leaver knew, and the tasks they did.
type HandoverBasis struct {
	AsOf     time.Time
	LeaverID string // as in People; empty where nobody knew them yet
	clusters []begunCluster
	tasks    []HandoverTask
}

// begunCluster is a group of files that only the leaver knew, under the name it had then.
type begunCluster struct {
	name  string
	paths []string
}

// BeginHandover finds what there is to hand over as of the date of the options, which for HandoverQuestion.Begun is the moment
// before the start. It returns the errors of HandOver, but takes a leaver whom nobody knew yet for someone who held nothing.
func BeginHandover(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options, q HandoverQuestion) (*HandoverBasis, error) {
	q.Begun, q.Start, q.Due = nil, time.Time{}, time.Time{}
	h, err := takeStock(e, people, systems, options, q)
	var unknown *UnknownPersonError
	switch {
	case errors.As(err, &unknown):
		return &HandoverBasis{AsOf: options.AsOf.UTC()}, nil
	case err != nil:
		return nil, err
	}
	h.setStart()
	h.gatherClusters()
	h.listTasks()
	b := &HandoverBasis{AsOf: h.AsOf, LeaverID: h.people.Persons[h.leaver].ID, tasks: h.Tasks}
	for i := range h.Clusters {
		c := begunCluster{name: h.Clusters[i].Name}
		for _, file := range h.Clusters[i].files {
			c.paths = append(c.paths, h.pathOf(file))
		}
		b.clusters = append(b.clusters, c)
	}
	return b, nil
}

// task is what was said of a task then; nil where the leaver did not do it.
func (b *HandoverBasis) task(id string) *HandoverTask {
	if b == nil {
		return nil
	}
	if i := slices.IndexFunc(b.tasks, func(t HandoverTask) bool { return t.Task == id }); i >= 0 {
		return &b.tasks[i]
	}
	return nil
}

// setStart says from when on evidence counts as proof.
func (h *handing) setStart() {
	h.HasBegun = h.question.Begun != nil
	if h.Start = h.question.Start.UTC(); !h.HasBegun {
		h.Start = h.AsOf.Add(time.Second)
	}
}

// gatherClusters groups what only the leaver knows, and where the handover has begun what only they knew then, in the groups
// of that time as far as its files still exist; what only they know since is a group of its own.
func (h *handing) gatherClusters() {
	if !h.HasBegun {
		h.Clusters = h.cluster(h.only)
		return
	}
	files := h.filesByName()
	taken := make([]bool, len(h.graph.Files))
	for _, begun := range h.question.Begun.clusters {
		c := KnowledgeCluster{Name: begun.name}
		for _, path := range begun.paths {
			if file, exists := files[path]; exists && !taken[file] {
				c.files, taken[file] = append(c.files, file), true
			}
		}
		if len(c.files) > 0 {
			h.weigh(&c)
			h.Clusters = append(h.Clusters, c)
		}
	}
	since := KnowledgeCluster{Name: "what only they know since it began"}
	for _, file := range h.only {
		if !taken[file] {
			since.files = append(since.files, file)
		}
	}
	if len(since.files) > 0 {
		h.weigh(&since)
		h.Clusters = append(h.Clusters, since)
	}
}

// filesByName finds the files that are handed over by their names, earlier ones included.
func (h *handing) filesByName() map[string]uint32 {
	files := make(map[string]uint32, len(h.files))
	for _, file := range h.files {
		for _, thing := range h.graph.NamesOf(file) {
			if _, known := files[h.nameOf(thing)]; !known {
				files[h.nameOf(thing)] = file
			}
		}
	}
	for _, file := range h.files {
		files[h.pathOf(file)] = file // over who had the name before
	}
	return files
}

// countTouched counts of each cluster the files that successors wrote, changed or reviewed since the start, and in the
// activity window before.
func (h *handing) countTouched() {
	start := h.Start.Unix()
	window := start - int64(h.options.ActivityWindowDays*secondsPerDay)
	for i := range h.Clusters {
		c := &h.Clusters[i]
		for _, file := range c.files {
			since, before := false, false
			for _, did := range h.graph.ContributionsOf(file) {
				at := h.graph.Time(did.Event)
				if did.Familiarity == 0 || at < window || !slices.Contains(h.ranked, did.Person) {
					continue
				}
				since, before = since || at >= start, before || at < start
				h.note(nil, &c.Last, &Execution{Ticket: sources.None, Event: did.Event, Person: did.Person, Time: at})
			}
			if since {
				c.Touched++
			}
			if before {
				c.Before++
			}
		}
	}
}
