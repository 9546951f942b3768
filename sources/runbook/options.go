package runbook

import (
	"runtime"

	"keyperson/sources"
)

// Options say which documents are runbooks and what their front matter means. The zero value takes the defaults.
type Options struct {
	Paths    []string      // gitignore patterns of runbooks; empty: DefaultPaths, less DefaultExceptions
	Systems  []SystemPaths // documents about one system each, beside those of Paths
	Owner    []string      // front-matter keys, the first that is set; empty: the defaults, and likewise below
	Reviewed []string
	Interval []string
	Workers  int // goroutines that read old versions; 0 for GOMAXPROCS; the result does not depend on it
}

// SystemPaths are the documents that a configuration says are about one system.
type SystemPaths struct {
	System string   // ID
	Paths  []string // gitignore patterns
}

// The front-matter keys that are looked for unless Options says otherwise.
var (
	defaultOwner    = []string{"owner", "owners", "team", "owner_slack", "担当", "担当者", "オーナー"}
	defaultReviewed = []string{"reviewed", "last_reviewed_on", "last_reviewed", "last-reviewed", "reviewed_on", "レビュー日", "最終確認日"}
	defaultInterval = []string{"interval", "review_in", "review_interval", "review-in", "見直し間隔"}
)

// The front-matter keys that have one meaning everywhere.
var (
	titleKeys      = []string{"title", "タイトル"}
	automationKeys = []string{"automation", "automated_by", "automated-by", "script"}
	describesKeys  = []string{"describes", "applies_to", "applies-to", "covers"}
)

func (o Options) withDefaults() Options {
	for _, list := range []struct{ keys, fallback *[]string }{
		{&o.Owner, &defaultOwner}, {&o.Reviewed, &defaultReviewed}, {&o.Interval, &defaultInterval},
	} {
		if len(*list.keys) == 0 {
			*list.keys = *list.fallback
		}
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o
}

// DefaultPaths are the patterns of documents that are runbooks where nobody configured any, compared in lower case.
var DefaultPaths = []string{
	"runbook/", "runbooks/", "run-books/", "playbook/", "playbooks/", "procedure/", "procedures/", "sop/", "sops/",
	"operations/", "ops/", "oncall/", "on-call/", "troubleshooting/", "incident-response/", "disaster-recovery/", "alerts/",
	"手順/", "手順書/", "運用/", "運用手順/", "運用手順書/", "作業手順/", "作業手順書/", "障害対応/", "障害対応手順/",
	"*runbook*", "*playbook*", "*-procedure.*", "*_procedure.*", "sop-*", "sop_*", "howto-*", "how-to-*", "on-call*", "disaster-recovery*",
	"*手順*", "*障害対応*", "*運用マニュアル*", "*作業マニュアル*",
}

// DefaultExceptions are the patterns of documents that are no procedure although they stand among procedures.
var DefaultExceptions = []string{
	"index.*", "_*", "readme*", "changelog*", "contributing*", "contributors*", "license*", "licence*", "code_of_conduct*", "security.md",
	"summary.md", "home.md", "toc.*", "glossary.*", "*template*", "*-index.*", "owners*", "maintainers*", "governance*",
	"add-runbook*", "adding-runbooks*", "write-a-runbook*", "writing-runbooks*", "目次.*", "*テンプレート*", "*雛形*",
	"template/", "templates/", "archetypes/", "node_modules/", "vendor/", "themes/", ".github/", ".gitlab/", "testdata/", "fixtures/",
	"layouts/", "partials/",
}

// wholeRepositories are the names of repositories in which every document is a runbook unless it is an exception:
// those called so, and wikis as hosting sites keep them.
var wholeRepositories = []string{"runbook", "runbooks", "*-runbooks", "*_runbooks", "playbooks", "*-playbooks", "*.wiki", "*手順書"}

// mostDocumentBytes bounds a document: what is larger is no procedure that someone follows.
const mostDocumentBytes = 2 << 20

// mostParsedBytes bounds what of a document its structure is told from.
const mostParsedBytes = 256 << 10

// finding is a note on documents of a repository.
func finding(code, repository, message, advice string, count int) sources.Finding {
	return sources.Finding{Code: code, Repository: repository, Count: count, Message: message, Advice: advice}
}
