package store

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/klauspost/compress/zstd"

	"keyperson/sources"
)

// A body is one ticket: a byte with the version of the encoding, one that says whether the rest is compressed, and the
// fields in the order of Ticket, numbers as varints, texts and lists behind their length. People are numbers of the
// source's identities plus one, so that 0 is nobody. The tracker and what runs find out later are not in it, nor is the ID,
// by which a column of its own can be searched.
const (
	bodyVersion = 1
	plain       = 0
	compressed  = 1

	worthCompressing = 512     // bytes; the frame of less costs more than it saves
	largestBody      = 1 << 28 // bytes, uncompressed
)

var errBody = errors.New("the content of a row is damaged")

var encoder, decoder = newCoders()

func newCoders() (*zstd.Encoder, *zstd.Decoder) {
	encoder, encoderErr := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(true))
	decoder, decoderErr := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(largestBody))
	if err := errors.Join(encoderErr, decoderErr); err != nil {
		panic(err) // constant options that are wrong
	}
	return encoder, decoder
}

// pack turns what appendTicket wrote into what is stored.
func pack(content []byte) []byte {
	if len(content) >= worthCompressing {
		return encoder.EncodeAll(content, []byte{bodyVersion, compressed})
	}
	return append([]byte{bodyVersion, plain}, content...)
}

func unpack(body []byte) ([]byte, error) {
	switch {
	case len(body) < 2:
		return nil, errBody
	case body[0] > bodyVersion:
		return nil, ErrNewer
	case body[0] == bodyVersion && body[1] == plain:
		return body[2:], nil
	case body[0] == bodyVersion && body[1] == compressed:
		content, err := decoder.DecodeAll(body[2:], nil)
		if err != nil {
			return nil, errBody
		}
		return content, nil
	}
	return nil, errBody
}

// writing appends fields.
type writing []byte

func (w *writing) number(n int64)    { *w = binary.AppendVarint(*w, n) }
func (w *writing) size(n int)        { *w = binary.AppendUvarint(*w, uint64(n)) }
func (w *writing) text(t string)     { w.size(len(t)); *w = append(*w, t...) }
func (w *writing) person(p uint32)   { *w = binary.AppendUvarint(*w, uint64(p+1)) } // None wraps to 0
func (w *writing) texts(ts []string) { w.size(len(ts)); w.each(ts) }
func (w *writing) each(ts []string) {
	for _, t := range ts {
		w.text(t)
	}
}

// texts and numbers of a ticket in the order in which they are written.
func textsOf(t *sources.Ticket) []*string {
	return []*string{&t.Key, &t.URL, &t.Project, &t.Type, &t.RequestType, &t.Summary, &t.Status, &t.Resolution, &t.Priority, &t.Group, &t.Service}
}

func appendTicket(to []byte, t *sources.Ticket) []byte {
	w := writing(to)
	for _, text := range textsOf(t) {
		w.text(*text)
	}
	w.texts(t.Components)
	w.texts(t.Labels)
	for _, n := range []int64{t.Created, t.Updated, t.Resolved, int64(t.Reassigned), int64(t.Reopened), int64(t.Escalated), int64(t.UsedProcedure)} {
		w.number(n)
	}
	for _, person := range []uint32{t.Reporter, t.Assignee, t.Resolver} {
		w.person(person)
	}
	w.size(len(t.Acts))
	for i := range t.Acts {
		act := &t.Acts[i]
		w.person(act.Person)
		w.size(int(act.Kind))
		w.number(act.Time)
		w.number(act.End)
		w.number(act.Seconds)
		w.text(act.Reference)
	}
	w.size(len(t.Citations))
	for i := range t.Citations {
		w.text(t.Citations[i].Target)
		w.person(t.Citations[i].Person)
		w.number(t.Citations[i].Time)
	}
	w.size(len(t.Checklist))
	for _, hash := range t.Checklist {
		w = binary.LittleEndian.AppendUint64(w, hash)
	}
	if t.Incomplete {
		w = append(w, 1)
	} else {
		w = append(w, 0)
	}
	if len(t.FormerKeys) > 0 { // nothing follows of a ticket that never moved: it is written as it was before
		w.texts(t.FormerKeys)
	}
	return w
}

// reader takes fields off; after the first that does not fit, everything is zero.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) number() int64 {
	n, size := binary.Varint(r.rest)
	return take(r, n, size)
}

func (r *reader) unsigned() uint64 {
	n, size := binary.Uvarint(r.rest)
	return take(r, n, size)
}

func take[N int64 | uint64](r *reader, n N, size int) N {
	if size <= 0 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

// size is a length of things that take at least each bytes: more than the rest can hold is damage, not memory.
func (r *reader) size(each int) int {
	n := r.unsigned()
	if n > uint64(len(r.rest)/each) {
		r.bad, r.rest = true, nil
		return 0
	}
	return int(n)
}

func (r *reader) text() string {
	n := r.size(1)
	text := string(r.rest[:n])
	r.rest = r.rest[n:]
	return text
}

func (r *reader) texts() []string {
	n := r.size(1)
	if n == 0 {
		return nil
	}
	texts := make([]string, n)
	for i := range texts {
		texts[i] = r.text()
	}
	return texts
}

// person is below the number of identities, or None.
func (r *reader) person(people int) uint32 {
	n := r.unsigned()
	if n > uint64(people) {
		r.bad = true
		return sources.None
	}
	return uint32(n) - 1
}

func (r *reader) count() int32 {
	n := r.number()
	if n < math.MinInt32 || n > math.MaxInt32 {
		r.bad = true
		return 0
	}
	return int32(n)
}

// readTicket is the inverse of appendTicket, for a source of so many people.
func readTicket(content []byte, people int) (sources.Ticket, error) {
	r := &reader{rest: content}
	var t sources.Ticket
	for _, text := range textsOf(&t) {
		*text = r.text()
	}
	t.Components, t.Labels = r.texts(), r.texts()
	t.Created, t.Updated, t.Resolved = r.number(), r.number(), r.number()
	t.Reassigned, t.Reopened, t.Escalated = r.count(), r.count(), r.count()
	t.UsedProcedure = sources.Answer(r.count())
	t.Reporter, t.Assignee, t.Resolver = r.person(people), r.person(people), r.person(people)
	const smallestAct, smallestCitation = 6, 3
	if n := r.size(smallestAct); n > 0 {
		t.Acts = make([]sources.Act, n)
	}
	for i := range t.Acts {
		t.Acts[i] = sources.Act{
			Person: r.person(people), Kind: sources.Kind(r.unsigned()), Time: r.number(), End: r.number(), Seconds: r.number(), Reference: r.text(),
		}
	}
	if n := r.size(smallestCitation); n > 0 {
		t.Citations = make([]sources.Citation, n)
	}
	for i := range t.Citations {
		t.Citations[i] = sources.Citation{Target: r.text(), Person: r.person(people), Time: r.number()}
	}
	if n := r.size(8); n > 0 {
		t.Checklist = make([]uint64, n)
	}
	for i := range t.Checklist {
		t.Checklist[i] = binary.LittleEndian.Uint64(r.rest)
		r.rest = r.rest[8:]
	}
	if r.bad || len(r.rest) == 0 || t.UsedProcedure > sources.No {
		return sources.Ticket{}, errBody
	}
	t.Incomplete, r.rest = r.rest[0] == 1, r.rest[1:]
	if len(r.rest) > 0 {
		t.FormerKeys = r.texts()
	}
	if r.bad || len(r.rest) > 0 {
		return sources.Ticket{}, errBody
	}
	return t, nil
}
