package runbook

import (
	"bufio"
	"bytes"
	"path"
	"strings"

	"github.com/hmarr/codeowners"

	"keyperson/sources"
)

// codeownersFiles are where hosting sites look, in their order.
var codeownersFiles = []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}

// mostCodeownersBytes is the limit of a hosting site.
const mostCodeownersBytes = 3 << 20

// addOwners names an owner where the document itself names none: from the OWNERS file of its directory or of one
// above it, as Kubernetes and its relatives keep them, else from CODEOWNERS.
func (r *reader) addOwners(first int) {
	rules := make([]codeowners.Ruleset, len(r.repositories))
	isRead := make([]bool, len(r.repositories))
	for i := range r.Runbooks[first:] {
		runbook := &r.Runbooks[first+i]
		thing := r.Things[runbook.Thing]
		if runbook.Owner != "" {
			continue
		}
		if !isRead[thing.Repository] {
			isRead[thing.Repository], rules[thing.Repository] = true, r.codeowners(thing.Repository)
		}
		if runbook.Owner = r.approvers(thing); runbook.Owner != "" {
			continue
		}
		if rule, err := rules[thing.Repository].Match(thing.Path); err == nil && rule != nil {
			names := make([]string, len(rule.Owners))
			for k, owner := range rule.Owners {
				names[k] = owner.String()
			}
			runbook.Owner = strings.Join(names, " ")
		}
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

// codeowners reads the rules of a repository line by line, so that one malformed line costs no other. What is
// wrong with the file, the systems made of it report.
func (r *reader) codeowners(repository uint32) codeowners.Ruleset {
	var rules codeowners.Ruleset
	for _, file := range codeownersFiles {
		data, err := r.repositories[repository].Snapshot.Read(file, mostCodeownersBytes)
		if err != nil {
			continue
		}
		lines := bufio.NewScanner(bytes.NewReader(data))
		lines.Buffer(nil, mostCodeownersBytes)
		for lines.Scan() {
			line := strings.TrimSpace(lines.Text())
			if strings.HasPrefix(strings.TrimPrefix(line, "^"), "[") {
				continue // a section of GitLab's
			}
			if parsed, err := codeowners.ParseFile(strings.NewReader(line)); err == nil {
				rules = append(rules, parsed...)
			}
		}
		return rules
	}
	return nil
}
