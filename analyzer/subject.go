package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

// UnknownSubjectError is returned when a subject is no system, file, directory or person.
type UnknownSubjectError struct {
	Subject string
	Near    []string // a few names that contain it, sorted
}

func (e *UnknownSubjectError) Error() string {
	text := fmt.Sprintf("%q is no system, file, directory or person of the evidence", e.Subject)
	if len(e.Near) > 0 {
		text += "; near it: " + strings.Join(e.Near, ", ")
	}
	return text
}

// AmbiguousSubjectError is returned when a subject names several people.
type AmbiguousSubjectError struct {
	Subject string
	Means   []string // sorted
}

func (e *AmbiguousSubjectError) Error() string {
	return fmt.Sprintf("%q may mean any of: %s", e.Subject, strings.Join(e.Means, ", "))
}

type subjectKind uint8

const (
	systemSubject subjectKind = iota
	fileSubject
	directorySubject
	personSubject
)

// subject is what an explanation is about.
type subject struct {
	kind   subjectKind
	name   string
	system uint32
	thing  uint32
	person uint32
	files  []uint32 // of systems and directories
}

// find resolves a subject: first as a system, then as a path, then as a person.
func (w *work) find(text string) (subject, error) {
	for i := range w.systems.Systems {
		if s := &w.systems.Systems[i]; strings.EqualFold(s.ID, text) || strings.EqualFold(s.Name, text) {
			return subject{kind: systemSubject, name: s.ID, system: uint32(i), files: w.graph.SystemFiles[i]}, nil
		}
	}
	if s, ok := w.findPath(text); ok {
		return s, nil
	}
	return w.findPerson(text)
}

func (w *work) findPath(text string) (subject, bool) {
	label, path, hasLabel := strings.Cut(text, ":")
	wanted := func(thing *sources.Thing, path string) bool { return thing.Path == path }
	for i := range w.evidence.Things {
		thing := &w.evidence.Things[i]
		if wanted(thing, text) || hasLabel && w.evidence.Repositories[thing.Repository].Label == label && wanted(thing, path) {
			return subject{kind: fileSubject, name: text, thing: uint32(i)}, true
		}
	}
	prefix := strings.TrimSuffix(text, "/") + "/"
	var files []uint32
	for i := range w.graph.Files {
		if strings.HasPrefix(w.pathOf(uint32(i)), prefix) {
			files = append(files, uint32(i))
		}
	}
	return subject{kind: directorySubject, name: prefix, files: files}, len(files) > 0
}

// findPerson takes an exact ID, name or address, else a part of a name that only one person has.
func (w *work) findPerson(text string) (subject, error) {
	var exact, partial []uint32
	for i := range w.people.Persons {
		person := &w.people.Persons[i]
		names := []string{person.ID, person.Name, person.Address}
		for _, identity := range person.Identities {
			names = append(names, w.evidence.Identities[identity].Name, w.evidence.Identities[identity].Address)
		}
		switch {
		case slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, text) }):
			exact = append(exact, uint32(i))
		case slices.ContainsFunc(names, func(name string) bool {
			return strings.Contains(strings.ToLower(name), strings.ToLower(text))
		}):
			partial = append(partial, uint32(i))
		}
	}
	if len(exact) == 0 {
		exact = partial
	}
	switch {
	case len(exact) == 1:
		return subject{kind: personSubject, name: text, person: exact[0]}, nil
	case len(exact) > 1 && text != "":
		return subject{}, &AmbiguousSubjectError{Subject: text, Means: w.namesOf(exact)}
	}
	return subject{}, &UnknownSubjectError{Subject: text, Near: w.near(text)}
}

// maxNear bounds the suggestions of an error.
const maxNear = 8

func (w *work) namesOf(persons []uint32) []string {
	names := make([]string, 0, len(persons))
	for _, person := range persons {
		names = append(names, w.people.Persons[person].Name+" <"+w.people.Persons[person].Address+">")
	}
	slices.Sort(names)
	return names[:min(len(names), maxNear)]
}

// near lists systems and paths that contain the text, or its last path element.
func (w *work) near(text string) []string {
	last := strings.ToLower(text[strings.LastIndexByte(text, '/')+1:])
	if last == "" {
		return nil
	}
	var near []string
	for i := range w.systems.Systems {
		if strings.Contains(strings.ToLower(w.systems.Systems[i].ID), last) {
			near = append(near, w.systems.Systems[i].ID)
		}
	}
	for i := range w.graph.Files {
		if path := w.pathOf(uint32(i)); strings.Contains(strings.ToLower(path), last) {
			near = append(near, path)
		}
	}
	slices.Sort(near)
	return near[:min(len(near), maxNear)]
}
