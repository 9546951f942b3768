package demo

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"time"
)

// change puts the new content of a planned commit into the tree and returns its message.
func (w *repositoryWriter) change(c *commitPlan) (message string) {
	switch c.does {
	case foundation:
		for path, content := range w.foundation() {
			w.root.put(path, content)
		}
		return "Begin the operations repository"
	case codeBegun:
		w.changeCode(c)
		return "Begin " + fileStems[c.file] + " of " + c.service.id
	case codeChanged:
		w.changeCode(c)
		choose := newChooser(uint64(c.text))
		subject := fmt.Sprintf(choose.of(subjects), fileStems[c.file])
		if key := w.ticketOf(c, &choose); key != "" {
			subject += " (" + key + ")"
		}
		return subject
	case depsUpdated:
		w.locks[c.service]++
		n := w.locks[c.service]
		w.root.put(c.service.lockPath(), fmt.Appendf(nil, "# pinned for %s\nlibrary-core 2.%d.0\nlibrary-net 1.4.%[2]d\n", c.service.id, n))
		return fmt.Sprintf("Bump library-core to 2.%d.0 in %s", n, c.service.id)
	case formatted:
		w.format()
		return "Run the formatters over everything"
	case generated:
		for n := 1; n <= generatedFiles; n++ {
			w.root.put(generatedFile(c.service, n))
		}
		return "Generate the message types of " + c.service.id
	}
	return w.changeDocument(c)
}

func (w *repositoryWriter) changeCode(c *commitPlan) {
	files := w.code[c.service]
	if files == nil {
		files = new([filesPerService]codeFile)
		w.code[c.service] = files
	}
	choose := newChooserAt(c.text, 7)
	for n := range int(c.files) {
		at := (int(c.file) + n) % filesPerService
		if n > 0 && files[at].changes == 0 {
			continue // not begun yet
		}
		files[at].change(choose)
		w.root.put(c.service.codePath(at), files[at].render(c.service, at))
	}
}

func (w *repositoryWriter) format() {
	for _, s := range w.services {
		for at := range filesPerService {
			if files := w.code[s]; files != nil && files[at].changes > 0 {
				files[at].isTidy = true
				w.root.put(s.codePath(at), files[at].render(s, at))
			}
		}
	}
}

func (w *repositoryWriter) changeDocument(c *commitPlan) (message string) {
	k := c.kind
	d := w.documents[k]
	if d == nil {
		d = &document{kind: k, owner: c.author, brokenLink: k.story == bumped && k.slug == "tax-table"}
		w.documents[k] = d
	}
	switch c.does {
	case runbookWritten:
		message = "Write down how to do " + k.name
	case runbookRevised:
		d.improvements++
		message = "Add what we learned to the runbook of " + k.name
	case runbookTypo:
		d.typoMended = true
		message = "Mend a typo in the runbook of " + k.name
	case reviewBumped:
		message = "Review the runbook of " + k.name
	}
	if c.does != runbookTypo {
		d.reviewed = time.Unix(c.at, 0).UTC()
	}
	w.root.put(k.runbook(), d.render())
	return message
}

// doneByService lists the tickets that were done, by service and time of resolution.
func (o *organisation) doneByService() map[*service][]int {
	byService := map[*service][]int{}
	for i := range o.tickets {
		if o.tickets[i].outcome == done {
			byService[o.tickets[i].kind.service] = append(byService[o.tickets[i].kind.service], i)
		}
	}
	for _, list := range byService {
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(o.tickets[a].resolved, o.tickets[b].resolved) })
	}
	return byService
}

// ticketOf is a ticket that the author of a commit closed shortly afterwards, for one commit in three.
func (w *repositoryWriter) ticketOf(c *commitPlan, choose *chooser) string {
	list := w.closed[c.service]
	if choose.next(3) > 0 {
		return ""
	}
	first := sort.Search(len(list), func(i int) bool { return w.tickets[list[i]].resolved >= c.at })
	for _, i := range list[first:min(first+20, len(list))] {
		if t := &w.tickets[i]; t.doer == c.author && t.created <= c.at {
			return ticketKey(i)
		}
	}
	return ""
}
