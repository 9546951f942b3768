package quarterly

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAQuarterReadsAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Quarter{rapid.IntRange(1, 9999).Draw(t, "year"), rapid.IntRange(1, 4).Draw(t, "number")}
		got, err := Parse(q.String())
		if err != nil || got != q {
			t.Fatalf("Parse(%s) = %v, %v", q, got, err)
		}
		if q.Year < 9999 && q.End().Add(time.Second) != q.Add(1).Start() {
			t.Fatalf("%s ends at %s, the next begins at %s", q, q.End(), q.Add(1).Start())
		}
		if Of(q.Start()) != q || Of(q.End()) != q {
			t.Fatalf("%s: its first and last second lie in %s and %s", q, Of(q.Start()), Of(q.End()))
		}
		if n := rapid.IntRange(-40, 40).Draw(t, "n"); q.Add(n).Add(-n) != q {
			t.Fatalf("%s and back by %d is %s", q, n, q.Add(n).Add(-n))
		}
	})
}

func TestWhatIsNoQuarterIsRefused(t *testing.T) {
	for _, text := range []string{"", "2026", "2026Q0", "2026Q5", "26Q1", "2026-1", "2026Q11", "-026Q1", "0000Q1", "２０２６Q1"} {
		var wrong *QuarterError
		if q, err := Parse(text); !errors.As(err, &wrong) {
			t.Errorf("Parse(%q) = %v, %v; want a *QuarterError", text, q, err)
		}
	}
}
