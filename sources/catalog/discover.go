package catalog

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"keyperson/sources"
)

// area is a system as an origin describes it: one or more directories of one repository. A file
// belongs to the areas of the longest directory above it.
type area struct {
	system      sources.System
	repository  int
	directories []string // without slash at the end; "" is the root of the repository
}

// tree is what origins read of one repository.
type tree struct {
	repository int
	label      string
	snapshot   sources.Snapshot
	assessed   []string // paths of assessed files, sorted
}

// origin finds areas in one repository, nil where it has none, or none that would tell its parts apart.
type origin struct {
	name  string
	words string // for SystemMap.Origin
	find  func(*tree) ([]area, []sources.Finding)
}

var derivedOrigins = []origin{
	{FromBackstage, "catalog-info.yaml", fromBackstage},
	{FromGitLab, "service catalog", fromServiceCatalog},
	{FromCodeowners, "CODEOWNERS", fromCodeowners},
	{FromModules, "workspace modules", fromModules},
	{FromDirectories, "directories", fromDirectories},
}

// Discover maps every thing and ticket of the evidence to systems: those of keyperson.yaml where it lists
// any, else, for each repository on its own, those of the first origin that yields some (Backstage, service
// catalog, CODEOWNERS, modules, directories), else, without any repository, those that the tickets name. config
// may be nil. snapshots stand in the order of e.Repositories. Things that are gone are mapped like those that
// exist. What could not be understood of a catalog is a finding; an origin that config forces and that yields
// nothing is an error.
func Discover(e *sources.Evidence, snapshots []sources.Snapshot, config *Config) (*sources.SystemMap, []sources.Finding, error) {
	if config == nil {
		config = &Config{}
	}
	m, findings, err := discover(e, snapshots, config)
	if err != nil {
		return nil, nil, err
	}
	if m.ByTicket == nil {
		m.ByTicket = mapTickets(e, m, config)
	}
	findings = append(findings, unmappedTickets(e, m)...)
	return m, append(findings, unknownSystems(m, config)...), nil
}

// discover finds the systems and the things of each.
func discover(e *sources.Evidence, snapshots []sources.Snapshot, config *Config) (*sources.SystemMap, []sources.Finding, error) {
	if isConfigured(config) {
		return configured(e, config)
	}
	if config.SystemsFrom == FromConfig {
		return nil, nil, fmt.Errorf("%s: systems_from is config, but systems lists none; add systems or remove systems_from", config.Name)
	}
	if len(snapshots) == 0 && len(e.Tickets) > 0 {
		return fromTickets(e), nil, nil
	}
	var areas []area
	var findings []sources.Finding
	var words []string
	for _, tree := range treesOf(e, snapshots) {
		found, from, notes, err := areasOf(tree, config.SystemsFrom)
		if err != nil {
			return nil, nil, err
		}
		findings = append(findings, notes...)
		if len(e.Repositories) > 1 {
			prefix(found, tree.label)
		}
		areas = append(areas, found...)
		if !slices.Contains(words, from) {
			words = append(words, from)
		}
	}
	return withoutEmpty(e, mapAreas(e, areas, strings.Join(words, ", "))), findings, nil
}

// isConfigured says whether the systems are those that the configuration lists.
func isConfigured(config *Config) bool {
	return len(config.Systems) > 0 && (config.SystemsFrom == "" || config.SystemsFrom == FromConfig)
}

// unknownSystems reports tasks whose system is not among those found.
func unknownSystems(m *sources.SystemMap, config *Config) []sources.Finding {
	known := make([]string, len(m.Systems))
	for i := range m.Systems {
		known[i] = m.Systems[i].ID
	}
	var findings []sources.Finding
	for i := range config.Tasks {
		task := &config.Tasks[i]
		if task.System == "" || slices.Contains(known, task.System) {
			continue
		}
		findings = append(findings, sources.Finding{
			Code: "unknown-system", Count: 1,
			Message: fmt.Sprintf("%s:%d: task %q names system %q, which was not found", config.Name, task.Line, task.ID, task.System),
			Advice:  "keyperson systems lists those that were; " + nearest(task.System, known),
		})
	}
	return findings
}

func treesOf(e *sources.Evidence, snapshots []sources.Snapshot) []*tree {
	trees := make([]*tree, len(snapshots))
	for i := range snapshots {
		trees[i] = &tree{repository: i, label: e.Repositories[i].Label, snapshot: snapshots[i]}
	}
	for i := range e.Files {
		thing := &e.Things[e.Files[i].Thing]
		if e.Files[i].Exclusion == sources.Assessed {
			trees[thing.Repository].assessed = append(trees[thing.Repository].assessed, thing.Path)
		}
	}
	for _, tree := range trees {
		slices.Sort(tree.assessed)
	}
	return trees
}

