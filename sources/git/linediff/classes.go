package linediff

import (
	"bytes"
	"hash/maphash"
)

// hashSeed differs from run to run, so that nobody can write a file whose lines all collide. Results
// do not depend on it.
var hashSeed = maphash.MakeSeed()

// class is a set of equal lines.
type class struct {
	hash     uint64
	line     []byte
	old, new int32 // how many lines of each file belong to it
}

// classTable numbers the distinct lines between the common ends.
type classTable struct {
	slots   []int32 // open addressing: 1 + index into classes, 0 is free
	classes []class
	looks   [64]uint64 // a bit for each look that some line has
}

// look is a number below that of the bits of looks which is the same for equal lines, which are not empty. It tells
// most lines of a file from the few that changed at a fraction of the price of a hash.
func look(line []byte) uint32 {
	n := len(line)
	return (uint32(n)*0x9e3779b1 ^ uint32(line[n/2])*0x85ebca6b ^ uint32(line[n*3/4])*0xc2b2ae35) >> (32 - 12)
}

func (t *classTable) reset(lines int) {
	size := 16
	for size < 2*lines {
		size *= 2
	}
	t.slots = cleared(t.slots, size)
	t.classes = t.classes[:0]
	t.looks = [64]uint64{}
}

// find returns the slot in which the class of line is, or would be.
func (t *classTable) find(hash uint64, line []byte) *int32 {
	mask := uint64(len(t.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		slot := &t.slots[at]
		if *slot == 0 {
			return slot
		}
		if c := &t.classes[*slot-1]; c.hash == hash && bytes.Equal(c.line, line) {
			return slot
		}
	}
}

// classOf returns the number of the line's class, a new one if need be.
func (t *classTable) classOf(line []byte) int32 {
	hash := maphash.Bytes(hashSeed, line)
	slot := t.find(hash, line)
	if *slot == 0 {
		t.classes = append(t.classes, class{hash: hash, line: line})
		*slot = int32(len(t.classes))
		at := look(line)
		t.looks[at/64] |= 1 << (at % 64)
	}
	return *slot - 1
}

// tally counts the lines of text, which stand in both files, for those classes that exist.
func (t *classTable) tally(text []byte) {
	for len(text) > 0 {
		line := text
		if feed := bytes.IndexByte(text, '\n'); feed >= 0 {
			line = text[:feed+1]
		}
		text = text[len(line):]
		if at := look(line); t.looks[at/64]&(1<<(at%64)) == 0 {
			continue
		}
		if slot := t.find(maphash.Bytes(hashSeed, line), line); *slot != 0 {
			t.classes[*slot-1].old++
			t.classes[*slot-1].new++
		}
	}
}

// classify gives each line between the common ends its class and reports whether the two files share
// any of those lines.
func (d *Differ) classify() bool {
	d.classes.reset(d.old.to - d.old.from + d.new.to - d.new.from)
	for _, s := range []*side{&d.old, &d.new} {
		s.class = s.class[:0]
		for i := s.from; i < s.to; i++ {
			number := d.classes.classOf(s.line(i))
			s.class = append(s.class, number)
			if s == &d.old {
				d.classes.classes[number].old++
			} else {
				d.classes.classes[number].new++
			}
		}
	}
	for i := range d.classes.classes {
		if c := &d.classes.classes[i]; c.old > 0 && c.new > 0 {
			return true
		}
	}
	return false
}

// markChanges finds out which lines between the common ends were deleted and added.
func (d *Differ) markChanges() {
	if d.old.from == d.old.to || d.new.from == d.new.to || !d.classify() {
		d.old.markAll()
		d.new.markAll()
		return
	}
	d.classes.tally(d.outside[0])
	d.classes.tally(d.outside[1])
	d.old.setAside(func(number int32) int32 { return d.classes.classes[number].new })
	d.new.setAside(func(number int32) int32 { return d.classes.classes[number].old })
	d.search.run(&d.old, &d.new)
}
