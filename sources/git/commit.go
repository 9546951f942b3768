package git

import (
	"bytes"
	"fmt"

	"keyperson/sources"
)

// largestCommit bounds a commit object, in bytes.
const largestCommit = 64 << 20

// latestTime is the end of the year 9999. Dates after it come from broken clocks and importers; they
// count as unknown, which is 0, as git does with those it cannot represent.
const latestTime = 253402300799

// rawCommit is a commit's content taken apart; everything in it points into the content.
type rawCommit struct {
	tree     Hash
	parents  []byte // hexadecimal ids, one after the other, 40 digits each
	author   rawSignature
	time     int64 // of the committer
	encoding []byte
	message  []byte
}

// rawSignature is who and when, as a header line says it.
type rawSignature struct {
	name, address []byte
	time          int64
}

func (c *rawCommit) parentCount() int { return len(c.parents) / (2 * len(Hash{})) }

func (c *rawCommit) parent(i int) Hash {
	const digits = 2 * len(Hash{})
	id, _ := parseHash(c.parents[i*digits:][:digits]) // checked by parseCommit
	return id
}

// parseCommit takes a commit's content apart. Only what the graph of commits is made of must be
// right; an author or committer line that is missing or broken leaves its fields empty, as in git.
func parseCommit(content []byte) (rawCommit, error) {
	c, rest, err := parseAncestry(content)
	if err != nil {
		return c, err
	}
	hasAuthor, hasCommitter := false, false
	for len(rest) > 0 && rest[0] != '\n' {
		var line []byte
		line, rest = cutLine(rest)
		if value, ok := bytes.CutPrefix(line, []byte("author ")); ok && !hasAuthor {
			c.author, hasAuthor = parseSignature(value), true
		} else if value, ok := bytes.CutPrefix(line, []byte("committer ")); ok && !hasCommitter {
			c.time, hasCommitter = parseSignature(value).time, true
		} else if value, ok := bytes.CutPrefix(line, []byte("encoding ")); ok {
			c.encoding = value
		}
	}
	if len(rest) > 0 {
		c.message = rest[1:]
	}
	return c, nil
}

// parseAncestry reads the lines every commit begins with: its tree and its parents.
func parseAncestry(content []byte) (c rawCommit, rest []byte, err error) {
	line, rest := cutLine(content)
	id, isTree := bytes.CutPrefix(line, []byte("tree "))
	tree, isHash := parseHash(id)
	if !isTree || !isHash {
		return c, nil, fmt.Errorf("%w: it does not begin with the id of a tree; run git fsck", ErrDamaged)
	}
	c.tree = tree
	const digits = 2 * len(Hash{})
	const lineLength = len("parent ") + digits + 1
	if !bytes.HasPrefix(rest, []byte("parent ")) {
		return c, rest, nil
	}
	// One parent needs no memory of its own; the ids of more are moved together.
	for count := 0; bytes.HasPrefix(rest, []byte("parent ")); count++ {
		line, after := cutLine(rest)
		id := line[len("parent "):]
		if _, ok := parseHash(id); !ok || len(line)+1 != lineLength {
			return c, nil, fmt.Errorf("%w: parent %q is no commit id; run git fsck", ErrDamaged, id)
		}
		if count == 0 {
			c.parents = id[:digits:digits]
		} else {
			c.parents = append(c.parents, id...)
		}
		rest = after
	}
	return c, rest, nil
}

func cutLine(text []byte) (line, rest []byte) {
	if end := bytes.IndexByte(text, '\n'); end >= 0 {
		return text[:end], text[end+1:]
	}
	return text, nil
}

// parseSignature reads "Name <address> seconds zone" as git does: the address begins at the first
// "<" and ends at the next ">", the date follows the last one. A line without an address keeps its
// text as the name.
func parseSignature(line []byte) rawSignature {
	open := bytes.IndexByte(line, '<')
	if open < 0 {
		return rawSignature{name: bytes.TrimSpace(line)}
	}
	s := rawSignature{name: bytes.TrimRight(line[:open], whitespace)}
	length := bytes.IndexByte(line[open+1:], '>')
	if length < 0 {
		s.address = bytes.TrimSpace(line[open+1:])
		return s
	}
	s.address = line[open+1:][:length]
	s.time = parseTime(line[bytes.LastIndexByte(line, '>')+1:])
	return s
}

// whitespace is what git's isspace holds for it.
const whitespace = " \t\n\r"

// parseTime reads the seconds since 1970 that text begins with; 0 where there are none or where they
// make no sense.
func parseTime(text []byte) int64 {
	text = bytes.TrimLeft(text, whitespace)
	var seconds int64
	for _, digit := range text {
		if digit < '0' || digit > '9' {
			break
		}
		seconds = seconds*10 + int64(digit-'0')
		if seconds > latestTime {
			return 0
		}
	}
	return seconds
}

// identity returns the author as evidence shows them.
func (s *rawSignature) identity(encoding []byte) sources.Identity {
	return sources.Identity{
		Name:    string(inUTF8(encoding, s.name)),
		Address: string(inUTF8(encoding, s.address)),
	}
}
