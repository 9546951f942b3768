package filekind

import (
	"fmt"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// exclusions are the user's patterns, in the form of .gitignore.
type exclusions struct {
	matcher gitignore.Matcher
}

func newExclusions(patterns []string) (*exclusions, error) {
	if len(patterns) == 0 {
		return &exclusions{}, nil
	}
	var parsed []gitignore.Pattern
	for _, pattern := range patterns {
		if strings.TrimSpace(pattern) == "" {
			return nil, fmt.Errorf("exclude: an empty pattern would leave out nothing; write one such as \"third_party/\"")
		}
		parsed = append(parsed, gitignore.ParsePattern(pattern, nil))
	}
	return &exclusions{matcher: gitignore.NewMatcher(parsed)}, nil
}

// match says whether a file, or a directory above it, is left out.
func (x *exclusions) match(file string) bool {
	return x.matcher != nil && x.matcher.Match(strings.Split(file, "/"), false)
}
