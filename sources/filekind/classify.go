package filekind

import (
	"errors"
	"fmt"

	"keyperson/sources"
)

// largestChecked bounds the content that is read to tell whether a file is generated, in bytes.
const largestChecked = 1 << 20

// Classify sets the Exclusion of every file of e.Files[first:], which are those of the snapshot.
// Files that are already left out stay so. Patterns under "exclude" in keyperson.yaml come first, then
// .gitattributes, then linguist's rules on paths; content is looked at only where the name suggests a
// generated file. What could not be read is a finding, never an error; a malformed pattern is one.
func Classify(e *sources.Evidence, first int, snapshot sources.Snapshot, excludePatterns []string) ([]sources.Finding, error) {
	attributes, findings := readAttributes(snapshot)
	excluded, err := newExclusions(excludePatterns)
	if err != nil {
		return nil, err
	}
	unread := 0
	for i := first; i < len(e.Files); i++ {
		file := &e.Files[i]
		if file.Exclusion != sources.Assessed {
			continue
		}
		path := e.Things[file.Thing].Path
		if excluded.match(path) {
			file.Exclusion = sources.Configured
			continue
		}
		file.Exclusion = attributes.refine(path, byPath(path))
		if file.Exclusion == sources.Assessed && mayBeGenerated(path) && !attributes.denies(path, generatedAttribute) {
			generated, err := isGeneratedByContent(snapshot, path)
			if err != nil {
				unread++
			} else if generated {
				file.Exclusion = sources.Generated
			}
		}
	}
	if unread > 0 {
		findings = append(findings, sources.Finding{
			Code: "unread-content", Count: unread,
			Message: fmt.Sprintf("%d files could not be read to tell whether they are generated; they are assessed.", unread),
			Advice:  "Mark generated files with linguist-generated in .gitattributes, or list them under exclude in keyperson.yaml.",
		})
	}
	return findings, nil
}

// isGeneratedByContent reads a file and asks linguist's rules on content. A file too large to be
// written by hand counts as generated.
func isGeneratedByContent(snapshot sources.Snapshot, path string) (bool, error) {
	content, err := snapshot.Read(path, largestChecked)
	if errors.Is(err, sources.ErrTooLarge) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return hasGeneratedContent(path, content), nil
}
