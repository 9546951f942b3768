package objects

import (
	"errors"
	"strings"
	"testing"
)

// wantError fails the test unless the error is of that sort and names what it is about.
func wantError(t *testing.T, what string, err, sort error, mention string) {
	t.Helper()
	if !errors.Is(err, sort) || !strings.Contains(err.Error(), mention) {
		t.Errorf("%s: got error %v; want one that is %q and mentions %q", what, err, sort, mention)
	}
}
