package analyzer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

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

// writtenAs are the names, addresses, accounts and logins of someone, and what the alias file calls them besides. A first name
// alone is nobody.
func (h *handing) writtenAs(index uint32) nameSet {
	names := nameSet{}
	add := func(text string) {
		if plain := plainName(text); len(plain) > 2 {
			names[plain] = true
		}
	}
	person := &h.people.Persons[index]
	for _, i := range person.Identities {
		written := &h.evidence.Identities[i]
		for _, name := range []string{written.Name, person.Name} {
			if strings.ContainsAny(strings.TrimSpace(name), " .-_") || written.Account != "" && name == written.Login {
				add(name)
			}
		}
		add(written.Address)
		add(written.Login)
		if _, key, isAccount := strings.Cut(written.Account, "/"); isAccount {
			add(key)
		}
		add(noreplyLogin(written.Address))
	}
	for _, alias := range h.question.Aliases {
		if isListed(h.evidence, person, alias.Of) {
			for _, name := range alias.Names {
				add(name)
			}
		}
	}
	return names
}

// noreplyLogin is the login in an address that a code host gives to who hides theirs: login@, number+login@ or number-login@users.noreply.…;
// empty for any other.
func noreplyLogin(address string) string {
	local, domain, isAddress := strings.Cut(strings.ToLower(address), "@")
	if !isAddress || !strings.HasPrefix(domain, "users.noreply.") {
		return ""
	}
	for _, separator := range []string{"+", "-"} {
		if number, login, hasNumber := strings.Cut(local, separator); hasNumber && number != "" && strings.Trim(number, "0123456789") == "" {
			return login
		}
	}
	return local
}

// owners tells whom lines that list owners name.
type owners struct {
	byName  map[string][]uint32 // people, by what names them
	byLocal map[string][]uint32 // people, by what their address begins with
	teams   nameSet             // of systems
}

// roles are addresses of no one in particular.
var roles = nameSet{
	"admin": true, "info": true, "mail": true, "root": true, "git": true, "dev": true, "ops": true, "support": true, "contact": true, "team": true,
	"noreply": true, "build": true, "release": true, "security": true, "webmaster": true,
}

func (h *handing) owners() *owners {
	o := &owners{byName: map[string][]uint32{}, byLocal: map[string][]uint32{}, teams: nameSet{}}
	for i := range h.systems.Systems {
		if system := &h.systems.Systems[i]; !strings.Contains(system.Origin, "CODEOWNERS") { // or every owner of its lines were a team
			o.teams[plainName(system.Team)] = true
		}
	}
	for i := range h.people.Persons {
		person := uint32(i)
		for name := range h.writtenAs(person) {
			o.byName[name] = append(o.byName[name], person)
		}
		for _, identity := range h.people.Persons[i].Identities {
			local, _, _ := strings.Cut(h.evidence.Identities[identity].Address, "@")
			if local = plainName(local); len(local) > 2 && !roles[local] && !slices.Contains(o.byLocal[local], person) {
				o.byLocal[local] = append(o.byLocal[local], person)
			}
		}
	}
	return o
}

// names says whether an owner is someone, with the reason where it is not one of their names: that it is what their address begins with,
// and nobody else's does or is called so.
func (o *owners) names(owner string, person uint32) (reason string, isThem bool) {
	plain := plainName(owner)
	known := o.byName[plain]
	switch {
	case slices.Contains(known, person):
		return "", true
	case len(known) == 0 && len(o.byLocal[plain]) == 1 && o.byLocal[plain][0] == person:
		return fmt.Sprintf("%s is what their address begins with, and nobody else's", strings.TrimPrefix(owner, "@")), true
	}
	return "", false
}

// isUnknown says whether an owner is nobody whom anyone knows, and no team of an organisation or of a system.
func (o *owners) isUnknown(owner string) bool {
	plain := plainName(owner)
	return plain != "" && !o.teams[plain] && !strings.Contains(owner, "/") && len(o.byName[plain]) == 0 && len(o.byLocal[plain]) != 1
}

// findListedOwners lists the lines about what is handed over that name the leaver, and those that name someone nobody knows, who may
// be them.
func (h *handing) findListedOwners() {
	o := h.owners()
	for i := range h.question.OwnerLines {
		line := &h.question.OwnerLines[i]
		if line.Matches == nil {
			continue
		}
		reason, isLeaver, isUnknown := "", false, false
		for _, owner := range line.Owners {
			why, isThem := o.names(owner, h.leaver)
			if isThem && (!isLeaver || why == "") {
				reason, isLeaver = why, true
			}
			isUnknown = isUnknown || o.isUnknown(owner)
		}
		if (isLeaver || isUnknown) && h.isAbout(line) {
			end := OpenEnd{Kind: ListedOwner, Where: fmt.Sprintf("%s:%d", h.fileOfLine(line), line.Line), Text: line.Text, Why: reason}
			if !isLeaver {
				end.Kind = UnknownOwner
			}
			h.Open = append(h.Open, end)
		}
	}
}

// Alias is what a team states that someone is called besides what the evidence knows.
type Alias struct {
	Of    []string // IDs, names, addresses or accounts, one of which the evidence knows
	Names []string
}

// unknownOwnerCriterion asks a person where lines name someone whom nobody knows.
func (h *handing) unknownOwnerCriterion() {
	var places []string
	for i := range h.Open {
		if h.Open[i].Kind == UnknownOwner {
			places = append(places, h.Open[i].Where)
		}
	}
	if len(places) > 0 {
		h.Criteria = append(h.Criteria, Criterion{
			ID: "unknown-owners", Text: fmt.Sprintf("%s whom nobody knows is not %s", plural(len(places), "owner", "owners"), h.name(h.leaver)), State: Manual,
			Detail: found(places) + ": if it is them, list the login under names of the alias file",
		})
	}
}
