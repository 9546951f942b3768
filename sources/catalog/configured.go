package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
	"keyperson/sources/pathpattern"
)

// mostMemberships bounds how often files belong to systems, in all. Files mostly belong to one, and a few to several;
// thousands of systems that take everything would fill the memory.
const mostMemberships = 20_000_000

// mostPatternSteps bounds the time that all patterns of systems take together, to some seconds.
const mostPatternSteps = 1_000_000_000

// configured maps things by the patterns of keyperson.yaml; a thing may belong to several systems.
func configured(e *sources.Evidence, config *Config) (*sources.SystemMap, []sources.Finding, error) {
	m := &sources.SystemMap{Origin: config.Name, ByThing: make([][]uint32, len(e.Things))}
	sorted := sortedThings(e)
	memberships, steps := 0, mostPatternSteps
	for i := range config.Systems {
		s := &config.Systems[i]
		name := s.Name
		if name == "" {
			name = s.ID
		}
		m.Systems = append(m.Systems, sources.System{
			ID: s.ID, Name: name, Tier: s.Tier, Team: s.Team, Origin: fmt.Sprintf("%s:%d", config.Name, s.Line),
		})
		if s.compiled != nil {
			s.compiled.Bound(&steps)
		}
		if memberships += mapConfigured(e, m, uint32(i), s, sorted); steps < 0 {
			return nil, nil, fmt.Errorf("%s:%d: up to system %q: %w", config.Name, s.Line, s.ID, pathpattern.ErrTooLong)
		}
		if memberships > mostMemberships {
			return nil, nil, fmt.Errorf("%s:%d: up to system %q the systems take files more than %d times in all; narrow their paths",
				config.Name, s.Line, s.ID, mostMemberships)
		}
	}
	return m, append(unmatched(e, config, m), unmapped(e, config, m)...), nil
}

// sortedThings are the things in the order of their paths, so that those of a directory stand together.
func sortedThings(e *sources.Evidence) []uint32 {
	sorted := make([]uint32, len(e.Things))
	for i := range sorted {
		sorted[i] = uint32(i)
	}
	slices.SortFunc(sorted, func(a, b uint32) int {
		return cmp.Or(strings.Compare(e.Things[a].Path, e.Things[b].Path), cmp.Compare(a, b))
	})
	return sorted
}

// mapConfigured adds one system to the things it takes, and returns how many those are. It asks only about those that
// its patterns may mean: with a system for every directory, asking each about every file would take the square of both.
func mapConfigured(e *sources.Evidence, m *sources.SystemMap, system uint32, s *SystemConfig, sorted []uint32) int {
	if !s.hasFiles() {
		return 0
	}
	isRead := make([]bool, len(e.Repositories))
	for i := range isRead {
		isRead[i] = len(s.Repositories) == 0
		for _, label := range s.Repositories {
			isRead[i] = isRead[i] || label == e.Repositories[i].Label
		}
	}
	taken := 0
	take := func(thing uint32) {
		known := m.ByThing[thing]
		if len(known) == 0 || known[len(known)-1] != system {
			m.ByThing[thing] = append(known, system)
			taken++
		}
	}
	beginnings := []string{""}
	if len(s.Paths) > 0 {
		beginnings = s.compiled.Beginnings()
		defer s.compiled.Forget()
	}
	for _, beginning := range beginnings {
		first, _ := slices.BinarySearchFunc(sorted, beginning, func(thing uint32, beginning string) int {
			return strings.Compare(e.Things[thing].Path, beginning)
		})
		for _, i := range sorted[first:] {
			thing := &e.Things[i]
			if !strings.HasPrefix(thing.Path, beginning) {
				break
			}
			if isRead[thing.Repository] && (len(s.Paths) == 0 || s.compiled.Match(thing.Path)) {
				take(i)
			}
		}
	}
	return taken
}

// mostHints is for how many systems the nearest directories are looked for, each among all there are. One by one they
// are misspelt; more are those of another repository.
const mostHints = 20

// unmatched reports systems that take no file of the tree, which is most often a misspelt path.
func unmatched(e *sources.Evidence, config *Config, m *sources.SystemMap) []sources.Finding {
	if len(e.Repositories) == 0 {
		return nil
	}
	files := make([]int, len(m.Systems))
	directories := map[string]bool{}
	for i := range e.Files {
		thing := e.Files[i].Thing
		for _, system := range m.ByThing[thing] {
			files[system]++
		}
		for directory := parent(e.Things[thing].Path); directory != "" && !directories[directory]; directory = parent(directory) {
			directories[directory] = true
		}
	}
	var findings []sources.Finding
	for i, count := range files {
		s := &config.Systems[i]
		if count > 0 || !s.hasFiles() {
			continue
		}
		advice := "Correct its paths or repositories, or remove it."
		if len(findings) < mostHints {
			if near := nearDirectories(s.Paths, directories); len(near) > 0 {
				advice = "Did you mean " + strings.Join(near, " or ") + "?"
			}
		}
		findings = append(findings, sources.Finding{
			Code: "system-without-files", Count: 1, Advice: advice,
			Message: fmt.Sprintf("%s:%d: system %q matches no file.", config.Name, s.Line, s.ID),
		})
	}
	return findings
}

func nearDirectories(paths []string, directories map[string]bool) []string {
	candidates := make([]string, 0, len(directories))
	for directory := range directories {
		candidates = append(candidates, directory)
	}
	var near []string
	for _, pattern := range paths {
		near = append(near, sources.Near(strings.Trim(pattern, "/*"), candidates)...)
	}
	return near[:min(len(near), sources.MostNear)]
}

// mostUnmapped is the share of assessed files in no system from which scores would speak for the smaller
// part of the code.
const mostUnmapped = 0.5

// unmapped reports when most assessed files belong to no configured system.
func unmapped(e *sources.Evidence, config *Config, m *sources.SystemMap) []sources.Finding {
	assessed, outside := 0, 0
	for i := range e.Files {
		if e.Files[i].Exclusion != sources.Assessed {
			continue
		}
		assessed++
		if len(m.ByThing[e.Files[i].Thing]) == 0 {
			outside++
		}
	}
	if assessed == 0 || float64(outside) <= mostUnmapped*float64(assessed) {
		return nil
	}
	return []sources.Finding{{
		Code: "unmapped-files", Severity: sources.Fatal, Count: outside,
		Message: fmt.Sprintf("%d of %d assessed files belong to no system of %s, so the scores would speak for the smaller part", outside, assessed, config.Name),
		Advice:  "run keyperson systems to see them, and add systems or paths; or leave out on purpose what nobody has to know, under exclude",
	}}
}
