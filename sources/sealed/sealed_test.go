package sealed

import (
	"bytes"
	"testing"
)

func TestOnlyWhatWasSealedUnderTheMagicIsOpened(t *testing.T) {
	whole := Seal([]byte("magic 1\nbody"))
	if body, err := Open("magic 1\n", whole); err != nil || string(body) != "body" {
		t.Errorf("got %q, %v", body, err)
	}
	if _, err := Open("magic 2\n", whole); err == nil {
		t.Error("another version: got no error")
	}
	for length := range whole {
		if _, err := Open("magic 1\n", whole[:length]); err == nil {
			t.Errorf("cut off at %d of %d: got no error", length, len(whole))
		}
	}
	for i := range whole {
		damaged := bytes.Clone(whole)
		damaged[i] ^= 0x41
		if _, err := Open("magic 1\n", damaged); err == nil {
			t.Errorf("with byte %d changed: got no error", i)
		}
	}
}
