package catalog

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinesThatNameOwnersKnowWhatTheyAreAbout(t *testing.T) {
	_, snapshots := evidence(memory{
		".gitlab/CODEOWNERS": "* @group/sub/all\n!*.png\n[API] @ada @@maintainer\n/api/\n/api/old/ bo@example.org\n[Nobody]\n/web/\n^[API] @cy\n/api/new/\n",
		"web/OWNERS":         "approvers:\n- di\n",
	})
	got := map[string][]string{}
	for _, line := range OwnerLines(snapshots) {
		var about []string
		for _, path := range []string{"api/a.go", "api/old/a.go", "api/new/a.go", "web/a.go"} {
			if line.Matches(path) {
				about = append(about, path)
			}
		}
		got[line.Text+" = "+line.Owners[0]] = about
	}
	want := map[string][]string{
		"* @group/sub/all = @group/sub/all":         {"api/a.go", "api/old/a.go", "api/new/a.go", "web/a.go"},
		"[API] @ada @@maintainer = @ada":            {"api/a.go", "api/old/a.go", "api/new/a.go"},
		"/api/old/ bo@example.org = bo@example.org": {"api/old/a.go"},
		"^[API] @cy = @cy":                          {"api/new/a.go"},
		"- di = di":                                 {"web/a.go"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
