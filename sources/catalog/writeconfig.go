package catalog

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"keyperson/sources"
)

// WriteConfig is the commented keyperson.yaml that says what Discover found. Read again, it gives the
// same mapping of all things that exist.
func WriteConfig(e *sources.Evidence, systems *sources.SystemMap) []byte {
	var b bytes.Buffer
	b.WriteString(configHead)
	for system := range systems.Systems {
		s := &systems.Systems[system]
		fmt.Fprintf(&b, "  - id: %s\n", quote(s.ID))
		if s.Name != s.ID {
			fmt.Fprintf(&b, "    name: %s\n", quote(s.Name))
		}
		if s.Team != "" {
			fmt.Fprintf(&b, "    team: %s\n", quote(s.Team))
		}
		if s.Tier > 0 {
			fmt.Fprintf(&b, "    tier: %d\n", s.Tier)
		} else {
			b.WriteString("    # tier: 1          # 1 is the most important\n")
		}
		writePaths(&b, e, systems, uint32(system))
	}
	b.WriteString(configTail)
	return b.Bytes()
}

// writePaths writes the fewest directories that say what the system has, and takes out what it has not.
func writePaths(b *bytes.Buffer, e *sources.Evidence, systems *sources.SystemMap, system uint32) {
	labels, paths := describe(e, systems, system)
	if len(e.Repositories) > 1 && len(labels) > 0 {
		quoted := make([]string, len(labels))
		for i, label := range labels {
			quoted[i] = quote(label)
		}
		fmt.Fprintf(b, "    repositories: [%s]\n", strings.Join(quoted, ", "))
	}
	b.WriteString("    paths:\n")
	for _, path := range paths {
		fmt.Fprintf(b, "      - %s\n", quote(path))
	}
}

// describe finds the patterns of a system: directory by directory from the root, one pattern wherever
// belonging changes.
func describe(e *sources.Evidence, systems *sources.SystemMap, system uint32) (labels, patterns []string) {
	has := map[string]bool{} // by directory with files of its own, in the system's repositories
	isOfRepository := make([]bool, len(e.Repositories))
	for i := range e.Files {
		repository := e.Things[e.Files[i].Thing].Repository
		if !isOfRepository[repository] && slices.Contains(systems.ByThing[e.Files[i].Thing], system) {
			isOfRepository[repository] = true
			labels = append(labels, e.Repositories[repository].Label)
		}
	}
	for i := range e.Files {
		thing := &e.Things[e.Files[i].Thing]
		if directory := parent(thing.Path); isOfRepository[thing.Repository] {
			has[directory] = has[directory] || slices.Contains(systems.ByThing[e.Files[i].Thing], system)
		}
	}
	directories := make([]string, 0, len(has))
	for directory := range has {
		directories = append(directories, directory)
	}
	slices.SortFunc(directories, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), cmp.Compare(a, b))
	})
	stated := map[string]bool{} // what the patterns so far say of a directory, where one names it
	var says func(directory string) bool
	says = func(directory string) bool {
		if takes, ok := stated[directory]; ok || directory == "" {
			return takes
		}
		return says(parent(directory))
	}
	for _, directory := range directories {
		top := outermost(directory, has, stated)
		if says(directory) == has[directory] {
			continue
		}
		if !has[directory] {
			top = directory
		}
		stated[top] = has[directory]
		patterns = append(patterns, patternOf(top, has[directory]))
	}
	return labels, patterns
}

// outermost is the highest directory above one that has no files of its own and of which nothing was
// said, below which everything belongs.
func outermost(directory string, has, stated map[string]bool) string {
	top := directory
	for above := parent(directory); above != ""; above = parent(above) {
		if _, known := stated[above]; known {
			break
		}
		if _, ownFiles := has[above]; ownFiles {
			break
		}
		for other, belongs := range has {
			if !belongs && strings.HasPrefix(other, above+"/") {
				return top
			}
		}
		top = above
	}
	return top
}

func patternOf(directory string, takes bool) string {
	pattern := "/" + escapeGlob(directory) + "/"
	if directory == "" {
		pattern = "/"
	}
	if !takes {
		return "!" + pattern
	}
	return pattern
}

func escapeGlob(directory string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(directory)
}

// quote writes a YAML string; plain where nothing in it could mean something else.
func quote(text string) string {
	isPlain := text != "" && !slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "~"}, strings.ToLower(text))
	for i, r := range text {
		isLetter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '/'
		isPlain = isPlain && (isLetter || i > 0 && (r >= '0' && r <= '9' || r == '-' || r == '.'))
	}
	if isPlain {
		return text
	}
	return strconv.Quote(text)
}
