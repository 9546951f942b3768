package main

import (
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"keyperson/sources"
)

// TestReviewBumpsOfAPublicHistoryAreRecognised counts in ministryofjustice/modernisation-platform, where the directory
// in KEYPERSON_REPOSITORIES has it, the commits to each present document of source/runbooks under its present name, as
// git log counts them for each path: 752 in its published history, 226 of which only move a review date.
func TestReviewBumpsOfAPublicHistoryAreRecognised(t *testing.T) {
	repository := filepath.Join(os.Getenv("KEYPERSON_REPOSITORIES"), "ministryofjustice+modernisation-platform")
	if inner := filepath.Join(repository, "repo"); isDirectory(inner) {
		repository = inner
	}
	if os.Getenv("KEYPERSON_REPOSITORIES") == "" || !isDirectory(repository) {
		t.Skip("KEYPERSON_REPOSITORIES names no directory with ministryofjustice+modernisation-platform")
	}
	p := &program{stdout: io.Discard, stderr: io.Discard}
	r, err := p.read(context.Background(), []string{repository}, sourceFlags{noCache: true}, need{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	commits, bumps := 0, 0
	for i := range r.evidence.Runbooks {
		runbook := &r.evidence.Runbooks[i]
		if !strings.HasPrefix(r.evidence.Things[runbook.Thing].Path, "source/runbooks/") {
			continue
		}
		named := map[uint32]bool{} // commits under the present name
		for k := range r.evidence.Records {
			if record := &r.evidence.Records[k]; record.Thing == runbook.Thing && record.Kind == sources.Authored {
				named[record.Event] = true
			}
		}
		for _, revision := range runbook.Revisions {
			if !named[revision.Event] || revision.Kind == sources.CoAuthored || revision.Kind == sources.Reviewed {
				continue
			}
			commits++
			if revision.Nature == sources.ReviewBump {
				bumps++
			}
		}
	}
	t.Logf("%d commits to runbooks, %d of them only move a review date", commits, bumps)
	for name, c := range map[string]struct{ got, want int }{"commits": {commits, 752}, "review bumps": {bumps, 226}} {
		if off := math.Abs(float64(c.got-c.want)) / float64(c.want); off > 0.05 {
			t.Errorf("%d %s, want %d within 5 %%: off by %.1f %%", c.got, name, c.want, 100*off)
		}
	}
}
