package catalog

import (
	"fmt"
	"strings"

	"keyperson/sources"
	"keyperson/sources/codeowners"
)

// fromCodeowners takes the directories that CODEOWNERS names as systems, owned by whom it lists. Rules
// for everything, for single files and for kinds of files name no system.
func fromCodeowners(t *tree) ([]area, []sources.Finding) {
	for _, file := range codeowners.Files {
		if !isRegular(t, file) {
			continue
		}
		data, err := t.snapshot.Read(file, codeowners.LargestFile)
		if err != nil {
			return nil, []sources.Finding{catalogFinding(t, file, err)}
		}
		owned := codeowners.Parse(data)
		areas, findings := ownedDirectories(t, file, owned), problemsOf(t, file, owned)
		if isUseful(t, areas) {
			return withRest(t, areas), findings
		}
		return nil, findings
	}
	return nil, nil
}

// mostComparisons bounds how often rules are held against directories, as their number is a stranger's choice.
const mostComparisons = 20_000_000

// problemsOf tells which lines give no system because they cannot be read.
func problemsOf(t *tree, file string, owned *codeowners.File) []sources.Finding {
	if len(owned.Problems) == 0 {
		return nil
	}
	return []sources.Finding{{
		Code: "unreadable-catalog", Repository: t.label, Count: len(owned.Problems),
		Message: fmt.Sprintf("%s is read without what cannot be understood: %v.", file, owned.Err()),
		Advice:  "Correct the file, or describe the systems in keyperson.yaml.",
	}}
}

// ownedDirectories are the directories that rules name. Who owns one says the last rule about what lies in it, whether it
// names it or what it lies in.
func ownedDirectories(t *tree, file string, owned *codeowners.File) []area {
	directories := map[string]bool{}
	for _, path := range t.assessed {
		for directory := parent(path); directory != "" && !directories[directory]; directory = parent(directory) {
			directories[directory] = true
		}
	}
	var areas []area
	place := map[string]int{}
	for i := range owned.Rules {
		rule := &owned.Rules[i]
		directory, ok := ownedDirectory(rule.Pattern, directories)
		if !ok || rule.Excludes {
			continue
		}
		a := area{repository: t.repository, directories: []string{directory}, system: sources.System{
			ID: directory, Name: directory, Team: strings.Join(rule.Owners, " "), Origin: fmt.Sprintf("%s:%d", file, rule.Line),
		}}
		if i, known := place[directory]; known {
			areas[i] = a // the last rule tells most
			continue
		}
		place[directory] = len(areas)
		areas = append(areas, a)
	}
	if len(areas) > mostComparisons/max(len(owned.Rules), 1) {
		return areas // owned by whom the rule that names them lists
	}
	for i := range areas {
		anyFile := areas[i].directories[0] + "/file"
		areas[i].system.Team = strings.Join(owned.OwnersOf(anyFile), " ")
	}
	return areas
}

// ownedDirectory is the directory that a pattern names, if it names one that exists.
func ownedDirectory(pattern string, directories map[string]bool) (string, bool) {
	directory := strings.Trim(strings.TrimSuffix(strings.TrimSuffix(pattern, "/**"), "/*"), "/")
	if directory == "" || strings.ContainsAny(directory, "*?[\\") {
		return "", false
	}
	return directory, directories[directory]
}
