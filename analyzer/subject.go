package analyzer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// UnknownSubjectError is returned when a subject is no system, task, ticket, file, directory or person.
type UnknownSubjectError struct {
	Subject string
	Near    []string // a few names that contain it, sorted
}

func (e *UnknownSubjectError) Error() string {
	text := fmt.Sprintf("%q is no system, task, ticket, file, directory or person of the evidence", e.Subject)
	if len(e.Near) > 0 {
		return text + "; near it: " + strings.Join(e.Near, ", ")
	}
	return text + "; keyperson systems, tasks and people list what there is"
}

// UnknownPersonError is returned when nobody of the evidence has a name, address or account.
type UnknownPersonError struct {
	Name string
	Near []string // a few people whose names share a word with it, sorted
}

func (e *UnknownPersonError) Error() string {
	text := fmt.Sprintf("nobody of the evidence is called %q", e.Name)
	if len(e.Near) == 0 {
		return text + "; keyperson people lists everyone"
	}
	return text + "; near it: " + strings.Join(e.Near, ", ")
}

// AmbiguousSubjectError is returned when a subject names several people, or files of several repositories.
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
	taskSubject
	ticketSubject
)

// subject is what an explanation is about.
type subject struct {
	kind   subjectKind
	name   string
	system uint32
	thing  uint32
	person uint32
	ticket uint32
	files  []uint32 // of systems and directories
}

// find resolves a subject: first as a system, then as a task or ticket, then as a path, then as a person.
func (w *work) find(text string) (subject, error) {
	for i := range w.systems.Systems {
		if s := &w.systems.Systems[i]; strings.EqualFold(s.ID, text) || strings.EqualFold(s.Name, text) {
			return subject{kind: systemSubject, name: s.ID, system: uint32(i), files: w.graph.SystemFiles[i]}, nil
		}
	}
	if s, ok := w.findTask(text); ok {
		return s, nil
	}
	if s, ok, err := w.findPath(text); ok || err != nil {
		return s, err
	}
	return w.findPerson(text)
}

// findPath takes a file that exists, else a directory, else a file that is gone. A path that several
// repositories have is ambiguous without the label of one before it.
func (w *work) findPath(text string) (subject, bool, error) {
	exists := make([]bool, len(w.evidence.Things))
	for i := range w.evidence.Files {
		exists[w.evidence.Files[i].Thing] = true
	}
	var present, gone []uint32
	for i := range w.evidence.Things {
		switch named := w.isNamed(uint32(i), text); {
		case named && exists[i]:
			present = append(present, uint32(i))
		case named:
			gone = append(gone, uint32(i))
		}
	}
	prefix := strings.TrimSuffix(text, "/") + "/"
	var files []uint32
	for i := range w.graph.Files {
		if strings.HasPrefix(w.pathOf(uint32(i)), prefix) {
			files = append(files, uint32(i))
		}
	}
	if len(present) == 0 && len(files) == 0 {
		present = gone
	}
	switch {
	case len(present) > 1:
		return subject{}, false, &AmbiguousSubjectError{Subject: text, Means: w.labelled(present)}
	case len(present) == 1:
		return subject{kind: fileSubject, name: text, thing: present[0]}, true, nil
	}
	return subject{kind: directorySubject, name: prefix, files: files}, len(files) > 0, nil
}

// isNamed says whether a text is the path of a thing, alone or behind the label of its repository.
func (w *work) isNamed(thing uint32, text string) bool {
	t := &w.evidence.Things[thing]
	return t.Path == text || text == w.evidence.Repositories[t.Repository].Label+":"+t.Path
}

func (w *work) labelled(things []uint32) []string {
	names := make([]string, 0, len(things))
	for _, thing := range things {
		t := &w.evidence.Things[thing]
		names = append(names, w.evidence.Repositories[t.Repository].Label+":"+t.Path)
	}
	slices.Sort(names)
	return names
}

// findPerson takes an exact ID, name, address, account or login, else a part of a name that only one person has.
func (w *work) findPerson(text string) (subject, error) {
	var exact, partial []uint32
	for i := range w.people.Persons {
		names := calledNames(w.evidence, &w.people.Persons[i])
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

// personNamed finds one person as findPerson does. It returns an *UnknownPersonError or an *AmbiguousSubjectError.
func (w *work) personNamed(text string) (uint32, error) {
	found, err := w.findPerson(text)
	var unknown *UnknownSubjectError
	if errors.As(err, &unknown) {
		return 0, &UnknownPersonError{Name: text, Near: w.nearPeople(text)}
	}
	return found.person, err
}

// nearPeople lists people of whose names a word begins like one of the text.
func (w *work) nearPeople(text string) []string {
	const begins = 3 // letters
	var near []uint32
	for i := range w.people.Persons {
		for _, word := range strings.Fields(strings.ToLower(w.people.Persons[i].Name)) {
			if slices.ContainsFunc(strings.Fields(strings.ToLower(text)), func(asked string) bool {
				return len(asked) >= begins && strings.HasPrefix(word, asked[:begins])
			}) {
				near = append(near, uint32(i))
				break
			}
		}
	}
	return w.namesOf(near)
}

// maxNear bounds the suggestions of an error.
const maxNear = 8

func (w *work) namesOf(persons []uint32) []string {
	names := make([]string, 0, len(persons))
	for _, person := range persons {
		known := &w.people.Persons[person]
		if known.Address == "" {
			names = append(names, known.Name)
			continue
		}
		names = append(names, known.Name+" <"+known.Address+">")
	}
	slices.Sort(names)
	return names[:min(len(names), maxNear)]
}

// beginsAlike says whether each word of a text begins like a word of a name, which a misspelt one mostly does.
func beginsAlike(text, name string) bool {
	const begins = 3 // letters
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	asked, known := words(text), words(name)
	for _, word := range asked {
		if len(word) < begins || !slices.ContainsFunc(known, func(other string) bool { return strings.HasPrefix(other, word[:begins]) }) {
			return false
		}
	}
	return len(asked) > 0
}

// near lists systems, tasks and paths that contain the text or its last path element, and systems and tasks that begin
// like it.
func (w *work) near(text string) []string {
	last := strings.ToLower(text[strings.LastIndexByte(text, '/')+1:])
	if last == "" {
		return nil
	}
	var near []string
	for i := range w.systems.Systems {
		if id := w.systems.Systems[i].ID; strings.Contains(strings.ToLower(id), last) || beginsAlike(text, id) {
			near = append(near, id)
		}
	}
	for _, id := range w.taskIDs() {
		if strings.Contains(id, last) || beginsAlike(text, id) {
			near = append(near, id)
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
