package taskkinds

import "slices"

// common is a template that tickets of one component share.
type common struct {
	kind    int // index into placing.kinds
	project string
	words   []string
}

// rejoin places tickets that name no component where the summaries of one of them have all the words of one template
// and few others: people forget the component of one ticket in twenty, and the few left out would look like
// work of another kind, hung on whoever happened to do them. What fits two templates is left.
func (p *placing) rejoin(tickets []uint32) {
	for _, ticket := range tickets {
		t := &p.tickets[ticket]
		if len(t.Components) > 0 || t.RequestType != "" {
			continue
		}
		words, fits := Words(t.Summary), -1
		for i := range p.common {
			c := &p.common[i]
			if c.project != t.Project || float64(len(c.words)) < likeness*float64(len(words)) || !containsAll(words, c.words) {
				continue
			}
			if fits >= 0 {
				fits = -1
				break
			}
			fits = c.kind
		}
		if fits >= 0 {
			p.of[ticket] = fits
			p.kinds[fits].Tickets = append(p.kinds[fits].Tickets, ticket)
		}
	}
	for i := range p.common {
		slices.Sort(p.kinds[p.common[i].kind].Tickets)
	}
}

func containsAll(words, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(word string) bool { return !slices.Contains(words, word) })
}
