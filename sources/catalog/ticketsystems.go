package catalog

import (
	"cmp"
	"slices"

	"keyperson/sources"
)

// fromTickets makes systems of the tickets where there is nothing else to take them from: the projects, and the
// components, else services, of a project that has several. Tickets of such a project without one belong to the
// project itself. A tracker without projects counts as one.
func fromTickets(e *sources.Evidence) *sources.SystemMap {
	m := &sources.SystemMap{ByThing: make([][]uint32, len(e.Things)), ByTicket: make([]uint32, len(e.Tickets))}
	projects := make([]string, len(e.Tickets))
	parts := make([]string, len(e.Tickets))
	partsOf := map[string]map[string]bool{}
	for i := range e.Tickets {
		t := &e.Tickets[i]
		projects[i], parts[i] = projectOf(e, t), partOf(t)
		if partsOf[projects[i]] == nil {
			partsOf[projects[i]] = map[string]bool{}
		}
		if parts[i] != "" {
			partsOf[projects[i]][parts[i]] = true
		}
	}
	m.Origin = "projects of the tickets"
	for _, of := range partsOf {
		if isDivided(of) {
			m.Origin = "projects and components of the tickets"
		}
	}
	type place struct{ project, part string }
	numbers := map[place]uint32{}
	places := make([]place, len(e.Tickets))
	for i := range e.Tickets {
		places[i] = place{project: projects[i]}
		if isDivided(partsOf[projects[i]]) {
			places[i].part = parts[i]
		}
		numbers[places[i]] = sources.None
	}
	all := make([]place, 0, len(numbers))
	for p := range numbers {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b place) int { return cmp.Or(cmp.Compare(a.project, b.project), cmp.Compare(a.part, b.part)) })
	for i, p := range all {
		numbers[p] = uint32(i)
		system := sources.System{ID: p.project, Name: p.project, Origin: "project " + p.project}
		if p.part != "" {
			system.ID, system.Name, system.Origin = p.part, p.part, "component "+p.part+" of project "+p.project
			if len(partsOf) > 1 {
				system.ID, system.Name = p.project+"/"+p.part, p.project+"/"+p.part
			}
		}
		m.Systems = append(m.Systems, system)
	}
	for i := range places {
		m.ByTicket[i] = numbers[places[i]]
	}
	return m
}

// isDivided says whether a project's parts are several, and not more than a reader can take in.
func isDivided(parts map[string]bool) bool {
	const most = 60
	return len(parts) > 1 && len(parts) <= most
}

func projectOf(e *sources.Evidence, t *sources.Ticket) string {
	if t.Project != "" {
		return t.Project
	}
	return e.Trackers[t.Tracker].Label
}

func partOf(t *sources.Ticket) string {
	if len(t.Components) > 0 {
		return t.Components[0]
	}
	return t.Service
}
