package linediff

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// program writes n lines that look like source code, the same for the same seed.
func program(n int, seed uint64) []byte {
	random := rand.New(rand.NewPCG(seed, 7))
	var b bytes.Buffer
	depth := 0
	for range n {
		switch random.IntN(8) {
		case 0, 1:
			b.WriteString("\n")
		case 2:
			if depth > 0 {
				depth--
			}
			b.WriteString(strings.Repeat("\t", depth) + "}\n")
		case 3:
			fmt.Fprintf(&b, "%sif x%d {\n", strings.Repeat("\t", depth), random.IntN(4))
			depth++
		default:
			fmt.Fprintf(&b, "%scall%d()\n", strings.Repeat("\t", depth), random.IntN(40))
		}
	}
	return b.Bytes()
}

// edited makes random changes to a file: deletes, inserts, moves and copies stretches of lines.
func edited(content []byte, random *rand.Rand) []byte {
	lines := bytes.SplitAfter(content, lineFeed)
	for range 1 + random.IntN(6) {
		if len(lines) < 2 {
			break
		}
		from := random.IntN(len(lines))
		to := min(len(lines), from+1+random.IntN(12))
		stretch := append([][]byte(nil), lines[from:to]...)
		rest := append(append([][]byte(nil), lines[:from]...), lines[to:]...)
		at := random.IntN(len(rest) + 1)
		switch random.IntN(4) {
		case 0: // delete
			lines = rest
		case 1: // move
			lines = append(append(append([][]byte(nil), rest[:at]...), stretch...), rest[at:]...)
		case 2: // copy
			at = random.IntN(len(lines) + 1)
			lines = append(append(append([][]byte(nil), lines[:at]...), stretch...), lines[at:]...)
		default: // insert
			fresh := bytes.SplitAfter(program(1+random.IntN(15), random.Uint64()), lineFeed)
			lines = append(append(append([][]byte(nil), lines[:from]...), fresh...), lines[from:]...)
		}
	}
	return bytes.Join(lines, nil)
}

// pairs are files for the comparison with git, small and large, related and not.
func pairs() (all [][2][]byte) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range uint64(250) {
		a := program(1+random.IntN(300), i)
		all = append(all, [2][]byte{a, edited(a, random)})
	}
	for i := range uint64(40) {
		all = append(all, [2][]byte{program(random.IntN(120), 1000+i), program(random.IntN(120), 2000+i)})
	}
	for i := range uint64(6) { // dear enough for git's cut-offs
		a := program(6000, 3000+i)
		b := a
		for range 100 {
			b = edited(b, random)
		}
		all = append(all, [2][]byte{a, b}, [2][]byte{a, program(5000, 4000+i)})
	}
	return all
}

var hunkHeader = regexp.MustCompile(`^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@`)

// hunksOf reads the changed runs out of a patch with context.
func hunksOf(patch []byte) (hunks []Hunk) {
	var current Hunk
	older, newer := 0, 0
	flush := func() {
		if current.OldLines+current.NewLines > 0 {
			hunks = append(hunks, current)
		}
		current = Hunk{OldStart: older, NewStart: newer}
	}
	inside := false
	for line := range strings.Lines(string(patch)) {
		if m := hunkHeader.FindStringSubmatch(line); m != nil {
			flush()
			older, _ = strconv.Atoi(m[1])
			newer, _ = strconv.Atoi(m[2])
			older, newer = max(older-1, 0), max(newer-1, 0)
			flush()
			inside = true
			continue
		}
		if !inside {
			continue
		}
		switch line[0] {
		case ' ':
			flush()
			older, newer = older+1, newer+1
			flush()
		case '-':
			older, current.OldLines = older+1, current.OldLines+1
		case '+':
			newer, current.NewLines = newer+1, current.NewLines+1
		case '\\':
		default: // the next file's header
			flush()
			inside = false
		}
	}
	flush()
	return hunks
}

// git runs `git diff --no-index`, whose exit status 1 says that there are differences.
func git(t *testing.T, dir string, arguments ...string) []byte {
	t.Helper()
	command := exec.Command("git", append([]string{"diff", "--no-index", "--no-color", "--no-ext-diff", "--no-renames", "--diff-algorithm=default"}, arguments...)...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	out, err := command.Output()
	if err != nil && command.ProcessState.ExitCode() != 1 {
		t.Fatalf("git diff: %v", err)
	}
	return out
}

func TestCountsAndHunksAreThoseOfGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not on PATH")
	}
	dir := t.TempDir()
	all := pairs()
	for i, pair := range all {
		for j, name := range []string{"a", "b"} {
			if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name, fmt.Sprintf("%04d", i)), pair[j], 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	patches := make([][]byte, len(all))
	for _, part := range bytes.Split(append([]byte("\n"), git(t, dir, "a", "b")...), []byte("\ndiff --git a/a/"))[1:] {
		i, err := strconv.Atoi(string(part[:4]))
		if err != nil {
			t.Fatalf("unexpected header %.60q", part)
		}
		patches[i] = append(part, '\n')
	}
	counts := make([][2]int, len(all))
	for line := range strings.Lines(string(git(t, dir, "--numstat", "a", "b"))) {
		var added, deleted, i int
		path := line[strings.LastIndexByte(line, '\t')+1:]
		_, err := fmt.Sscanf(line, "%d\t%d\t", &added, &deleted)
		if err == nil {
			i, err = strconv.Atoi(strings.TrimSpace(path[strings.LastIndexByte(path, '/')+1:]))
		}
		if err != nil {
			t.Fatalf("unexpected numstat line %q: %v", line, err)
		}
		counts[i] = [2]int{added, deleted}
	}
	var differ Differ
	for i, pair := range all {
		check(t, &differ, pair[0], pair[1])
		if difference := cmp.Diff(hunksOf(patches[i]), append([]Hunk(nil), differ.Hunks(pair[0], pair[1])...)); difference != "" {
			t.Errorf("pair %d: hunks (-git +got):\n%s", i, difference)
		}
		if added, deleted := count(differ.Hunks(pair[0], pair[1])); added != counts[i][0] || deleted != counts[i][1] {
			t.Errorf("pair %d: +%d -%d, git says +%d -%d", i, added, deleted, counts[i][0], counts[i][1])
		}
	}
}

func BenchmarkHunks(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, lines := range []int{100, 1000, 10000} {
		older := program(lines, 1)
		newer := edited(older, random)
		b.Run(fmt.Sprintf("%d lines", lines), func(b *testing.B) {
			var differ Differ
			b.SetBytes(int64(len(older) + len(newer)))
			b.ReportAllocs()
			for b.Loop() {
				differ.Hunks(older, newer)
			}
		})
	}
}
