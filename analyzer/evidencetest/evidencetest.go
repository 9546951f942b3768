// Package evidencetest builds small evidence for tests of the analyzer, in sentences that read like
// the history they make. It is used by tests only.
package evidencetest

import (
	"fmt"
	"strings"
	"time"

	"keyperson/sources"
)

// Story is a history under construction: everything goes into one repository, in the order of calls.
type Story struct {
	Evidence *sources.Evidence
	things   map[string]uint32
	people   map[string]uint32
	who      uint32
	when     time.Time
}

// New starts an empty story on 2024-01-01.
func New() *Story {
	return &Story{
		Evidence: &sources.Evidence{Repositories: []sources.Repository{{Label: "demo", Path: "demo"}}},
		things:   map[string]uint32{}, people: map[string]uint32{},
		when: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}

// On sets the date of what follows, as 2006-01-02.
func (s *Story) On(date string) *Story {
	when, err := time.Parse("2006-01-02", date)
	if err != nil {
		panic(err)
	}
	s.when = when
	return s
}

// By sets the author of what follows.
func (s *Story) By(name string) *Story {
	s.who = s.person(name)
	return s
}

func (s *Story) person(name string) uint32 {
	if i, ok := s.people[name]; ok {
		return i
	}
	i := uint32(len(s.Evidence.Identities))
	s.people[name] = i
	s.Evidence.Identities = append(s.Evidence.Identities, sources.Identity{Name: name, Address: strings.ToLower(name) + "@example.org"})
	return i
}

// Thing returns the index of a path.
func (s *Story) Thing(path string) uint32 {
	if i, ok := s.things[path]; ok {
		return i
	}
	i := uint32(len(s.Evidence.Things))
	s.things[path] = i
	s.Evidence.Things = append(s.Evidence.Things, sources.Thing{Path: path})
	return i
}

// Commit records one commit. Changes are written as git prints them: "A path", "M path", "D path",
// "R old new" (content unchanged) or "R75 old new"; "& Name" adds a co-author and "* Name" a reviewer
// of all of them.
func (s *Story) Commit(changes ...string) *Story {
	e := s.Evidence
	event := uint32(len(e.Events))
	e.Events = append(e.Events, sources.Event{
		Reference: fmt.Sprintf("%040x", event+1), Time: s.when.Unix(), Recorded: s.when.Unix(),
	})
	e.Repositories[0].Commits++
	var authored []sources.Record
	others := map[string]sources.Kind{"&": sources.CoAuthored, "*": sources.Reviewed}
	for _, change := range changes {
		if _, isPerson := others[change[:1]]; !isPerson {
			authored = append(authored, s.record(event, strings.Fields(change)))
		}
	}
	e.Records = append(e.Records, authored...)
	for _, change := range changes {
		kind, isPerson := others[change[:1]]
		if !isPerson {
			continue
		}
		for _, record := range authored {
			record.Person, record.Kind = s.person(strings.TrimSpace(change[1:])), kind
			e.Records = append(e.Records, record)
		}
	}
	return s
}

func (s *Story) record(event uint32, fields []string) sources.Record {
	r := sources.Record{Person: s.who, Event: event, From: sources.None, LinesAdded: -1, LinesDeleted: -1}
	r.Thing = s.Thing(fields[len(fields)-1])
	switch fields[0][0] {
	case 'A':
		r.Action = sources.Added
	case 'M':
		r.Action = sources.Modified
	case 'D':
		r.Action = sources.Deleted
	case 'R':
		r.Action, r.Similarity, r.From = sources.Renamed, 100, s.Thing(fields[1])
		if similarity := fields[0][1:]; similarity != "" {
			if _, err := fmt.Sscan(similarity, &r.Similarity); err != nil {
				panic(err)
			}
		}
	default:
		panic("unknown change " + fields[0])
	}
	return r
}

// Tree states which files exist in the end; all are assessed.
func (s *Story) Tree(paths ...string) *Story {
	for _, path := range paths {
		s.Evidence.Files = append(s.Evidence.Files, sources.TreeFile{Thing: s.Thing(path), Lines: -1})
	}
	return s
}

// People makes every name a person of its own.
func (s *Story) People() *sources.People {
	people := &sources.People{}
	for i, identity := range s.Evidence.Identities {
		people.Persons = append(people.Persons, sources.Person{
			ID: identity.Address, Name: identity.Name, Address: identity.Address, Identities: []uint32{uint32(i)},
		})
		people.ByIdentity = append(people.ByIdentity, uint32(i))
	}
	return people
}

// Systems makes every top-level directory a system; files at the root belong to none.
func (s *Story) Systems() *sources.SystemMap {
	systems := &sources.SystemMap{Origin: "top-level directories", ByThing: make([][]uint32, len(s.Evidence.Things))}
	number := map[string]uint32{}
	for i, thing := range s.Evidence.Things {
		directory, _, found := strings.Cut(thing.Path, "/")
		if !found {
			continue
		}
		system, known := number[directory]
		if !known {
			system = uint32(len(systems.Systems))
			number[directory] = system
			systems.Systems = append(systems.Systems, sources.System{ID: directory, Name: directory})
		}
		systems.ByThing[i] = []uint32{system}
	}
	return systems
}
