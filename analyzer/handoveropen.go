package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

// findOpenEnds lists what still names the leaver: open tickets, runbooks, lines that list owners.
func (h *handing) findOpenEnds() {
	for _, i := range h.x.seen {
		t := &h.evidence.Tickets[i]
		switch {
		case h.isResolved(t):
		case h.prefix == "" && h.system != sources.None && h.systemOf(i) == sources.None:
			h.openElsewhere++
		case !h.hasTicket(i):
		case t.HolderUnknown:
			h.openUntold++
		case t.Assignee != sources.None && h.people.ByIdentity[t.Assignee] == h.leaver:
			h.Open = append(h.Open, OpenEnd{Kind: OpenTicket, Where: t.Key, Text: t.Summary})
		}
	}
	names := h.writtenAs(h.leaver)
	for i := range h.before.Runbooks {
		r := &h.before.Runbooks[i]
		thing := h.evidence.Runbooks[i].Thing
		if !names.hasAny(strings.FieldsFunc(r.Owner, isBetweenOwners)) && !names[plainName(r.Owner)] || !h.isRunbookOfScope(r, thing) {
			continue
		}
		where, text := r.Path, "owner: "+r.Owner
		for j := range h.question.OwnerLines {
			if line := &h.question.OwnerLines[j]; line.Matches == nil && line.Path == r.Path && h.evidence.Repositories[line.Repository].Label == r.Repository {
				where, text = fmt.Sprintf("%s:%d", h.fileOfLine(line), line.Line), line.Text
			}
		}
		h.Open = append(h.Open, OpenEnd{Kind: RunbookOwner, Where: where, Text: text})
	}
	h.findListedOwners()
	if h.System.Team != "" && names.hasAny(strings.FieldsFunc(h.System.Team, isBetweenOwners)) {
		h.Open = append(h.Open, OpenEnd{Kind: ListedOwner, Where: h.System.Origin, Text: "team: " + h.System.Team})
	}
}

func (h *handing) fileOfLine(line *sources.OwnerLine) string {
	if len(h.evidence.Repositories) > 1 {
		return h.evidence.Repositories[line.Repository].Label + ":" + line.Path
	}
	return line.Path
}

// hasTicket says whether a ticket belongs to what is handed over.
func (h *handing) hasTicket(ticket uint32) bool {
	return h.prefix == "" && (h.system == sources.None || h.systemOf(ticket) == h.system)
}

// systemOf is the system that a ticket belongs to, sources.None for none.
func (h *handing) systemOf(ticket uint32) uint32 {
	if int(ticket) >= len(h.systems.ByTicket) {
		return sources.None
	}
	return h.systems.ByTicket[ticket]
}

func (h *handing) isRunbookOfScope(r *Runbook, thing uint32) bool {
	return h.isOfScope(thing) || slices.Contains(r.Systems, h.System.ID)
}

// isAbout says whether a line lists the owner of something that is handed over.
func (h *handing) isAbout(line *sources.OwnerLine) bool {
	if h.system == sources.None && h.prefix == "" {
		return true
	}
	return slices.ContainsFunc(h.files, func(file uint32) bool {
		t := &h.evidence.Things[h.graph.Files[file].Thing]
		return t.Repository == line.Repository && line.Matches(t.Path)
	})
}
