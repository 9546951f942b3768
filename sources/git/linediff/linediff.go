// Package linediff compares two versions of a file line by line: two byte slices come in, the runs of
// lines that differ go out, the same ones that git's default diff shows. It reads no repository, no
// attributes and no configuration.
//
// There can be many shortest edit scripts, and git does not even look for a shortest one when that is
// dear. What git picks follows from a chain of steps (Myers 1986 with cut-offs, then sliding of the
// changed runs), and every step here has the same effect as git's, so that counts can be compared
// with `git log --numstat` and hunks with `git blame` line for line.
package linediff

import "bytes"

const (
	// binaryProbe is how far into a file git looks for a NUL to call it binary.
	binaryProbe = 8000
	// largestText is git's core.bigFileThreshold: above it git does not compare lines.
	largestText = 512 << 20
	// mostLines bounds the memory of one comparison. Where more lines than this lie between the common
	// beginning and the common end of the two files, they count as replaced altogether.
	mostLines = 8 << 20
)

// Hunk is one run of lines that differs. Numbers count from zero; a run of no lines stands before the
// line its start names.
type Hunk struct {
	OldStart, OldLines int
	NewStart, NewLines int
}

// Differ compares files and keeps its memory from one comparison to the next. The zero value is ready
// for use. One Differ belongs to one goroutine.
type Differ struct {
	old, new side
	outside  [2][]byte // the lines both files begin and end with
	classes  classTable
	search   searchSpace
	hunks    []Hunk
}

// IsBinary reports whether git takes content for binary: there is a NUL near its beginning, or it is
// larger than any file git compares by lines.
func IsBinary(content []byte) bool {
	return len(content) > largestText || bytes.IndexByte(content[:min(len(content), binaryProbe)], 0) >= 0
}

// Lines returns how many lines content has. A last line without a line feed is a line.
func Lines(content []byte) int {
	lines := bytes.Count(content, lineFeed)
	if len(content) > 0 && content[len(content)-1] != '\n' {
		lines++
	}
	return lines
}

var lineFeed = []byte{'\n'}

// Hunks returns the runs of lines that differ between a and b, in ascending order, as `git diff` shows
// them without context. It does not ask whether the content is binary. It allocates nothing once the
// Differ has seen files of like size; the result is valid until the next call.
func (d *Differ) Hunks(a, b []byte) []Hunk {
	d.hunks = d.hunks[:0]
	ends := commonEnds(a, b)
	if len(ends.middle(a)) == 0 && len(ends.middle(b)) == 0 {
		return nil
	}
	// Changed runs may slide into the lines around them, mostly by a few: so most comparisons
	// need not split all of the two files into lines.
	for context := 32; ; context *= 32 {
		if !d.prepare(a, b, ends, context) {
			return d.replaceMiddle(a, b, ends)
		}
		d.markChanges()
		if slide(&d.old, &d.new) && slide(&d.new, &d.old) {
			return d.collect()
		}
	}
}

// replaceMiddle gives up: everything between the common ends is one hunk.
func (d *Differ) replaceMiddle(a, b []byte, ends commonality) []Hunk {
	before := Lines(a[:ends.prefix])
	d.hunks = append(d.hunks, Hunk{before, Lines(ends.middle(a)), before, Lines(ends.middle(b))})
	return d.hunks
}

// collect turns the marks on lines into hunks.
func (d *Differ) collect() []Hunk {
	oldLines, newLines := d.old.count(), d.new.count()
	for i, j := 0, 0; i < oldLines || j < newLines; i, j = i+1, j+1 {
		from, onto := i, j
		for d.old.isChanged(i) {
			i++
		}
		for d.new.isChanged(j) {
			j++
		}
		if i > from || j > onto {
			d.hunks = append(d.hunks, Hunk{d.old.first + from, i - from, d.new.first + onto, j - onto})
		}
	}
	return d.hunks
}
