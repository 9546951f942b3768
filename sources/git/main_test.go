package git

import (
	"flag"
	"os"
	"testing"
)

// TestMain lowers the number of generated histories: most of a test's time goes into writing them.
// For more, go test -rapid.checks=1000.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "40"); err != nil {
		panic(err)
	}
	flag.Parse()
	os.Exit(m.Run())
}
