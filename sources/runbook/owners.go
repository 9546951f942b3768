package runbook

import (
	"path"
	"strings"

	"keyperson/sources"
	"keyperson/sources/codeowners"
)

// addOwners names an owner where the document itself names none: from the OWNERS file of its directory or of one
// above it, as Kubernetes and its relatives keep them, else from CODEOWNERS.
func (r *reader) addOwners(first int) {
	owned := make([]*codeowners.File, len(r.repositories))
	for i := range r.Runbooks[first:] {
		runbook := &r.Runbooks[first+i]
		thing := r.Things[runbook.Thing]
		if runbook.Owner != "" {
			continue
		}
		if owned[thing.Repository] == nil {
			owned[thing.Repository] = r.codeowners(thing.Repository)
		}
		if runbook.Owner = r.approvers(thing); runbook.Owner != "" {
			continue
		}
		runbook.Owner = strings.Join(owned[thing.Repository].OwnersOf(thing.Path), " ")
	}
}

// mostOwnersBytes bounds an OWNERS file.
const mostOwnersBytes = 64 << 10

// approvers are those whom the nearest OWNERS file lists as approvers, at most a few.
func (r *reader) approvers(thing sources.Thing) string {
	const most = 5
	files := r.tree(thing.Repository).files
	for directory := path.Dir(thing.Path); ; directory = path.Dir(directory) {
		if file := path.Join(directory, "OWNERS"); files[file] {
			data, err := r.repositories[thing.Repository].Snapshot.Read(file, mostOwnersBytes)
			if err != nil {
				return ""
			}
			told, err := readYAML(data)
			if names := told.all([]string{"approvers"}); err == nil && len(names) > 0 {
				return strings.Join(names[:min(len(names), most)], " ")
			}
		}
		if directory == "." {
			return ""
		}
	}
}

// codeowners reads the rules of a repository. What is wrong with the file, the systems made of it report.
func (r *reader) codeowners(repository uint32) *codeowners.File {
	for _, file := range codeowners.Files {
		if data, err := r.repositories[repository].Snapshot.Read(file, codeowners.LargestFile); err == nil {
			return codeowners.Parse(data)
		}
	}
	return &codeowners.File{}
}
