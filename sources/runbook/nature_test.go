package runbook

import (
	"strings"
	"testing"

	"keyperson/sources"
)

const sample = `---
title: Restore
last_reviewed_on: 2025-01-01
review_in: 6 months
---

# Restore

Stop the service before you restore the backup, and see [the rota](https://example.org/rota).

` + "```shell\nsystemctl stop shop\n```\n" + `
Last updated: 2024-05-01
`

func TestEditsAreToldApart(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string
		want     sources.RevisionNature
	}{
		"a review date":                     {"2025-01-01", "2025-07-01", sources.ReviewBump},
		"a review interval":                 {"6 months", "3 months", sources.ReviewBump},
		"a review line of the text":         {"2024-05-01", "2025-07-01", sources.ReviewBump},
		"a first review date":               {"title: Restore\n", "title: Restore\nreviewed_on: 2025-02-02\n", sources.ReviewBump},
		"a date of something else":          {"title: Restore\n", "title: Restore\nretired: 2025-02-02\n", sources.Substantive},
		"line breaks":                       {"before you restore", "before\nyou  restore", sources.WhitespaceOnly},
		"a link's target":                   {"https://example.org/rota", "https://example.org/duty", sources.LinksOnly},
		"a link's words":                    {"the rota", "the plan", sources.Substantive},
		"letters within a word":             {"service before", "servcie before", sources.Typo},
		"a comma":                           {"backup, and", "backup and", sources.Typo},
		"a word that undoes":                {"restore the", "unrestore the", sources.Substantive},
		"a short word":                      {"Stop the", "Step the", sources.Typo},
		"another word":                      {"Stop the service", "Start the service", sources.Substantive},
		"a letter of a command":             {"stop shop", "stop shopx", sources.Substantive},
		"a letter of a command's first":     {"systemctl", "systemctI", sources.Substantive},
		"a step more":                       {"# Restore\n", "# Restore\n\nTell support.\n", sources.Substantive},
		"a date, and a step with it":        {"2025-01-01\nreview_in: 6 months\n---\n", "2025-07-01\nreview_in: 6 months\n---\nTell support.\n", sources.Substantive},
		"a date, and line breaks with it":   {"2025-01-01\nreview_in: 6 months\n---\n", "2025-07-01\nreview_in: 6 months\n---\n\n\n", sources.ReviewBump},
		"a date, and an owner with it":      {"last_reviewed_on: 2025-01-01", "last_reviewed_on: 2025-07-01\nowner: ops", sources.Substantive},
		"words in another order, all there": {"Stop the service before you restore", "Before you restore stop the service", sources.Substantive},
	} {
		t.Run(name, func(t *testing.T) {
			edited := strings.Replace(sample, c.old, c.new, 1)
			if edited == sample {
				t.Fatalf("the sample has no %q", c.old)
			}
			if got := newJudge(Options{}.withDefaults()).compare([]byte(sample), []byte(edited)); got.nature != c.want {
				t.Errorf("%q to %q is %q (%d words), want %q", c.old, c.new, got.nature, got.words, c.want)
			}
		})
	}
}

func TestEditsThatChangeTheSameWordsInManyDocumentsAreBulkEdits(t *testing.T) {
	j := newJudge(Options{}.withDefaults())
	var edits []edit
	records := []sources.Record{{Event: 7}}
	for i := range fewestAlike {
		before := "# " + strings.Repeat("x", i+1) + "\nAsk #ops. Ask #ops.\n"
		v := j.compare([]byte(before), []byte(strings.ReplaceAll(before, "#ops", "#platform")))
		edits = append(edits, edit{document: i, nature: v.nature, shape: v.shape})
	}
	own := j.compare([]byte("# A\n"), []byte("# A\nMore.\n"))
	edits = append(edits, edit{document: fewestAlike, nature: own.nature, shape: own.shape})
	markBulk(edits, records)
	for i := range fewestAlike {
		if edits[i].nature != sources.BulkEdit {
			t.Errorf("edit %d is %q, want a bulk edit", i, edits[i].nature)
		}
	}
	if edits[fewestAlike].nature != sources.Substantive {
		t.Errorf("the edit of its own is %q, want substantive", edits[fewestAlike].nature)
	}
}

func TestIntervalsAndDatesAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]float64{
		"6 months": 182.625, "1 year": 365.25, "quarterly": 91.3125, "every 2 weeks": 14, "P90D": 90, "180": 180, "30d": 30, "a month": 30.4375,
		"6か月": 182.625, "半年": 182.625, "90日": 90, "soon": 0, "": 0, "999999 years": 0,
	} {
		if got := daysOf(text); got != want {
			t.Errorf("daysOf(%q) = %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]int64{
		"2025-11-03": 1762128000, "2025/11/3": 1762128000, "2025年11月3日": 1762128000, "3 November 2025": 1762128000, "2022-21-09": 0, "03/11/2025": 0,
	} {
		if got := dateOf(text); got != want {
			t.Errorf("dateOf(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestPlainTOMLFrontMatterIsRead(t *testing.T) {
	matter, rest, fence, lines := splitFrontMatter([]byte("+++\ntitle = \"A\"\nreview_in = '6 months'\n[params]\nowner = \"no\"\n+++\n# A\n"))
	told, err := readFrontMatter(matter, fence)
	if err != nil || told.first([]string{"title"}) != "A" || told.first([]string{"review_in"}) != "6 months" || told.first([]string{"owner"}) != "" {
		t.Errorf("got %v, %v", told, err)
	}
	if string(rest) != "# A\n" || lines != 6 {
		t.Errorf("rest %q after %d lines, want the heading after 6", rest, lines)
	}
}

// FuzzFrontMatter holds that front matter is read or refused with a line of the document.
func FuzzFrontMatter(f *testing.F) {
	f.Add([]byte("---\nowner: [a, b]\nreview_in: 6 months\n---\n# A\n"))
	f.Add([]byte("---\n!0 #0000\n---\n"))
	f.Add([]byte("+++\na = 'b'\n+++\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		matter, rest, fence, lines := splitFrontMatter(data)
		if len(matter)+len(rest) > len(data) {
			t.Fatalf("%d bytes became %d", len(data), len(matter)+len(rest))
		}
		_, err := readFrontMatter(matter, fence)
		if place, ok := err.(*frontMatterError); ok && (place.line < 1 || place.line > lines+1) { //nolint:errorlint // made by the function called
			t.Errorf("line %d of %d: %s", place.line, lines, place.message)
		}
	})
}

// FuzzCompare holds that an edit and its reverse are of one size, and that no edit is no edit.
func FuzzCompare(f *testing.F) {
	f.Add(sample, strings.ReplaceAll(sample, "2025", "2026"))
	f.Add("a `b\nc", "a b` c")
	f.Fuzz(func(t *testing.T, before, after string) {
		j := newJudge(Options{}.withDefaults())
		there, back := j.compare([]byte(before), []byte(after)), j.compare([]byte(after), []byte(before))
		if there.words != back.words {
			t.Errorf("%d words there, %d back", there.words, back.words)
		}
		if same := j.compare([]byte(before), []byte(before)); !same.isSame {
			t.Errorf("nothing changed, and it is %q", same.nature)
		}
	})
}
