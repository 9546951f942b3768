package catalog

import (
	"bufio"
	"bytes"
	"cmp"
	"math"
	"path"
	"slices"
	"strings"

	"keyperson/sources"
	"keyperson/sources/codeowners"
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
			isCodeowners := slices.Contains(codeowners.Files, file.Path)
			if file.Mode != sources.Regular || !isCodeowners && path.Base(file.Path) != "OWNERS" {
				continue
			}
			limit := int64(codeowners.LargestFile)
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

func ownerLines(file string, data []byte, isCodeowners bool) []sources.OwnerLine {
	if isCodeowners {
		return linesOfRules(file, codeowners.Parse(data))
	}
	var found []sources.OwnerLine
	scanner := bufio.NewScanner(bytes.NewReader(data))
	for number := 1; scanner.Scan(); number++ {
		line := sources.OwnerLine{Path: file, Line: number, Text: strings.TrimSpace(scanner.Text())}
		name := strings.Trim(strings.TrimSpace(strings.TrimPrefix(line.Text, "-")), `"'`)
		if !strings.HasPrefix(line.Text, "-") || name == "" || strings.ContainsAny(name, " :#") {
			continue
		}
		directory := path.Dir(file)
		line.Owners = []string{name}
		line.Matches = func(p string) bool { return directory == "." || strings.HasPrefix(p, directory+"/") }
		found = append(found, line)
	}
	return found
}

// linesOfRules lists the rules that name owners themselves, and the headings that name them for rules below.
func linesOfRules(file string, owned *codeowners.File) []sources.OwnerLine {
	var found []sources.OwnerLine
	for i := range owned.Headings {
		heading := &owned.Headings[i]
		end := math.MaxInt
		if i+1 < len(owned.Headings) {
			end = owned.Headings[i+1].Line
		}
		found = append(found, sources.OwnerLine{
			Path: file, Line: heading.Line, Text: heading.Text, Owners: people(heading.Owners),
			Matches: func(p string) bool {
				return slices.ContainsFunc(owned.Rules, func(rule codeowners.Rule) bool {
					return rule.Inherits && rule.Line > heading.Line && rule.Line < end && rule.Matches(p)
				})
			},
		})
	}
	for i := range owned.Rules {
		rule := &owned.Rules[i]
		if !rule.Inherits && !rule.Excludes {
			found = append(found, sources.OwnerLine{Path: file, Line: rule.Line, Text: rule.Text, Owners: people(rule.Owners), Matches: rule.Matches})
		}
	}
	found = slices.DeleteFunc(found, func(line sources.OwnerLine) bool { return len(line.Owners) == 0 })
	slices.SortFunc(found, func(a, b sources.OwnerLine) int { return cmp.Compare(a.Line, b.Line) })
	return found
}

// people are the owners but for roles, such as @@maintainer, which are whoever has them.
func people(owners []string) []string {
	return slices.DeleteFunc(slices.Clone(owners), func(owner string) bool { return strings.HasPrefix(owner, "@@") })
}
