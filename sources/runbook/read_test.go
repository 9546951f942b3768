package runbook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
	"keyperson/sources/runbook"
)

var update = flag.Bool("update", false, "renew the golden files")

// files is a snapshot in memory; of a file over the limit only the size is kept.
type files map[string]string

func (f files) Files() []sources.SnapshotFile {
	var list []sources.SnapshotFile
	for _, path := range slices.Sorted(maps.Keys(f)) {
		list = append(list, sources.SnapshotFile{Path: path})
	}
	return list
}

func (f files) Read(path string, limit int64) ([]byte, error) {
	content, ok := f[path]
	switch {
	case !ok:
		return nil, sources.ErrNoFile
	case int64(len(content)) > limit:
		return nil, fmt.Errorf("read %s: %w: %d bytes", path, sources.ErrTooLarge, len(content))
	}
	return []byte(content), nil
}

// read reads the runbooks of one repository without a past.
func read(t *testing.T, label string, f files, options runbook.Options) *sources.Evidence {
	t.Helper()
	e := &sources.Evidence{Repositories: []sources.Repository{{Label: label}}}
	for _, file := range f.Files() {
		e.Files = append(e.Files, sources.TreeFile{Thing: uint32(len(e.Things))})
		e.Things = append(e.Things, sources.Thing{Path: file.Path})
	}
	if err := runbook.Read(context.Background(), e, []runbook.Repository{{Snapshot: f}}, options); err != nil {
		t.Fatal(err)
	}
	return e
}

func paths(e *sources.Evidence) []string {
	var list []string
	for i := range e.Runbooks {
		list = append(list, e.Things[e.Runbooks[i].Thing].Path)
	}
	return list
}

func findings(e *sources.Evidence) []string {
	var list []string
	for _, f := range e.Findings {
		list = append(list, f.Code+": "+f.Message)
	}
	return list
}

func TestDocumentsOfEachFormatAreReadAlike(t *testing.T) {
	for _, name := range []string{"failover.md", "failover.adoc", "failover.rst", "証明書更新手順.md"} {
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			e := read(t, "shop", files{
				"runbooks/" + name: string(content), "runbooks/failback.md": "# Back\n", "runbooks/failback.adoc": "= Back\n", "runbooks/failback.rst": "Back\n====\n",
				"db/orders/schema.sql": "",
			}, runbook.Options{Paths: []string{"runbooks/" + name}})
			got, err := json.MarshalIndent(e.Runbooks[0], "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, '\n')
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s (-want +got); -update renews it:\n%s", golden, diff)
			}
		})
	}
}

