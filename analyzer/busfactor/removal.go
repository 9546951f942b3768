package busfactor

// removal takes people away one after the other, each time the one whose loss costs most as counted. It keeps the
// losses current as people leave: a loss changes only through things shared with someone who left, and
// only ever grows, so that a heap with stale entries serves.
type removal struct {
	*absence
	losses  []float64 // by person; see absence.loss
	queue   lossQueue
	isDirty []bool // by person: the loss grew since it was last put into the queue
	dirty   []uint32
}

// startRemoval begins anew. A search has one removal at a time, which takes its absence.
func (s *search) startRemoval(counting *lossShares) *removal {
	r := &s.removal
	r.absence = s.nobodyAbsent(counting)
	r.losses, r.isDirty = zeroed(r.losses, len(s.people)), zeroed(r.isDirty, len(s.people))
	r.queue, r.dirty = r.queue[:0], r.dirty[:0]
	for person := range s.people {
		r.losses[person] = r.loss(person)
		r.queue.push(queuedLoss{r.losses[person], uint32(person)})
	}
	return r
}

// removeWorst removes the person whose loss costs most, ties by the smaller number; false when nobody is left.
func (r *removal) removeWorst() (int, bool) {
	for len(r.queue) > 0 {
		next := r.queue.pop()
		if r.isAbsent[next.person] || next.loss != r.losses[next.person] {
			continue
		}
		r.remove(next.person)
		return int(next.person), true
	}
	return 0, false
}

func (r *removal) remove(person uint32) {
	for _, thing := range r.thingsOf(int(person)) {
		left := r.left[thing]
		if left < 2 {
			continue
		}
		grown := r.weights[thing] * (r.lossShares.of(left-1) - r.lossShares.of(left))
		if grown == 0 {
			continue
		}
		for _, other := range r.coverersOf(thing) {
			if r.isAbsent[other] || other == person {
				continue
			}
			r.losses[other] += grown
			if !r.isDirty[other] {
				r.isDirty[other] = true
				r.dirty = append(r.dirty, other)
			}
		}
	}
	r.leave(int(person))
	for _, other := range r.dirty {
		r.isDirty[other] = false
		r.queue.push(queuedLoss{r.losses[other], other})
	}
	r.dirty = r.dirty[:0]
}

type queuedLoss struct {
	loss   float64
	person uint32
}

func (q queuedLoss) before(other queuedLoss) bool {
	return q.loss > other.loss || q.loss == other.loss && q.person < other.person
}

// lossQueue is a heap with the largest loss first. The standard library's would allocate for every entry.
type lossQueue []queuedLoss

func (q *lossQueue) push(entry queuedLoss) {
	heap := append(*q, entry)
	at := len(heap) - 1
	for at > 0 && entry.before(heap[(at-1)/2]) {
		heap[at] = heap[(at-1)/2]
		at = (at - 1) / 2
	}
	heap[at] = entry
	*q = heap
}

func (q *lossQueue) pop() queuedLoss {
	heap := *q
	first, moved := heap[0], heap[len(heap)-1]
	heap = heap[:len(heap)-1]
	*q = heap
	at := 0
	for child := 1; child < len(heap); child = 2*at + 1 {
		if child+1 < len(heap) && heap[child+1].before(heap[child]) {
			child++
		}
		if !heap[child].before(moved) {
			break
		}
		heap[at] = heap[child]
		at = child
	}
	if len(heap) > 0 {
		heap[at] = moved
	}
	return first
}
