package catalog

import (
	"fmt"
	"slices"
	"strconv"

	"keyperson/sources"
)

// serviceCatalogs are where service catalogs in the form of GitLab's lie.
var serviceCatalogs = []string{"services/service-catalog.yml", "services/service-catalog.yaml", "service-catalog.yml", "service-catalog.yaml"}

// tiers are the words of GitLab's catalog for how close a service is to its users.
var tiers = map[string]int{"lb": 1, "sv": 1, "db": 1, "stor": 1, "inf": 2}

// fromServiceCatalog reads a service catalog and gives each service the directories of its name, at
// most three levels deep: it describes services, not where their files are. A catalog none of whose services
// has a directory yields nothing.
func fromServiceCatalog(t *tree) ([]area, []sources.Finding) {
	for _, file := range serviceCatalogs {
		if !isRegular(t, file) {
			continue
		}
		bodies, err := readDocuments(t, file)
		if err != nil {
			return nil, []sources.Finding{catalogFinding(t, file, err)}
		}
		named := directoriesByName(t)
		var areas []area
		for _, body := range bodies {
			for _, service := range elements(field(body, "services")) {
				name := text(service, "name")
				if name == "" || len(named[name]) == 0 {
					continue
				}
				title, team := text(service, "friendly_name"), text(service, "team")
				if title == "" {
					title = name
				}
				if team == "" {
					team = text(service, "owner")
				}
				areas = append(areas, area{
					repository: t.repository, directories: named[name],
					system: sources.System{
						ID: name, Name: title, Team: team, Tier: tierOf(text(service, "tier")),
						Origin: fmt.Sprintf("%s:%d", file, position(service).Line),
					},
				})
			}
		}
		if len(areas) > 0 {
			return withRest(t, uniqueIDs(areas)), nil
		}
	}
	return nil, nil
}

func tierOf(text string) int {
	if number, err := strconv.Atoi(text); err == nil && number >= 1 && number <= 9 {
		return number
	}
	return tiers[text]
}

func isRegular(t *tree, file string) bool {
	files := t.snapshot.Files()
	i, found := slices.BinarySearchFunc(files, file, func(f sources.SnapshotFile, path string) int {
		switch {
		case f.Path < path:
			return -1
		case f.Path > path:
			return 1
		}
		return 0
	})
	return found && (files[i].Mode == sources.Regular || files[i].Mode == sources.Executable)
}

// directoriesByName lists the directories at most three levels deep under their last name.
func directoriesByName(t *tree) map[string][]string {
	const deepest = 3
	named := map[string][]string{}
	seen := map[string]bool{"": true}
	for _, file := range t.snapshot.Files() {
		levels := 0
		var chain []string
		for directory := parent(file.Path); !seen[directory]; directory = parent(directory) {
			seen[directory] = true
			chain = append(chain, directory)
		}
		for _, directory := range slices.Backward(chain) {
			levels = 1
			for above := parent(directory); above != ""; above = parent(above) {
				levels++
			}
			if levels <= deepest {
				named[baseName(directory)] = append(named[baseName(directory)], directory)
			}
		}
	}
	return named
}
