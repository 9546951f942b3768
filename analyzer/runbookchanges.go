package analyzer

import "keyperson/sources"

// What makes a change of what a runbook describes a large one.
const (
	largeShare = 0.2 // of the files described
	largeFiles = 5   // at least, where a runbook describes a whole system
)

// largeChanges are the times of the last large change of each system and of each runbook's own subject.
type largeChanges struct {
	work      *work
	ofSystem  []int64 // by system
	ofSubject []int64 // by runbook
}

// of is the last large change of what a runbook describes: the files it names itself, else the systems whose paths
// hold it; 0 for none.
func (c *largeChanges) of(runbook uint32) int64 {
	r := &c.work.evidence.Runbooks[runbook]
	if len(r.Subject) > 0 {
		return c.ofSubject[runbook]
	}
	last := int64(0)
	for _, system := range c.work.systems.ByThing[r.Thing] {
		last = max(last, c.ofSystem[system])
	}
	return last
}

// largeChanges goes once through the records, whose events stand together.
func (w *work) largeChanges() largeChanges {
	c := largeChanges{w, make([]int64, len(w.systems.Systems)), make([]int64, len(w.evidence.Runbooks))}
	bySubject := map[uint32][]uint32{}
	for i := range w.evidence.Runbooks {
		for _, thing := range w.evidence.Runbooks[i].Subject {
			bySubject[thing] = append(bySubject[thing], uint32(i))
		}
	}
	assessed := make([]bool, len(w.evidence.Things))
	for i := range w.graph.Files {
		assessed[w.graph.Files[i].Thing] = true
	}
	systems, subjects := map[uint32]int{}, map[uint32]int{}
	for i := 0; i < len(w.evidence.Records); {
		event := w.evidence.Records[i].Event
		clear(systems)
		clear(subjects)
		for ; i < len(w.evidence.Records) && w.evidence.Records[i].Event == event; i++ {
			record := &w.evidence.Records[i]
			if record.Kind != sources.Authored {
				continue
			}
			thing := w.graph.NameNow(i)
			for _, runbook := range bySubject[thing] {
				subjects[runbook]++
			}
			if assessed[thing] {
				for _, system := range w.systems.ByThing[thing] {
					systems[system]++
				}
			}
		}
		c.note(event, systems, subjects)
	}
	return c
}

func (c *largeChanges) note(event uint32, systems, subjects map[uint32]int) {
	w := c.work
	at := w.evidence.Events[event].Time
	if at > w.options.AsOf.Unix() || w.graph.Reason(event) != "" {
		return
	}
	for system, touched := range systems {
		if files := len(w.graph.SystemFiles[system]); touched >= largeFiles && float64(touched) >= largeShare*float64(files) {
			c.ofSystem[system] = max(c.ofSystem[system], at)
		}
	}
	for runbook, touched := range subjects {
		if float64(touched) >= largeShare*float64(len(w.evidence.Runbooks[runbook].Subject)) {
			c.ofSubject[runbook] = max(c.ofSubject[runbook], at)
		}
	}
}
