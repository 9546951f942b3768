package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// publishedCase is what the published tool printed for one repository.
type publishedCase struct {
	Repository          string
	Commit              string
	TruckFactor         int     `json:"truck_factor"`
	CoveragePercentLeft float64 `json:"coverage_percent_left"`
	Files               int
	Developers          []struct{ Files int }
}

// TestThePublishedTruckFactorsComeOut reads the cases from the file that KEYPERSON_TRUCK_FACTOR_CASES
// names, and the repositories from the directory in KEYPERSON_REPOSITORIES, as owner+name/repo or
// owner+name. The names of developers are left out: the tool takes one of each person's by chance.
func TestThePublishedTruckFactorsComeOut(t *testing.T) {
	file, repositories := os.Getenv("KEYPERSON_TRUCK_FACTOR_CASES"), os.Getenv("KEYPERSON_REPOSITORIES")
	if file == "" || repositories == "" {
		t.Skip("KEYPERSON_TRUCK_FACTOR_CASES and KEYPERSON_REPOSITORIES name no published cases to compare with")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []publishedCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Repository, func(t *testing.T) {
			path := filepath.Join(repositories, strings.ReplaceAll(c.Repository, "/", "+"))
			if inner := filepath.Join(path, "repo"); isDirectory(inner) {
				path = inner
			}
			if !isDirectory(path) {
				t.Skipf("%s is not there", path)
			}
			comparePublished(t, path, c)
		})
	}
}

func isDirectory(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func comparePublished(t *testing.T, path string, want publishedCase) {
	var stdout, stderr bytes.Buffer
	code := run([]string{"--no-cache", "--method", "avelino", "--revision", want.Commit, "--format", "json", path}, &stdout, &stderr)
	if code == exitUsage && strings.Contains(stderr.String(), want.Commit) {
		t.Skipf("%s does not have commit %s", path, want.Commit)
	}
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	var printed struct {
		TruckFactor struct {
			Value        int
			Files        int
			CoverageLeft float64 `json:"coverage_left"`
			Developers   []struct{ Files int }
		} `json:"truck_factor"`
	}
	if err := json.Unmarshal(stdout.Bytes(), &printed); err != nil {
		t.Fatal(err)
	}
	got := publishedCase{
		Repository: want.Repository, Commit: want.Commit, TruckFactor: printed.TruckFactor.Value, Files: printed.TruckFactor.Files,
		CoveragePercentLeft: math.Round(printed.TruckFactor.CoverageLeft*1e4) / 100, Developers: printed.TruckFactor.Developers,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}
