package demo

import (
	"bytes"
	"testing"

	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"pgregory.net/rapid"
)

func TestADifferenceAppliedToItsBaseGivesTheContent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SliceOfN(rapid.Byte(), 0, 300)
		head, tail := part.Draw(t, "head"), part.Draw(t, "tail")
		repeat := rapid.SampledFrom([]int{1, 1, 400}).Draw(t, "repeat") // more than one copy instruction holds
		head = bytes.Repeat(head, repeat)
		base := bytes.Join([][]byte{head, part.Draw(t, "old"), tail}, nil)
		content := bytes.Join([][]byte{head, part.Draw(t, "new"), tail}, nil)
		if len(base) == 0 || len(content) == 0 {
			t.Skip("git stores no difference from or to nothing")
		}
		got, err := packfile.PatchDelta(base, difference(base, content))
		if err != nil || !bytes.Equal(got, content) {
			t.Fatalf("base %d bytes, content %d bytes: got %d bytes, error %v", len(base), len(content), len(got), err)
		}
	})
}
