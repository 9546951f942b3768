package busfactor

import "container/heap"

// removal takes people away one after the other, each time the one whose loss costs most. It keeps the
// losses current as people leave: a loss changes only through things shared with someone who left, and
// only ever grows, so that a heap with stale entries serves.
type removal struct {
	*absence
	losses  []float64 // by person; see absence.loss
	queue   lossQueue
	isDirty []bool // by person: the loss grew since it was last put into the queue
	dirty   []int
}

func (s *search) startRemoval() *removal {
	r := &removal{absence: s.nobodyAbsent(), losses: make([]float64, len(s.people)), isDirty: make([]bool, len(s.people))}
	for person := range s.people {
		r.losses[person] = r.loss(person)
		r.queue = append(r.queue, queuedLoss{r.losses[person], person})
	}
	heap.Init(&r.queue)
	return r
}

// removeWorst removes the person whose loss costs most, ties by the smaller number; false when nobody is left.
func (r *removal) removeWorst() (int, bool) {
	for len(r.queue) > 0 {
		next := heap.Pop(&r.queue).(queuedLoss)
		if r.isAbsent[next.person] || next.loss != r.losses[next.person] {
			continue
		}
		r.remove(next.person)
		return next.person, true
	}
	return 0, false
}

func (r *removal) remove(person int) {
	for _, thing := range r.things[person] {
		grown := r.weights[thing] * shareOfLoss(r.left[thing]-1)
		if r.left[thing] > 1 {
			grown -= r.weights[thing] * shareOfLoss(r.left[thing])
			for _, other := range r.coverers[thing] {
				if !r.isAbsent[other] && other != person {
					r.losses[other] += grown
					if !r.isDirty[other] {
						r.isDirty[other] = true
						r.dirty = append(r.dirty, other)
					}
				}
			}
		}
	}
	r.leave(person)
	for _, other := range r.dirty {
		r.isDirty[other] = false
		heap.Push(&r.queue, queuedLoss{r.losses[other], other})
	}
	r.dirty = r.dirty[:0]
}

type queuedLoss struct {
	loss   float64
	person int
}

// lossQueue is a heap with the largest loss first.
type lossQueue []queuedLoss

func (q lossQueue) Len() int { return len(q) }
func (q lossQueue) Less(i, j int) bool {
	return q[i].loss > q[j].loss || q[i].loss == q[j].loss && q[i].person < q[j].person
}
func (q lossQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *lossQueue) Push(x any)   { *q = append(*q, x.(queuedLoss)) }
func (q *lossQueue) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}
