package runbook

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/hmarr/codeowners"
)

// codeownersFiles are where hosting sites look, in their order.
var codeownersFiles = []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}

// mostCodeownersBytes is the limit of a hosting site.
const mostCodeownersBytes = 3 << 20

// addOwners names an owner from CODEOWNERS where the document itself names none.
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
		if rule, err := rules[thing.Repository].Match(thing.Path); err == nil && rule != nil {
			names := make([]string, len(rule.Owners))
			for k, owner := range rule.Owners {
				names[k] = owner.String()
			}
			runbook.Owner = strings.Join(names, " ")
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
