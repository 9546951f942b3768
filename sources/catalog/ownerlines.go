package catalog

import (
	"bufio"
	"bytes"
	"path"
	"strings"

	"github.com/hmarr/codeowners"

	"keyperson/sources"
)

// mostOwnersFiles bounds how many OWNERS files of a repository are read.
const mostOwnersFiles = 10_000

// largestOwners is more than an OWNERS file needs, in bytes.
const largestOwners = 64 << 10

// OwnerLines lists the lines of CODEOWNERS and OWNERS files that name anyone, in the order of the repositories and
// files. Lines that cannot be read are passed over: finding systems reports them.
func OwnerLines(snapshots []sources.Snapshot) []sources.OwnerLine {
	var lines []sources.OwnerLine
	for repository, snapshot := range snapshots {
		owners := 0
		for _, file := range snapshot.Files() {
			isCodeowners := isCodeownersFile(file.Path)
			if file.Mode != sources.Regular || !isCodeowners && path.Base(file.Path) != "OWNERS" {
				continue
			}
			limit := int64(largestCodeowners)
			if !isCodeowners {
				if owners++; owners > mostOwnersFiles {
					continue
				}
				limit = largestOwners
			}
			data, err := snapshot.Read(file.Path, limit)
			if err != nil {
				continue
			}
			for _, line := range ownerLines(file.Path, data, isCodeowners) {
				line.Repository = uint32(repository)
				lines = append(lines, line)
			}
		}
	}
	return lines
}

func isCodeownersFile(name string) bool {
	for _, file := range codeownersFiles {
		if file == name {
			return true
		}
	}
	return false
}

func ownerLines(file string, data []byte, isCodeowners bool) []sources.OwnerLine {
	var found []sources.OwnerLine
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, largestCodeowners)
	for number := 1; scanner.Scan(); number++ {
		line := sources.OwnerLine{Path: file, Line: number, Text: strings.TrimSpace(scanner.Text())}
		if isCodeowners {
			readRule(&line)
		} else {
			name := strings.Trim(strings.TrimSpace(strings.TrimPrefix(line.Text, "-")), `"'`)
			if !strings.HasPrefix(line.Text, "-") || name == "" || strings.ContainsAny(name, " :#") {
				continue
			}
			directory := path.Dir(file)
			line.Owners = []string{name}
			line.Matches = func(p string) bool { return directory == "." || strings.HasPrefix(p, directory+"/") }
		}
		if len(line.Owners) > 0 {
			found = append(found, line)
		}
	}
	return found
}

// readRule takes the owners and the pattern of a line of CODEOWNERS, where it is a rule.
func readRule(line *sources.OwnerLine) {
	if isSection(line.Text) {
		return
	}
	rules, err := codeowners.ParseFile(strings.NewReader(line.Text))
	if err != nil || len(rules) != 1 {
		return
	}
	for _, owner := range rules[0].Owners {
		line.Owners = append(line.Owners, owner.Value)
	}
	line.Matches = func(p string) bool {
		matches, err := rules[0].Match(p)
		return err == nil && matches
	}
}