func TestRunbooksAreFoundWherePeopleKeepThem(t *testing.T) {
	f := files{}
	for _, path := range []string{
		"README.md", "main.go", "docs/guide.md", "runbooks/a.md", "runbooks/README.md", "runbooks/index.html.md.erb", "Runbooks/B.MD", "docs/playbooks/c.rst",
		"docs/ops/d.adoc", "ops/deploy.sh", "docs/certificate-runbook.md", "docs/runbook-template.md", "手順書/更新.md", "docs/障害対応手順.md",
		"vendor/x/runbooks/e.md", "docs/how-to-restore.md", "docs/手順書/目次.md", "docs/手順/g.md",
	} {
		f[path] = "text\n"
	}
	for name, c := range map[string]struct {
		label   string
		options runbook.Options
		want    []string
	}{
		"by default": {"shop", runbook.Options{}, []string{
			"Runbooks/B.MD", "docs/certificate-runbook.md", "docs/how-to-restore.md", "docs/ops/d.adoc", "docs/playbooks/c.rst", "docs/手順/g.md",
			"docs/障害対応手順.md", "runbooks/a.md", "手順書/更新.md",
		}},
		"a wiki as a whole": {"shop.wiki", runbook.Options{}, []string{
			"Runbooks/B.MD", "docs/certificate-runbook.md", "docs/guide.md", "docs/how-to-restore.md", "docs/ops/d.adoc", "docs/playbooks/c.rst", "docs/手順/g.md",
			"docs/障害対応手順.md", "runbooks/a.md", "手順書/更新.md",
		}},
		"as configured": {"shop", runbook.Options{Paths: []string{"docs/*.md", "!docs/guide.md"}}, []string{
			"docs/certificate-runbook.md", "docs/how-to-restore.md", "docs/runbook-template.md", "docs/障害対応手順.md",
		}},
		"as configured for a system": {"shop", runbook.Options{Paths: []string{"none/"}, Systems: []runbook.SystemPaths{{System: "pay", Paths: []string{"docs/guide.md"}}}}, []string{"docs/guide.md"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := read(t, c.label, f, c.options)
			if diff := cmp.Diff(c.want, paths(e)); diff != "" {
				t.Errorf("runbooks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAPatternThatCannotMeanAnythingIsRefused(t *testing.T) {
	err := runbook.Read(context.Background(), &sources.Evidence{}, nil, runbook.Options{Paths: []string{"../elsewhere"}})
	if err == nil || !strings.Contains(err.Error(), "runbooks: paths:") {
		t.Errorf("got %v, want an error that names the key", err)
	}
}

func TestWhatCannotBeReadIsSaidAndHarmsNothingElse(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n"
	e := read(t, "shop", files{
		"runbooks/bomb.md":  "---\n" + bomb + "---\n# Bomb\n",
		"runbooks/deep.md":  "---\n" + strings.Repeat("[", 10000) + "\n---\n# Deep\n",
		"runbooks/fine.md":  "---\nowner: ops\n---\n# Fine\n",
		"runbooks/huge.md":  strings.Repeat("x", 50<<20),
		"runbooks/notes.md": "---\ntitle: Notes\nowner: [ops\n---\n# Notes\n",
		"runbooks/tag.md":   "---\nowner: !!binary x\n---\n# Tag\n",
	}, runbook.Options{})
	want := []string{
		"runbook-front-matter: runbooks/bomb.md:2: anchors, aliases and tags of YAML are not read in front matter; write the text out; its owner and review date are not known",
		"runbook-front-matter: runbooks/deep.md:1: the front matter is nested too deeply; its owner and review date are not known",
		"runbook-front-matter: runbooks/notes.md:3: the front matter is not YAML: sequence end token ']' not found; its owner and review date are not known",
		"runbook-front-matter: runbooks/tag.md:2: anchors, aliases and tags of YAML are not read in front matter; write the text out; its owner and review date are not known",
		"runbook-too-large: runbooks/huge.md is larger than 2 MiB and was not read as a runbook (52428800 bytes)",
	}
	if diff := cmp.Diff(want, findings(e)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"runbooks/bomb.md", "runbooks/deep.md", "runbooks/fine.md", "runbooks/notes.md", "runbooks/tag.md"}, paths(e)); diff != "" {
		t.Errorf("runbooks (-want +got):\n%s", diff)
	}
	if owner := e.Runbooks[2].Owner; owner != "ops" {
		t.Errorf("owner of fine.md %q, want ops", owner)
	}
}

func TestOwnersComeFromTheDocumentElseFromTheFilesThatListThem(t *testing.T) {
	e := read(t, "shop", files{
		"CODEOWNERS": "/runbooks/ @shop/ops\n", "runbooks/told.md": "---\nteam: pay\n---\n# A\n", "runbooks/listed.md": "# B\n",
		"runbooks/etcd/OWNERS": "approvers:\n  - ada\n  - bo\nreviewers: [cy]\n", "runbooks/etcd/deep/approved.md": "# C\n",
	}, runbook.Options{})
	got := map[string]string{}
	for i, path := range paths(e) {
		got[path] = e.Runbooks[i].Owner
	}
	want := map[string]string{"runbooks/told.md": "pay", "runbooks/listed.md": "@shop/ops", "runbooks/etcd/deep/approved.md": "ada bo"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("owners (-want +got):\n%s", diff)
	}
}

func TestLinksAreLookedUpInTheRepositoryOnly(t *testing.T) {
	e := read(t, "shop", files{
		"source/runbooks/a.html.md.erb": `# Title here
## Second part
[1](b.html) [2](/runbooks/b.html) [3](/images/x.png) [4](../../images/x.png) [5](#second-part) [6](https://example.org/nowhere)
[7](c.md) [8](/runbooks/gone.html) [9](#third-part) [10](/generated/page.html) [11](../../../../etc/passwd)
[12](../) [13](<%= path %>)
`, "source/runbooks/b.html.md": "# B\n", "source/images/x.png": "",
	}, runbook.Options{})
	var got []string
	for _, l := range e.Runbooks[0].Links {
		got = append(got, fmt.Sprintf("%d %s %s", l.Line, l.Target, [...]string{"external", "resolves", "broken"}[l.State]))
	}
	want := []string{
		"3 b.html resolves", "3 /runbooks/b.html resolves", "3 /images/x.png resolves", "3 ../../images/x.png resolves", "3 #second-part resolves", "3 https://example.org/nowhere external",
		"4 c.md broken", "4 /runbooks/gone.html broken", "4 #third-part broken", "4 /generated/page.html external", "4 ../../../../etc/passwd external", "5 ../ resolves",
	}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

func TestAlertsAreGivenToTheRunbookTheyName(t *testing.T) {
	e := read(t, "runbooks", files{
		"etcd/NoLeader.md": "# NoLeader\n", "api/Down.md": "# Down\n", "node/Down.md": "# Down\n",
		"alerts/rules.yaml": `groups:
- name: etcd
  rules:
  - annotations:
      runbook_url: https://runbooks.example.org/etcd/noleader
    alert: NoLeader
    expr: up == 0
  - alert: ApiDown
    annotations:
      runbook_url: https://github.com/shop/runbooks/blob/main/api/Down.md
  - alert: Gone
    annotations:
      runbook_url: https://runbooks.example.org/etcd/gone
  - alert: Elsewhere
    annotations:
      runbook_url: https://other.example.org/x/y
`,
		"mixin/alerts.libsonnet": "{\n  alert: 'NodeDown',\n  annotations: {\n    runbook_url: 'node/Down.md',\n  },\n}\n",
	}, runbook.Options{})
	got := map[string][]string{}
	for i, path := range paths(e) {
		for _, a := range e.Runbooks[i].Alerts {
			got[path] = append(got[path], fmt.Sprintf("%s %s:%d", a.Name, e.Things[a.Thing].Path, a.Line))
		}
	}
	want := map[string][]string{
		"etcd/NoLeader.md": {"NoLeader alerts/rules.yaml:5"}, "api/Down.md": {"ApiDown alerts/rules.yaml:10"}, "node/Down.md": {"NodeDown mixin/alerts.libsonnet:4"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("alerts (-want +got):\n%s", diff)
	}
	wantFindings := []string{"alert-without-runbook: alert rules that name a document that does not exist: alerts/rules.yaml:13: Gone names https://runbooks.example.org/etcd/gone"}
	if diff := cmp.Diff(wantFindings, findings(e)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// versions is a repository's past in memory: the content of paths by commit, and the first parent of each.
type versions struct {
	contents map[string]map[string]string
	parents  map[string]string
}

func (v versions) At(commit, path string, _ int64) ([]byte, error) {
	content, ok := v.contents[commit][path]
	if !ok {
		return nil, sources.ErrNoFile
	}
	return []byte(content), nil
}

func (v versions) Before(commit, path string, limit int64) ([]byte, error) {
	return v.At(v.parents[commit], path, limit)
}

func TestRevisionsAreFollowedThroughRenamesAndToldApart(t *testing.T) {
	first := "---\nreviewed: 2025-01-01\n---\n# Restore\n\n1. Stop the service.\n"
	bumped := strings.Replace(first, "2025-01-01", "2025-06-01", 1)
	edited := bumped + "2. Start the service.\n"
	v := versions{map[string]map[string]string{
		"c1": {"old.md": first}, "c2": {"old.md": bumped}, "c3": {"runbooks/new.md": bumped}, "c4": {"runbooks/new.md": edited},
	}, map[string]string{"c2": "c1", "c3": "c2", "c4": "c3"}}
	e := &sources.Evidence{
		Repositories: []sources.Repository{{Label: "shop"}}, Things: []sources.Thing{{Path: "old.md"}, {Path: "runbooks/new.md"}},
		Events: []sources.Event{{Reference: "c1"}, {Reference: "c2"}, {Reference: "c3"}, {Reference: "c4"}},
		Records: []sources.Record{
			{Thing: 0, From: sources.None, Event: 0, Action: sources.Added},
			{Thing: 0, From: sources.None, Event: 1, Person: 1},
			{Thing: 1, From: 0, Event: 2, Action: sources.Renamed},
			{Thing: 1, From: sources.None, Event: 3},
			{Thing: 1, From: sources.None, Event: 3, Person: 1, Kind: sources.Reviewed},
		},
		Files: []sources.TreeFile{{Thing: 1}},
	}
	err := runbook.Read(context.Background(), e, []runbook.Repository{{Snapshot: files{"runbooks/new.md": edited}, NewVersions: func() runbook.Versions { return v }}}, runbook.Options{Workers: 3})
	if err != nil {
		t.Fatal(err)
	}
	want := []sources.Revision{
		{Event: 0, Kind: sources.Wrote, Words: 9},
		{Event: 1, Person: 1, Kind: sources.Confirmed, Nature: sources.ReviewBump},
		{Event: 2, Kind: sources.Revised, Nature: sources.Moved},
		{Event: 3, Kind: sources.Revised, Words: 4},
		{Event: 3, Person: 1, Kind: sources.Reviewed, Words: 4},
	}
	want[0].Words = e.Runbooks[0].Revisions[0].Words // of the whole document; the natures are the point
	if diff := cmp.Diff(want, e.Runbooks[0].Revisions); diff != "" {
		t.Errorf("revisions (-want +got):\n%s", diff)
	}
}

func TestAStoppedReadingSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e := &sources.Evidence{Repositories: []sources.Repository{{Label: "shop"}}, Things: []sources.Thing{{Path: "runbooks/a.md"}}, Files: []sources.TreeFile{{}}}
	if err := runbook.Read(ctx, e, []runbook.Repository{{Snapshot: files{"runbooks/a.md": "# A\n"}}}, runbook.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestTicketsAndCommitsAreLinkedToWhatTheyCite(t *testing.T) {
	steps := "# Restore the shop\n\n1. Stop the shop.\n2. Load the backup.\n3. Start the shop.\n4. Tell support.\n"
	e := read(t, "shop", files{"ops/restore-shop.md": steps, "ops/api/down.md": "# Down\n", "ops/web/down.md": "# Down\n"}, runbook.Options{})
	const api, restore = 0, 1
	hashes := func(texts ...string) []uint64 {
		var list []uint64
		for _, text := range texts {
			list = append(list, sources.StepHash(text))
		}
		return list
	}
	cases := []struct {
		name   string
		ticket sources.Ticket
		want   []uint32
	}{
		{"a path", cites("ops/restore-shop.md"), []uint32{restore}},
		{"an address of a hosting site", cites("https://github.com/acme/shop/blob/main/ops/restore-shop.md#steps"), []uint32{restore}},
		{"an address in another repository", cites("https://github.com/acme/other/blob/main/restore-shop.md"), nil},
		{"an address of a site", cites("https://docs.example.org/ops/api/down.html"), []uint32{api}},
		{"a title", cites("Restore the shop"), []uint32{restore}},
		{"a name that two have", cites("down.md"), nil},
		{"another site's page", cites("https://example.org/blog/restore-shop"), nil},
		{"a copied checklist", sources.Ticket{Checklist: hashes("[x] Stop the shop", "2) load the backup.", "Start the SHOP")}, []uint32{restore}},
		{"two copied steps", sources.Ticket{Checklist: hashes("Stop the shop.", "Load the backup.")}, nil},
	}
	for _, c := range cases {
		e.Tickets = append(e.Tickets, c.ticket)
	}
	e.Mentions = []sources.Mention{{Kind: sources.DocumentMention, Text: "ops/web/down.md"}, {Kind: sources.TicketMention, Text: "OPS-1"}}
	runbook.Link(e)
	for i, c := range cases {
		if diff := cmp.Diff(c.want, e.Tickets[i].Runbooks); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	if e.Mentions[0].Runbook != 2 || e.Mentions[1].Runbook != sources.None {
		t.Errorf("mentions %v, want the third runbook and none", e.Mentions)
	}
}

func cites(target string) sources.Ticket {
	return sources.Ticket{Citations: []sources.Citation{{Target: target}}}
}

// FuzzRead reads any document in every format, and any alert rules.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"failover.md", "failover.adoc", "failover.rst"} {
		content, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Add([]byte("groups:\n- rules:\n  - alert: A\n    annotations: {runbook_url: a.md}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e := read(t, "runbooks", files{"a.md": string(data), "b.adoc": string(data), "c.rst": string(data), "rules.yaml": string(data), "rules.jsonnet": string(data)}, runbook.Options{Workers: 1})
		lines := bytes.Count(data, []byte("\n")) + 1
		for i := range e.Runbooks {
			for _, step := range e.Runbooks[i].Steps {
				if step.Line < 1 || step.Line > lines {
					t.Errorf("%s: a step in line %d of %d", paths(e)[i], step.Line, lines)
				}
			}
		}
	})
}
