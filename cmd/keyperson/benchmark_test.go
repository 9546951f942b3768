package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"keyperson/sources/git/gittest"
)

// benchmarkRepository is the one that the environment variable KEYPERSON_BENCH_REPOSITORY names, else a
// generated one, which is small and says little about speed.
func benchmarkRepository(b *testing.B) string {
	b.Helper()
	if path := os.Getenv("KEYPERSON_BENCH_REPOSITORY"); path != "" {
		return path
	}
	history := gittest.New(b)
	for i := range 400 {
		path := fmt.Sprintf("service-%d/file-%d.go", i%7, i%50)
		history.As(fmt.Sprintf("Person %d", i%5), fmt.Sprintf("person%d@example.org", i%5))
		history.Write(path, fmt.Sprintf("package service\n\n// Version %d.\n", i)).Commit(fmt.Sprintf("Commit %d", i))
	}
	history.Pack()
	return history.Directory()
}

// benchmarkAgainst times the program, scores and rendering included, and divides by the wall time that
// the git program takes for the given command in the same run (the metric git-ratio).
func benchmarkAgainst(b *testing.B, git []string, arguments ...string) {
	program, err := exec.LookPath("git")
	if err != nil {
		b.Skip("git is not on PATH: nothing to compare with")
	}
	path := benchmarkRepository(b)
	runGit := func() time.Duration {
		start := time.Now()
		if err := exec.Command(program, append([]string{"-C", path}, git...)...).Run(); err != nil {
			b.Skipf("nothing to compare with: git %v: %v", git, err)
		}
		return time.Since(start)
	}
	runGit() // so that both find the packs in memory
	var ofGit time.Duration
	for b.Loop() {
		b.StopTimer()
		ofGit += runGit()
		b.StartTimer()
		if code := run(append(arguments, path), io.Discard, io.Discard); code != exitOK {
			b.Fatalf("keyperson %v %s: exit code %d", arguments, path, code)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(ofGit), "git-ratio")
}

// BenchmarkColdAssessment keeps nothing between runs.
func BenchmarkColdAssessment(b *testing.B) {
	benchmarkAgainst(b, []string{"log", "--raw", "-M", "HEAD"}, "--no-cache")
}

// BenchmarkWarmAssessment has nothing new to read.
func BenchmarkWarmAssessment(b *testing.B) {
	cache := b.TempDir()
	if code := run([]string{"--cache", cache, benchmarkRepository(b)}, io.Discard, io.Discard); code != exitOK {
		b.Fatalf("the first run: exit code %d", code)
	}
	benchmarkAgainst(b, []string{"log", "--raw", "-M", "HEAD"}, "--cache", cache)
}

// BenchmarkColdAssessmentWithLines counts lines and finds who owns each.
func BenchmarkColdAssessmentWithLines(b *testing.B) {
	benchmarkAgainst(b, []string{"log", "--numstat", "-M", "HEAD"}, "--no-cache", "--lines")
}
