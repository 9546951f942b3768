package git

import "keyperson/sources"

// Findings returns what kept the history from being read completely: rename-limit, missing-objects
// (blobs whose similarity could not be told), uncounted-lines (blobs whose lines could not be counted),
// unreadable-commits (trees that are missing) and undated-commits.
func (h *History) Findings(label string) []sources.Finding {
	var findings []sources.Finding
	if count := len(h.RenamesSkipped); count > 0 {
		findings = append(findings, sources.Finding{
			Code: "rename-limit", Repository: label, Count: count,
			Message: "commits moved so many files that only moves without edits were followed in them, as git does by default",
		})
	}
	if count := len(h.RenamesUnknown); count > 0 {
		findings = append(findings, sources.Finding{
			Code: "missing-objects", Repository: label, Count: count,
			Message: "commits deleted and added files whose content is missing from this clone; these were not compared, so a move with edits counts as a new file",
			Advice:  "fetch the missing objects from a complete clone, or run git fsck to list them",
		})
	}
	if count := len(h.LinesUnknown); count > 0 {
		findings = append(findings, sources.Finding{
			Code: "uncounted-lines", Repository: label, Count: count,
			Message: "commits changed files whose content is missing from this clone; their lines were not counted, so sizes and degrees of expertise rest on the others",
			Advice:  "fetch the missing objects from a complete clone, or run git fsck to list them",
		})
	}
	if count := len(h.Unreadable); count > 0 {
		findings = append(findings, sources.Finding{
			Code: "unreadable-commits", Severity: sources.Fatal, Repository: label, Count: count,
			Message: "the directory listings of commits are missing from this clone; what those commits changed is not known",
			Advice:  "run git fetch --refetch --no-filter",
		})
	}
	undated := 0
	for i := range h.Commits {
		if h.Commits[i].AuthorTime == 0 {
			undated++
		}
	}
	if undated > 0 {
		findings = append(findings, sources.Finding{
			Code: "undated-commits", Repository: label, Count: undated,
			Message: "commits have no date, or one that cannot be; they count as made in 1970, so that what they say of who knows what has faded",
		})
	}
	return findings
}
