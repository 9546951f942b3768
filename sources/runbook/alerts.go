package runbook

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"keyperson/sources"
)

// The bounds on looking for alert rules.
const (
	mostRuleBytes     = 1 << 20
	mostAllRuleBytes  = 64 << 20
	mostBrokenNamed   = 3
	runbookAnnotation = "runbook_url"
)

// alertRule is a rule that names a document.
type alertRule struct {
	name, target string
	line         int
}

// looksLikeRules tells the files in which alert rules are looked for by their path.
var looksLikeRules = lazily(`(?i)(?:alert|rule|prometheus|monitor|mixin)[^\n]*\.(?:ya?ml|jsonnet|libsonnet|tpl)$`)

// readAlerts finds the alert rules of all repositories that name a runbook, and reports those whose document does
// not exist. It is called only where there are runbooks.
func (r *reader) readAlerts(ctx context.Context) error {
	var rules []placedRule
	budget := int64(mostAllRuleBytes)
	for i := range r.Files {
		thing := r.Files[i].Thing
		at := r.Things[thing]
		if r.Files[i].Exclusion == sources.NotText || r.Files[i].Exclusion == sources.Vendored || !looksLikeRules.MatchString(at.Path) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		content, err := r.repositories[at.Repository].Snapshot.Read(at.Path, min(mostRuleBytes, budget))
		if errors.Is(err, sources.ErrNoFile) || errors.Is(err, sources.ErrTooLarge) {
			continue
		}
		if errors.Is(err, sources.ErrMissing) {
			r.missingRules[at.Repository]++
			continue
		}
		if err != nil {
			return fmt.Errorf("read alert rules %s of %s: %w", at.Path, r.Repositories[at.Repository].Label, err)
		}
		budget -= int64(len(content))
		for _, rule := range rulesIn(at.Path, content) {
			rules = append(rules, placedRule{rule, thing})
		}
	}
	for repository, count := range r.missingRules {
		if count > 0 {
			r.Findings = append(r.Findings, finding("missing-alert-rules", r.Repositories[repository].Label,
				"files that may hold alert rules could not be read, as their content is missing from this clone; which alerts name a runbook is not known",
				"run git fetch --refetch --no-filter", count))
		}
	}
	r.placeAlerts(rules)
	return nil
}

type placedRule struct {
	alertRule
	thing uint32
}

// placeAlerts gives alerts to the runbooks they name.
func (r *reader) placeAlerts(rules []placedRule) {
	x := newIndex(r.Evidence)
	places := map[string]bool{} // where documents that exist are shown
	var missing []placedRule
	for _, rule := range rules {
		at, ok := x.find(rule.target)
		if !ok {
			missing = append(missing, rule)
			continue
		}
		places[placeOf(rule.target)] = true
		runbook := &r.Runbooks[at]
		runbook.Alerts = append(runbook.Alerts, sources.Alert{Name: rule.name, Thing: rule.thing, Line: rule.line, Target: rule.target})
	}
	for i := range r.Runbooks {
		slices.SortStableFunc(r.Runbooks[i].Alerts, func(a, b sources.Alert) int {
			return cmp.Or(cmp.Compare(a.Thing, b.Thing), cmp.Compare(a.Line, b.Line))
		})
	}
	var broken []string
	for _, rule := range missing {
		if t, ok := parseTarget(rule.target); ok && (places[placeOf(rule.target)] || t.isHosted && x.known[t.owner] || !t.isURL && !t.isTitle) {
			broken = append(broken, fmt.Sprintf("%s:%d: %s names %s", r.Things[rule.thing].Path, rule.line, rule.name, rule.target))
		}
	}
	if len(broken) > 0 {
		r.Findings = append(r.Findings, finding("alert-without-runbook", "",
			fmt.Sprintf("alert rules that name a document that does not exist: %s", enumerated(broken)),
			"write the runbook, or correct the runbook_url", len(broken)))
	}
}

func enumerated(texts []string) string {
	shown := strings.Join(texts[:min(len(texts), mostBrokenNamed)], "; ")
	if more := len(texts) - mostBrokenNamed; more > 0 {
		shown += fmt.Sprintf("; and %d more", more)
	}
	return shown
}

// placeOf is an address without its last part.
func placeOf(target string) string {
	if !strings.Contains(target, "://") {
		return ""
	}
	target, _, _ = strings.Cut(target, "#")
	return path.Dir(strings.ToLower(strings.TrimSuffix(target, "/")))
}

// rulesIn finds the rules of one file that name a document: in YAML by its structure, in what is no YAML, such as
// templates and Jsonnet, line by line.
func rulesIn(file string, content []byte) []alertRule {
	if !bytes.Contains(content, []byte(runbookAnnotation)) {
		return nil
	}
	ending := strings.ToLower(path.Ext(file))
	if ending == ".yaml" || ending == ".yml" {
		if rules, ok := rulesInYAML(content); ok {
			return rules
		}
	}
	return rulesByLine(content)
}

// rulesInYAML walks every mapping; ok is false for what is not YAML, or has more in it than rules need.
func rulesInYAML(content []byte) (rules []alertRule, ok bool) {
	if isTooDeep(content) {
		return nil, false
	}
	defer func() {
		if recover() != nil { // of the library, on malformed input
			rules, ok = nil, false
		}
	}()
	file, err := parser.ParseBytes(sources.LineFeeds(content), 0)
	if err != nil || findRefused(file) != nil {
		return nil, false
	}
	for _, doc := range file.Docs {
		ast.Walk(ruleVisitor{&rules}, doc)
	}
	return rules, true
}

type ruleVisitor struct{ rules *[]alertRule }

func (v ruleVisitor) Visit(node ast.Node) ast.Visitor {
	entries, ok := mappingOf(node)
	if !ok {
		return v
	}
	var rule alertRule
	for _, entry := range entries {
		switch key, _ := scalarOf(entry.Key); key {
		case "alert":
			rule.name, _ = scalarOf(entry.Value)
		case "annotations":
			annotations, _ := mappingOf(entry.Value)
			for _, annotation := range annotations {
				if key, _ := scalarOf(annotation.Key); key == runbookAnnotation {
					rule.target, _ = scalarOf(annotation.Value)
					rule.line = annotation.Key.GetToken().Position.Line
				}
			}
		}
	}
	if rule.name != "" && rule.target != "" {
		*v.rules = append(*v.rules, rule)
	}
	return v
}

var (
	alertLine   = lazily(`^\s*(?:-\s*)?["']?alert["']?\s*:\s*["']?([\w .-]+?)["']?\s*,?\s*$`)
	runbookLine = lazily(`^\s*["']?` + runbookAnnotation + `["']?\s*\+?:\s*["']?([^"'\s,]+)["']?\s*,?\s*$`)
)

// rulesByLine takes each runbook_url for that of the alert named above it.
func rulesByLine(content []byte) []alertRule {
	var rules []alertRule
	name, number := "", 0
	for line := range bytes.Lines(content) {
		number++
		line = bytes.TrimRight(line, "\r\n")
		if m := alertLine.FindSubmatch(line); m != nil {
			name = string(m[1])
		} else if m := runbookLine.FindSubmatch(line); m != nil && name != "" {
			rules = append(rules, alertRule{name: name, target: string(m[1]), line: number})
		}
	}
	return rules
}