// areasOf asks the origins in order; only the one where one is forced.
func areasOf(t *tree, only string) ([]area, string, []sources.Finding, error) {
	var findings []sources.Finding
	for _, origin := range derivedOrigins {
		if only != "" && origin.name != only {
			continue
		}
		areas, notes := origin.find(t)
		findings = append(findings, notes...)
		if len(areas) > 0 {
			return areas, origin.words, findings, nil
		}
	}
	return nil, "", nil, fmt.Errorf("systems_from is %s, but repository %s has none that could be used; remove systems_from to take the first origin that fits", only, t.label)
}

// prefix makes the names of one repository's systems unique among several repositories.
func prefix(areas []area, label string) {
	for i := range areas {
		if areas[i].system.ID == label {
			continue // the whole repository is one system
		}
		areas[i].system.ID = label + "/" + areas[i].system.ID
		areas[i].system.Name = label + "/" + areas[i].system.Name
	}
}

// mapAreas maps each thing to the areas of the longest directory above it.
func mapAreas(e *sources.Evidence, areas []area, origin string) *sources.SystemMap {
	slices.SortStableFunc(areas, func(a, b area) int {
		return cmp.Or(cmp.Compare(a.repository, b.repository), cmp.Compare(a.system.ID, b.system.ID))
	})
	m := &sources.SystemMap{Origin: origin, ByThing: make([][]uint32, len(e.Things))}
	byDirectory := make([]map[string][]uint32, len(e.Repositories))
	for i := range byDirectory {
		byDirectory[i] = map[string][]uint32{}
	}
	for i, area := range areas {
		m.Systems = append(m.Systems, area.system)
		for _, directory := range area.directories {
			of := byDirectory[area.repository]
			of[directory] = append(of[directory], uint32(i))
		}
	}
	for i := range e.Things {
		thing := &e.Things[i]
		m.ByThing[i] = above(byDirectory[thing.Repository], parent(thing.Path))
	}
	return m
}

// withoutEmpty drops the systems that no file of the tree belongs to.
func withoutEmpty(e *sources.Evidence, m *sources.SystemMap) *sources.SystemMap {
	hasFile := make([]bool, len(m.Systems))
	for i := range e.Files {
		for _, system := range m.ByThing[e.Files[i].Thing] {
			hasFile[system] = true
		}
	}
	number := make([]uint32, len(m.Systems))
	var kept []sources.System
	for i := range m.Systems {
		number[i] = uint32(len(kept))
		if hasFile[i] {
			kept = append(kept, m.Systems[i])
		}
	}
	for i, systems := range m.ByThing {
		var of []uint32
		for _, system := range systems {
			if hasFile[system] {
				of = append(of, number[system])
			}
		}
		m.ByThing[i] = of
	}
	m.Systems = kept
	return m
}

// parent is the directory of a path, "" for the root.
func parent(file string) string {
	if slash := strings.LastIndexByte(file, '/'); slash >= 0 {
		return file[:slash]
	}
	return ""
}

// above finds the systems of a directory or the nearest one above it, and remembers them for it.
func above(known map[string][]uint32, directory string) []uint32 {
	if systems, ok := known[directory]; ok {
		return systems
	}
	if directory == "" {
		return nil
	}
	systems := above(known, parent(directory))
	known[directory] = systems
	return systems
}

// isUseful says whether areas tell the parts of a repository apart: at least two, not more than a
// reader can take in, and at least half of the assessed files below a directory of theirs.
func isUseful(t *tree, areas []area) bool {
	const fewest, most = 2, 60
	below := map[string][]uint32{"": nil}
	named := map[string]bool{}
	for i, area := range areas {
		for _, directory := range area.directories {
			if directory != "" {
				below[directory] = append(below[directory], uint32(i))
				named[directory] = true
			}
		}
	}
	if len(named) < fewest || len(areas) > most {
		return false
	}
	covered := 0
	for _, file := range t.assessed {
		if len(above(below, parent(file))) > 0 {
			covered++
		}
	}
	return covered > 0 && 2*covered >= len(t.assessed)
}

// withRest adds areas for what no other area of the repository takes: its top-level directories, and
// one for what is left.
func withRest(t *tree, areas []area) []area {
	taken := map[string][]uint32{"": nil}
	ids := map[string]bool{}
	for i, area := range areas {
		ids[area.system.ID] = true
		for _, directory := range area.directories {
			if directory == "" {
				return areas
			}
			taken[directory] = append(taken[directory], uint32(i))
		}
	}
	var rest []string
	for _, file := range t.assessed {
		if len(above(taken, parent(file))) == 0 {
			rest = append(rest, file)
		}
	}
	for _, part := range grow(rest).parts {
		if part.files >= worthNaming && !ids[part.path] && len(areas) < mostAreas {
			areas = append(areas, area{
				repository: t.repository, directories: []string{part.path},
				system: sources.System{ID: part.path, Name: part.path, Origin: "directory " + part.path},
			})
		}
	}
	root := area{repository: t.repository, directories: []string{""}}
	root.system = sources.System{ID: rootID, Name: rootID, Origin: "the rest of " + t.label}
	return append(areas, root)
}

// rootID names the files that belong to no part of the repository in particular.
const rootID = "(root)"

func baseName(directory string) string { return path.Base(directory) }
