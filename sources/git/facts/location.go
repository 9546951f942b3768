package facts

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
)

// extension marks the files of this package.
const extension = ".facts"

// longestStem bounds the readable part of a file name, in bytes.
const longestStem = 40

// Location returns the file in cacheDir that belongs to the repository whose git directory is given
// (git.Repository.Directory). Its name begins with the repository's, for whoever looks into the
// directory, and ends in 80 bits of a hash of the cleaned path, which alone tells two apart.
func Location(cacheDir, gitDirectory string) string {
	clean := filepath.Clean(gitDirectory)
	sum := sha256.Sum256([]byte(clean))
	name := hex.EncodeToString(sum[:10]) + extension
	if stem := stemOf(clean); stem != "" {
		name = stem + "-" + name
	}
	return filepath.Join(cacheDir, name)
}

// stemOf returns what people call the repository, in characters safe in every file system.
func stemOf(gitDirectory string) string {
	base := filepath.Base(gitDirectory)
	if base == ".git" {
		base = filepath.Base(filepath.Dir(gitDirectory))
	}
	base = strings.TrimSuffix(base, ".git")
	stem := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_':
			return r
		}
		return '-'
	}, base)
	if len(stem) > longestStem {
		stem = stem[:longestStem]
	}
	return strings.Trim(stem, "-.")
}
