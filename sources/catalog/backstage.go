package catalog

import (
	"fmt"
	"path"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"keyperson/sources"
)

// maxCatalogs bounds the number of catalog files read from one repository.
const maxCatalogs = 5000

// fromBackstage reads Backstage's catalog-info.yaml files: each Component is a system, and where there
// is none, each System is. It owns the directory of the file, or the one its source-location names.
func fromBackstage(t *tree) ([]area, []sources.Finding) {
	byKind := map[string][]area{}
	var findings []sources.Finding
	count := 0
	for _, file := range t.snapshot.Files() {
		name := path.Base(file.Path)
		if name != "catalog-info.yaml" && name != "catalog-info.yml" || file.Mode != sources.Regular || isMaterial(parent(file.Path)) {
			continue
		}
		if count++; count > maxCatalogs {
			findings = append(findings, catalogFinding(t, file.Path, fmt.Errorf("more than %d catalog files", maxCatalogs)))
			break
		}
		bodies, err := readDocuments(t, file.Path)
		if err != nil {
			findings = append(findings, catalogFinding(t, file.Path, err))
			continue
		}
		for _, body := range bodies {
			if a, ok := backstageEntity(t, file.Path, body); ok {
				kind := text(body, "kind")
				byKind[kind] = append(byKind[kind], a)
			}
		}
	}
	for _, kind := range []string{"Component", "System"} {
		if len(byKind[kind]) > 0 {
			areas := uniqueIDs(byKind[kind])
			if len(areas) == 1 && areas[0].directories[0] == "" {
				// One entry for the whole repository says whose it is, not what its parts are.
				return nil, findings
			}
			return withRest(t, areas), findings
		}
	}
	return nil, findings
}

// backstageEntity reads one document of a catalog file.
func backstageEntity(t *tree, file string, body ast.Node) (area, bool) {
	name := text(body, "metadata", "name")
	if name == "" || text(body, "apiVersion") == "" {
		return area{}, false
	}
	title := text(body, "metadata", "title")
	if title == "" {
		title = name
	}
	directory := parent(file)
	if location, isRelative := strings.CutPrefix(text(body, "metadata", "annotations", "backstage.io/source-location"), "dir:"); isRelative {
		if located := path.Join("/", directory, location); located != "/" {
			directory = located[1:]
		}
	}
	line := 0
	if at := position(body); at != nil {
		line = at.Line
	}
	return area{
		repository: t.repository, directories: []string{directory},
		system: sources.System{ID: name, Name: title, Team: text(body, "spec", "owner"), Origin: fmt.Sprintf("%s:%d", file, line)},
	}, true
}

// uniqueIDs keeps the first area of each ID, and adds the directories of later ones to it.
func uniqueIDs(areas []area) []area {
	var unique []area
	place := map[string]int{}
	for _, a := range areas {
		i, known := place[a.system.ID]
		if !known {
			place[a.system.ID] = len(unique)
			unique = append(unique, a)
			continue
		}
		unique[i].directories = append(unique[i].directories, a.directories...)
	}
	return unique
}

func readDocuments(t *tree, file string) ([]ast.Node, error) {
	data, err := t.snapshot.Read(file, maxDocumentBytes)
	if err != nil {
		return nil, err
	}
	return (&document{name: file, data: data}).parse()
}

func catalogFinding(t *tree, file string, err error) sources.Finding {
	message, _, _ := strings.Cut(err.Error(), "\n")
	return sources.Finding{
		Code: "unreadable-catalog", Repository: t.label, Count: 1,
		Message: fmt.Sprintf("%s was left out of the systems: %s.", file, message),
		Advice:  "Correct the file, or describe the systems in keyperson.yaml.",
	}
}
