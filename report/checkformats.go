package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrOnlyForChecks is returned by formats that carry the decision of a gate and nothing else.
var ErrOnlyForChecks = errors.New("this format carries the decision of keyperson check only")

// checkFormats is the registry of the formats that other programs read a gate's decision from: one line a format.
var checkFormats = []Format{
	checkFormat{"sarif", writeSARIF},
	checkFormat{"junit", writeJUnit},
	checkFormat{"openmetrics", writeOpenMetrics},
	checkFormat{"github", writeGitHubAnnotations},
	checkFormat{"gitlab", writeGitLabCodeQuality},
}

// CheckNames returns the names of all formats that a gate's decision can be written in.
func CheckNames() []string {
	names := Names()
	for _, f := range checkFormats {
		names = append(names, f.Name())
	}
	return names
}

// LookupCheck returns the format of that name, those of gates included, or ErrUnknownFormat.
func LookupCheck(name string) (Format, error) {
	for _, f := range checkFormats {
		if f.Name() == name {
			return f, nil
		}
	}
	if f, err := Lookup(name); err == nil {
		return f, nil
	}
	return nil, fmt.Errorf("%w %q: use one of %s", ErrUnknownFormat, Clean(name), strings.Join(CheckNames(), ", "))
}

// checkFormat writes the decision of a gate.
type checkFormat struct {
	name  string
	write func(io.Writer, Check) error
}

func (f checkFormat) Name() string { return f.name }

func (f checkFormat) Write(w io.Writer, r Report, _ Options) error {
	check, ok := r.(Check)
	if !ok {
		return fmt.Errorf("%s: %w", f.name, ErrOnlyForChecks)
	}
	return f.write(w, check)
}
