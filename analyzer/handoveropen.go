package analyzer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"keyperson/sources"
)

// findOpenEnds lists what still names the leaver: open tickets, runbooks, lines that list owners.
func (h *handing) findOpenEnds() {
	for _, i := range h.x.seen {
		t := &h.evidence.Tickets[i]
		if t.Assignee == sources.None || h.people.ByIdentity[t.Assignee] != h.leaver || h.isResolved(t) || !h.hasTicket(i) {
			continue
		}
		h.Open = append(h.Open, OpenEnd{OpenTicket, t.Key, t.Summary})
	}
	names := h.namesOfLeaver()
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
		h.Open = append(h.Open, OpenEnd{RunbookOwner, where, text})
	}
	for i := range h.question.OwnerLines {
		line := &h.question.OwnerLines[i]
		if line.Matches != nil && names.hasAny(line.Owners) && h.isAbout(line) {
			h.Open = append(h.Open, OpenEnd{ListedOwner, fmt.Sprintf("%s:%d", h.fileOfLine(line), line.Line), line.Text})
		}
	}
	if h.System.Team != "" && names.hasAny(strings.FieldsFunc(h.System.Team, isBetweenOwners)) {
		h.Open = append(h.Open, OpenEnd{ListedOwner, h.System.Origin, "team: " + h.System.Team})
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
	if h.prefix != "" {
		return false
	}
	return h.system == sources.None || int(ticket) < len(h.systems.ByTicket) && h.systems.ByTicket[ticket] == h.system
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

// nameSet holds the ways in which someone is written, as plainName makes them.
type nameSet map[string]bool

func (n nameSet) hasAny(texts []string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return n[plainName(text)] })
}

func isBetweenOwners(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\t' }

// plainName makes a name, an account and a handle equal: its letters and digits; an address stays whole.
func plainName(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if at := strings.IndexByte(text, '@'); at > 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// namesOfLeaver are the names, addresses, accounts and logins of the leaver. A first name alone is nobody.
func (h *handing) namesOfLeaver() nameSet {
	names := nameSet{}
	add := func(text string) {
		if plain := plainName(text); len(plain) > 2 {
			names[plain] = true
		}
	}
	person := &h.people.Persons[h.leaver]
	for _, i := range person.Identities {
		written := &h.evidence.Identities[i]
		for _, name := range []string{written.Name, h.people.Persons[h.leaver].Name} {
			if strings.ContainsAny(strings.TrimSpace(name), " .-_") || written.Account != "" && name == written.Login {
				add(name)
			}
		}
		add(written.Address)
		add(written.Login)
		if _, key, isAccount := strings.Cut(written.Account, "/"); isAccount {
			add(key)
		}
		if local, domain, isAddress := strings.Cut(strings.ToLower(written.Address), "@"); isAddress && strings.HasPrefix(domain, "users.noreply.") {
			if _, login, hasNumber := strings.Cut(local, "+"); hasNumber {
				local = login
			}
			add(local)
		}
	}
	return names
}
