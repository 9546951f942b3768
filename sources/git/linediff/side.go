package linediff

import "bytes"

// side is one of the two files: a window of its lines, which holds all that differ from the other
// file and some of the lines before and after them.
type side struct {
	text        []byte  // the window
	starts      []int32 // where each line of the window starts in text, and the end of the last
	first       int     // number of the window's first line in the file
	total       int     // lines of the whole file
	from, to    int     // the lines of the window between the common ends
	atBeginning bool    // the window starts where the file does
	atEnd       bool    // the window ends where the file does
	cutShort    bool    // sliding came to an edge of the window that is none of the file
	marks       []bool  // whether a line is deleted (or added), with an unmarked guard at either end
	class       []int32 // of each line from from to to, equal for equal lines of both files
	rarity      []rarity
	kept        []int32 // lines left for the search, as positions in class
	keptClass   []int32 // their classes
}

// count returns the number of lines in the window.
func (s *side) count() int { return len(s.starts) - 1 }

// line returns the content of line i of the window, line feed included.
func (s *side) line(i int) []byte { return s.text[s.starts[i]:s.starts[i+1]] }

// isChanged may be asked for one line beyond either end of the window.
func (s *side) isChanged(i int) bool { return s.marks[i+1] }

func (s *side) setChanged(i int, changed bool) { s.marks[i+1] = changed }

// areEqual reports whether lines i and j of the window are the same.
func (s *side) areEqual(i, j int) bool { return bytes.Equal(s.line(i), s.line(j)) }

// markAll marks every line between the common ends.
func (s *side) markAll() {
	for i := s.from; i < s.to; i++ {
		s.setChanged(i, true)
	}
}

// prepare lays out both files with up to context lines around what differs. It returns false when
// that is more than a comparison may hold in memory.
func (d *Differ) prepare(a, b []byte, ends commonality, context int) bool {
	if len(a) > largestText || len(b) > largestText {
		return false
	}
	// What is common at both ends is laid out once and holds for both files.
	before := stepBack(a[:ends.prefix], context)
	after := stepForward(a[len(a)-ends.suffix:], context)
	first := bytes.Count(a[:before], lineFeed)
	beyond := Lines(a[len(a)-ends.suffix+after:])
	d.outside = [2][]byte{a[:ends.prefix], a[len(a)-ends.suffix:]}
	return d.old.layOut(a, ends, before, after, first, beyond) && d.new.layOut(b, ends, before, after, first, beyond)
}

// layOut splits the window of content into lines: it starts at byte before, in the common prefix, and
// ends after so many bytes of the common suffix, with first and beyond lines outside of it.
func (s *side) layOut(content []byte, ends commonality, before, after, first, beyond int) bool {
	suffixAt := len(content) - ends.suffix
	s.text = content[before : suffixAt+after]
	s.starts = append(s.starts[:0], 0)
	s.split(ends.prefix - before)
	s.from = s.count()
	s.split(suffixAt - before)
	s.to = s.count()
	s.split(len(s.text))
	s.first, s.total = first, first+s.count()+beyond
	s.atBeginning, s.atEnd = before == 0, after == ends.suffix
	s.marks = cleared(s.marks, s.count()+2)
	return s.count() <= mostLines
}

// split adds the lines of text up to byte end, where a line ends.
func (s *side) split(end int) {
	for at := int(s.starts[len(s.starts)-1]); at < end && len(s.starts) <= mostLines+1; {
		if feed := bytes.IndexByte(s.text[at:end], '\n'); feed >= 0 {
			at += feed + 1
		} else {
			at = end
		}
		s.starts = append(s.starts, int32(at))
	}
}

// stepBack returns where the last n lines of text start.
func stepBack(text []byte, n int) int {
	at := len(text)
	for ; n > 0 && at > 0; n-- {
		at = 1 + bytes.LastIndexByte(text[:at-1], '\n')
	}
	return at
}

// stepForward returns where the first n lines of text end.
func stepForward(text []byte, n int) int {
	at := 0
	for ; n > 0 && at < len(text); n-- {
		feed := bytes.IndexByte(text[at:], '\n')
		if feed < 0 {
			return len(text)
		}
		at += feed + 1
	}
	return at
}

// cleared returns a slice of n zero values, in the memory of s where that suffices.
func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}
