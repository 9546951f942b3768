package rename

// mostKeptSpans bounds the memory for span counts of one comparison: 8 bytes each. The counts of
// files beyond it are taken anew for every pair.
const mostKeptSpans = 16 << 20

// Sizes of files before they are known.
const (
	sizeNotAsked = -1
	sizeUnknown  = -2
)

// fileSpans is where the span counts of a file stand in the store.
type fileSpans struct {
	size          int64
	first, length int // length is negative until the spans were counted
}

// spanStore keeps the sizes and span counts of the files of one comparison.
type spanStore struct {
	kept           []spanCount
	scratch        []spanCount
	deleted, added []fileSpans
}

func (s *spanStore) start(deleted, added int) {
	if cap(s.kept) > 1<<20 { // one huge commit must not hold its memory for the rest of the history
		s.kept, s.scratch = nil, nil
	}
	s.kept = s.kept[:0]
	s.deleted = resetFiles(s.deleted, deleted)
	s.added = resetFiles(s.added, added)
}

func resetFiles(files []fileSpans, count int) []fileSpans {
	files = files[:0]
	for range count {
		files = append(files, fileSpans{size: sizeNotAsked, length: -1})
	}
	return files
}

// similarity returns how alike two files are, from 0 to scoreOfIdentical. It is 0 for anything but
// regular files, where the contents are unknown, and where the sizes alone rule out the least score
// asked for.
func (s *search) similarity(deleted, added, least int) int {
	from, to := &s.deleted[deleted], &s.added[added]
	if !from.isRegular() || !to.isRegular() {
		return 0
	}
	fromSize, ok := s.size(&s.spans.deleted[deleted], from)
	if !ok {
		return 0
	}
	toSize, ok := s.size(&s.spans.added[added], to)
	if !ok {
		return 0
	}
	larger, smaller := max(fromSize, toSize), min(fromSize, toSize)
	if larger*int64(scoreOfIdentical-least) < (larger-smaller)*scoreOfIdentical || smaller == 0 {
		return 0
	}
	if s.loaded.added != added {
		counts, ok := s.counts(&s.spans.added[added], to)
		if !ok {
			return 0
		}
		s.loaded.load(added, counts)
	}
	counts, ok := s.counts(&s.spans.deleted[deleted], from)
	if !ok {
		return 0
	}
	return int(s.loaded.shared(counts) * scoreOfIdentical / larger)
}

func (s *search) size(file *fileSpans, side *Side) (int64, bool) {
	if file.size == sizeNotAsked {
		file.size = sizeUnknown
		// Sizes from 2³² on would overflow git's own arithmetic; nobody renames such a file with edits.
		if size, ok := s.contents.Size(side.Blob); ok && size >= 0 && size < 1<<32 {
			file.size = size
		} else {
			s.outcome.UnknownContent = true
		}
	}
	return file.size, file.size >= 0
}

// counts returns the span counts of a file, valid until the next call.
func (s *search) counts(file *fileSpans, side *Side) ([]spanCount, bool) {
	if file.length >= 0 {
		return s.spans.kept[file.first:][:file.length], true
	}
	content, ok := s.contents.Read(side.Blob)
	if !ok {
		file.size = sizeUnknown
		s.outcome.UnknownContent = true
		return nil, false
	}
	s.spans.scratch = s.counter.appendCounts(s.spans.scratch[:0], content)
	counts := s.spans.scratch
	if len(s.spans.kept)+len(counts) <= mostKeptSpans {
		file.first, file.length = len(s.spans.kept), len(counts)
		s.spans.kept = append(s.spans.kept, counts...)
	}
	return counts, true
}
