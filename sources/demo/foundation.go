package demo

import (
	"fmt"
	"strconv"
	"strings"
)

// foundation is what the first commit adds, by path.
func (o *organisation) foundation() map[string][]byte {
	files := map[string][]byte{
		"README.md":          []byte(o.readme()),
		".gitignore":         []byte("/" + ticketsFile + "\n/" + truthFile + "\n"),
		".mailmap":           []byte(o.mailmap()),
		"keyperson.yaml":     []byte(o.configuration()),
		".github/CODEOWNERS": []byte(o.codeowners()),
	}
	for _, s := range o.services {
		files[s.directory+"/README.md"] = fmt.Appendf(nil, "# %s\n\nTier %d. %s depend on it.\n", s.id, s.plan.tier, sentence(s.plan.customers))
		files[s.directory+"/catalog-info.yaml"] = fmt.Appendf(nil, "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: %s\nspec:\n  type: service\n  lifecycle: production\n  owner: team-%s\n", s.id, s.id)
	}
	for path, rules := range o.alertRules() {
		files[path] = []byte(rules)
	}
	return files
}

func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func (o *organisation) readme() string {
	return fmt.Sprintf(`# Operations

The services, procedures and alert rules of Nordlight, an operations provider that does not exist. Everything here was
made up by keyperson demo from seed %d; what is true of it stands in %s, the tickets in %s.
`, o.options.Seed, truthFile, ticketsFile)
}

// mailmap knows the craftsman's laptop, and has gaps: the others' private addresses nobody entered.
func (o *organisation) mailmap() string {
	var b strings.Builder
	for _, c := range o.cells {
		p := c.members[craftsman]
		for _, alias := range p.aliases {
			fmt.Fprintf(&b, "%s <%s> %s <%s>\n", p.main.Name, p.main.Address, alias.Name, alias.Address)
		}
	}
	return b.String()
}

func (o *organisation) codeowners() string {
	var b strings.Builder
	for _, s := range o.services {
		fmt.Fprintf(&b, "/%s/ @team-%s\n", s.directory, s.id)
	}
	return b.String()
}

// configuration is the keyperson.yaml that the organisation has written.
func (o *organisation) configuration() string {
	var b strings.Builder
	b.WriteString("# What Keyperson should know about Nordlight.\ntickets:\n  - label: jira\n    files: [" + ticketsFile + "]\n")
	b.WriteString("runbooks:\n  paths: [\"docs/runbooks/**/*.md\"]\n  owner: owner\n  reviewed: reviewed\n  interval: review_interval\nsystems:\n")
	for _, s := range o.services {
		fmt.Fprintf(&b, "  - id: %[1]s\n    tier: %[2]d\n    team: team-%[1]s\n    paths: [\"/%[3]s/\"]\n    jira: {components: [%[1]s]}\n    runbooks: [\"/docs/runbooks/%[1]s/\"]\n", s.id, s.plan.tier, s.directory)
	}
	b.WriteString("tasks:\n")
	for _, k := range o.kinds {
		if k.placing != byRule {
			continue
		}
		fmt.Fprintf(&b, "  - id: %s\n    name: %s\n    system: %s\n    match: {summary: %s", k.id, strconv.Quote(k.name), k.service.id, quoteLiteral(summaryPattern(k.kindPlan)))
		if len(o.cells) > 1 {
			fmt.Fprintf(&b, ", components: [%s]", k.service.id)
		}
		b.WriteString("}\n")
		if k.hasRunbook() {
			fmt.Fprintf(&b, "    runbook: %s\n", k.runbook())
		}
	}
	return b.String()
}

// summaryPattern is an expression for the words of a summary that stay the same, up to the first that varies.
func summaryPattern(k *kindPlan) string {
	fixed, _, _ := strings.Cut(k.summary, "{")
	return "^" + strings.TrimSpace(fixed)
}

// quoteLiteral writes a YAML string in which a backslash is a backslash.
func quoteLiteral(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// alertRules are the monitoring rules, which name the procedure to follow; one names a document that was never written.
func (o *organisation) alertRules() map[string]string {
	rules := map[string]string{}
	for _, k := range o.kinds {
		if k.class != "urgent" || k.isJudgement() || !k.hasRunbook() && k.slug != brokenAlert {
			continue
		}
		path := "monitoring/rules/" + k.service.id + ".yaml"
		if rules[path] == "" {
			rules[path] = "groups:\n  - name: " + k.service.id + "\n    rules:\n"
		}
		rules[path] += fmt.Sprintf("      - alert: %s\n        expr: %s > 0\n        for: 5m\n        labels: {severity: page}\n        annotations:\n          summary: %s\n          runbook_url: %s\n",
			alertName(k), strings.ReplaceAll(k.slug, "-", "_"), strconv.Quote(k.name), repositoryURL+k.runbook())
	}
	return rules
}

// brokenAlert is the kind whose alert names a document that nobody wrote.
const brokenAlert = "queue-stuck"

func alertName(k *kind) string {
	var name strings.Builder
	for word := range strings.SplitSeq(k.id, "-") {
		name.WriteString(sentence(word))
	}
	return name.String()
}
