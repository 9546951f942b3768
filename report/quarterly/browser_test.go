package quarterly

import (
	"context"
	_ "embed" // what drives the browser
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

//go:embed testdata/browse.mjs
var browse string

// TestABrowserShowsTheReport opens the page in a real browser, with every payload in it: no dialog, no request, no complaint,
// nothing that axe finds inaccessible on light and dark screens, and three sheets of A4. It needs node, Chromium and the
// packages axe-core and playwright-core: KEYPERSON_BROWSER_MODULES names the node_modules directory that has them.
func TestABrowserShowsTheReport(t *testing.T) {
	modules := os.Getenv("KEYPERSON_BROWSER_MODULES")
	chromium, err := exec.LookPath("chromium")
	if _, noNode := exec.LookPath("node"); modules == "" || err != nil || noNode != nil {
		t.Skip("skipped: set KEYPERSON_BROWSER_MODULES to a node_modules directory with axe-core and playwright-core, and have node and chromium on the path")
	}
	directory := t.TempDir()
	driver := filepath.Join(directory, "browse.mjs")
	if err := os.WriteFile(driver, []byte(browse), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, language := range Languages {
		page := filepath.Join(directory, language+".html")
		if err := os.WriteFile(page, rendered(t, sample(), words(t, language))["report.html"], 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		out, err := exec.CommandContext(ctx, "node", driver, modules, chromium, page).Output()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		var seen struct {
			Problems []string
			Filtered int
			Pages    int
		}
		if err := json.Unmarshal(out, &seen); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if len(seen.Problems) > 0 {
			t.Errorf("%s: %s", language, strings.Join(seen.Problems, "\n"))
		}
		if seen.Filtered == 0 {
			t.Errorf("%s: choosing a system hides nothing", language)
		}
		if seen.Pages < 1 || seen.Pages > 3 {
			t.Errorf("%s: %d sheets, want three at most", language, seen.Pages)
		}
	}
}
