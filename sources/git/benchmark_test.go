package git

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"keyperson/sources/git/gittest"
)

// benchmarkRepository returns a repository to measure with: the one that the environment variable
// KEYPERSON_BENCH_REPOSITORY names, else a generated one, which is small and says little about speed.
func benchmarkRepository(b *testing.B) string {
	b.Helper()
	if path := os.Getenv("KEYPERSON_BENCH_REPOSITORY"); path != "" {
		return path
	}
	builder := gittest.New(b)
	for i := range 600 {
		path := fmt.Sprintf("directory-%d/file-%d", i%7, i%50)
		builder.Write(path, numbered(path, 20+i%30))
		if i%10 == 9 {
			builder.Move(path, fmt.Sprintf("moved-%d/%d", i%5, i))
		}
		builder.Commit(fmt.Sprintf("Commit %d", i))
	}
	builder.Pack()
	return builder.Directory()
}

// BenchmarkReadHistory reads a whole history with nothing kept from before. The metric git-ratio is
// its wall time divided by that of `git log --raw -M` in the same run.
func BenchmarkReadHistory(b *testing.B) { benchmarkRead(b, ReadOptions{}, "log", "--raw", "-M") }

// BenchmarkReadHistoryWithLines compares with `git log --numstat -M` in the same way.
func BenchmarkReadHistoryWithLines(b *testing.B) {
	benchmarkRead(b, ReadOptions{Lines: true}, "log", "--numstat", "-M")
}

func benchmarkRead(b *testing.B, options ReadOptions, arguments ...string) {
	path := benchmarkRepository(b)
	program := gitProgram(b)
	start := time.Now()
	if _, err := runGit(program, path, arguments...); err != nil {
		b.Skipf("nothing to compare with: %v", err)
	}
	git := time.Since(start)
	commits := 0
	for b.Loop() {
		r, err := Open(path, OpenOptions{})
		if err != nil {
			b.Fatal(err)
		}
		head, err := r.Resolve("")
		if err != nil {
			b.Fatal(err)
		}
		h, err := r.Read(context.Background(), head, options)
		if err != nil {
			b.Fatal(err)
		}
		commits = len(h.Commits)
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(git), "git-ratio")
	b.ReportMetric(float64(commits)*float64(b.N)/b.Elapsed().Seconds(), "commits/s")
}
