package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
	"keyperson/sources"
	"keyperson/sources/git"
)

func TestEachErrorHasItsExitCode(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"wrong usage":              {usage("no"), exitUsage},
		"not a repository":         {fmt.Errorf("open: %w", git.ErrNotRepository), exitUsage},
		"no commit yet":            {fmt.Errorf("head: %w", git.ErrUnborn), exitUsage},
		"unknown revision":         {fmt.Errorf("resolve: %w", git.ErrUnknownRevision), exitUsage},
		"unknown system":           {&analyzer.UnknownSystemError{Name: "x"}, exitUsage},
		"incomplete":               {incompleteError{findings: []sources.Finding{{Code: "shallow-clone"}}}, exitDataQuality},
		"undecided":                {errors.Join(undecidedError{&gate.Result{}}, usage("no"), overBudgetError{}), exitDataQuality},
		"damaged":                  {fmt.Errorf("read: %w", git.ErrDamaged), exitSource},
		"a file without access":    {&fs.PathError{Op: "open", Path: "pack", Err: fs.ErrPermission}, exitSource},
		"interrupted":              {fmt.Errorf("read: %w", context.Canceled), exitInterrupted},
		"something nobody foresaw": {errors.New("surprise"), exitDefect},
	} {
		t.Run(name, func(t *testing.T) {
			if got := exitCode(c.err); got != c.want {
				t.Errorf("exitCode(%v) = %d, want %d", c.err, got, c.want)
			}
		})
	}
}

type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("out of cheese") }

func TestADefectIsReportedWithAnExitCodeOfItsOwn(t *testing.T) {
	var stderr bytes.Buffer
	if code := run([]string{"version"}, panicking{}, &stderr); code != exitDefect {
		t.Errorf("exit code %d, want %d", code, exitDefect)
	}
	for _, want := range []string{"a defect in Keyperson: out of cheese", "Please report it"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("the message lacks %q:\n%s", want, stderr.String())
		}
	}
}

func TestMessagesCannotCarryTerminalEscapes(t *testing.T) {
	var stderr bytes.Buffer
	run([]string{"--format", "\x1b[31mred"}, &bytes.Buffer{}, &stderr)
	if strings.Contains(stderr.String(), "\x1b") {
		t.Errorf("got %q", stderr.String())
	}
}

func TestAnInterruptEndsTheReading(t *testing.T) {
	directory := t.TempDir()
	if err := makeHistory("@ 2025-07-01 3x1 Ada Example <ada@example.org>: Work\n  a.go\n", directory, nil); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := &program{stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}}
	_, err := p.read(ctx, []string{directory}, sourceFlags{noCache: true}, need{})
	if code := exitCode(err); code != exitInterrupted {
		t.Errorf("got %v with exit code %d, want %d", err, code, exitInterrupted)
	}
}

func TestDatesMeanTheirFirstOrLastSecond(t *testing.T) {
	for _, c := range []struct {
		text string
		end  bool
		want string
	}{
		{"2026-01-31", false, "2026-01-31T00:00:00Z"},
		{"2026-01-31", true, "2026-01-31T23:59:59Z"},
		{"2026-01-31T12:00:00+02:00", true, "2026-01-31T10:00:00Z"},
	} {
		got, err := parseDate("--as-of", c.text, c.end)
		if err != nil || got.Format(time.RFC3339) != c.want {
			t.Errorf("parseDate(%q, %v) = %v, %v, want %s", c.text, c.end, got, err, c.want)
		}
	}
	for _, text := range []string{"", "today", "2026-13-01", "2026-02-30", "31.1.2026"} {
		if got, err := parseDate("--as-of", text, true); err == nil {
			t.Errorf("parseDate(%q) = %v, want an error", text, got)
		}
	}
}

func TestLabelsAreUnique(t *testing.T) {
	taken := map[string]bool{}
	for _, want := range []string{"shop", "shop-2", "shop-3"} {
		if got := uniqueLabel("shop", taken); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := uniqueLabel("shop-2", taken); got != "shop-2-2" {
		t.Errorf("got %q, want shop-2-2", got)
	}
}

func TestAVeilTellsTeamsFromPeople(t *testing.T) {
	v := &veil{key: []byte("k"), issued: map[string]bool{}}
	people := &sources.People{
		Persons: []sources.Person{{ID: "ada.example@example.org", Name: "Ada Example", Address: "ada.example@example.org", Identities: []uint32{0}}},
		Mapped:  []sources.Identity{{Name: "Ada Example", Address: "ada.example@example.org"}},
	}
	v.learn(&sources.Evidence{Identities: people.Mapped}, people)
	for team, want := range map[string]bool{
		"": false, "payments": false, "@shop/payments": false, "@someone": true, "@shop/payments @someone": true, "x@y.org": true, "Ada": true, "@shop/ada": true, "Team Example": true,
	} {
		if got := v.pointsAtPerson(team); got != want {
			t.Errorf("pointsAtPerson(%q) = %v, want %v", team, got, want)
		}
	}
	if got := v.replaced.Replace("see Ada Example <ada.example@example.org>"); strings.Contains(strings.ToLower(got), "ada") && !strings.Contains(got, "person-") {
		t.Errorf("a name shows in %q", got)
	}
}
