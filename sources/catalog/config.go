package catalog

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// The origins a user can force with systems_from.
const (
	FromConfig      = "config"
	FromBackstage   = "backstage"
	FromGitLab      = "gitlab"
	FromCodeowners  = "codeowners"
	FromModules     = "modules"
	FromDirectories = "directories"
)

var origins = []string{FromConfig, FromBackstage, FromGitLab, FromCodeowners, FromModules, FromDirectories}

// Config is what keyperson.yaml says. The zero value is the configuration of someone who wrote none.
type Config struct {
	Name    string         // of the file, for messages
	Systems []SystemConfig // systems:, in the order written
	People  string         // people: path of the alias file, relative to keyperson.yaml; "" for none
	Exclude []string       // exclude: gitignore patterns of files not to assess
	Left    []string       // left: IDs, addresses or names of people who have left
	// ActivityWindowDays is activity_window_days: how recently a person must have done something to
	// count as active, in days, 1 to 36500; 0 where not set.
	ActivityWindowDays float64
	// HalfLifeDays is half_life_days: after how many days familiarity with code has halved, 1 to
	// 36500; 0 where not set.
	HalfLifeDays float64
	SystemsFrom  string // systems_from: the only origin to take systems from; "" for the first that yields any
}

// SystemConfig is one entry under systems.
type SystemConfig struct {
	ID           string   // id: required, unique
	Name         string   // name: shown instead of the id
	Tier         int      // tier: 1 (most important) to 9; 0 where not set
	Team         string   // team: who is listed as owner
	Repositories []string // repositories: labels of the repositories paths apply to; empty: all
	Paths        []string // paths: gitignore patterns, ! takes out again; empty: the whole repositories
	Line         int      // where the entry starts
	compiled     patterns
}

// LoadConfig reads keyperson.yaml. A file that is not there is an error satisfying errors.Is with
// fs.ErrNotExist; content that cannot be used is a *SyntaxError.
func LoadConfig(path string) (*Config, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%w; keyperson init writes a configuration", err)
	}
	data, err := io.ReadAll(io.LimitReader(file, maxDocumentBytes+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return ParseConfig(path, data)
}

// ParseConfig reads the content of keyperson.yaml; name is used in messages. Every error is a
// *SyntaxError: unknown keys, wrong types and values out of range are refused, never skipped.
func ParseConfig(name string, data []byte) (*Config, error) {
	d := &document{name: name, data: data}
	bodies, err := d.parse()
	if err != nil {
		return nil, err
	}
	config := &Config{Name: name}
	if len(bodies) == 0 {
		return config, nil
	}
	if len(bodies) > 1 {
		return nil, d.failNode(bodies[1], "a second document; keyperson.yaml has one")
	}
	decoder := configDecoder{document: d}
	decoder.config(bodies[0], config)
	if decoder.err != nil {
		return nil, decoder.err
	}
	return config, nil
}
