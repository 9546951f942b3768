package catalog

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/hmarr/codeowners"

	"keyperson/sources"
)

// codeownersFiles are where GitHub, GitLab and others look, in their order.
var codeownersFiles = []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}

// largestCodeowners is GitHub's own limit, in bytes.
const largestCodeowners = 3 << 20

// fromCodeowners takes the directories that CODEOWNERS names as systems, owned by whom it lists. Rules
// for everything, for single files and for kinds of files name no system.
func fromCodeowners(t *tree) ([]area, []sources.Finding) {
	for _, file := range codeownersFiles {
		if !isRegular(t, file) {
			continue
		}
		data, err := t.snapshot.Read(file, largestCodeowners)
		if err != nil {
			return nil, []sources.Finding{catalogFinding(t, file, err)}
		}
		areas, findings := ownedDirectories(t, file, data)
		if isUseful(t, areas) {
			return withRest(t, areas), findings
		}
		return nil, findings
	}
	return nil, nil
}

// ownedDirectories reads the rules line by line, so that one malformed line costs no other.
func ownedDirectories(t *tree, file string, data []byte) ([]area, []sources.Finding) {
	directories := map[string]bool{}
	for _, path := range t.assessed {
		for directory := parent(path); directory != "" && !directories[directory]; directory = parent(directory) {
			directories[directory] = true
		}
	}
	var areas []area
	var findings []sources.Finding
	place := map[string]int{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, largestCodeowners)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if isSection(line) {
			continue
		}
		rules, err := codeowners.ParseFile(strings.NewReader(line))
		if err != nil {
			findings = append(findings, catalogFinding(t, fmt.Sprintf("%s:%d", file, number), err))
			continue
		}
		for _, rule := range rules {
			directory, ok := ownedDirectory(rule.RawPattern(), directories)
			if !ok {
				continue
			}
			a := area{repository: t.repository, directories: []string{directory}, system: sources.System{
				ID: directory, Name: directory, Team: ownersOf(rule), Origin: fmt.Sprintf("%s:%d", file, number),
			}}
			if i, known := place[directory]; known {
				areas[i] = a // the last rule wins
				continue
			}
			place[directory] = len(areas)
			areas = append(areas, a)
		}
	}
	return areas, findings
}

// isSection recognises GitLab's section headings, such as "[Docs][2] @team" and "^[Optional]".
func isSection(line string) bool {
	line = strings.TrimPrefix(line, "^")
	return strings.HasPrefix(line, "[") && strings.Contains(line, "]")
}

// ownedDirectory is the directory that a pattern names, if it names one that exists.
func ownedDirectory(pattern string, directories map[string]bool) (string, bool) {
	directory := strings.Trim(strings.TrimSuffix(strings.TrimSuffix(pattern, "/**"), "/*"), "/")
	if directory == "" || strings.ContainsAny(directory, "*?[\\") {
		return "", false
	}
	return directory, directories[directory]
}

func ownersOf(rule codeowners.Rule) string {
	names := make([]string, len(rule.Owners))
	for i, owner := range rule.Owners {
		names[i] = owner.String()
	}
	return strings.Join(names, " ")
}
