package jira

import (
	"strings"

	"keyperson/sources"
)

// user is a person as Jira's REST interface writes them: Cloud by account id, Data Center by key and login name.
// Whoever was deleted is null, or bears nothing but what is left of a name.
type user struct {
	AccountID    string `json:"accountId"`
	Key          string `json:"key"`
	Name         string `json:"name"`
	DisplayName  string `json:"displayName"`
	EmailAddress string `json:"emailAddress"`

	handle string // where there is nothing else, and it may be any of them
}

// people gives each person of a tracker one identity, however many of their handles a place shows.
type people struct {
	label      string
	identities []sources.Identity
	standing   []handleKind      // of each identity's account
	sameAs     []uint32          // of each identity, a smaller index that turned out to be the same person, else itself
	byKey      map[string]uint32 // account ids and keys
	byLogin    map[string]uint32 // a login can pass to someone else once its owner is renamed: keys go first
	bare       map[string]bool   // handles in byKey that may be logins, as nothing but a handle was shown
}

// handleKind orders the handles that an account can be named by: the one that lasts longest is used.
type handleKind uint8

const (
	loginHandle     handleKind = iota // or whatever else there was
	keyHandle                         // of Data Center
	accountIDHandle                   // of Cloud
)

func newPeople(label string) *people {
	return &people{label: label, byKey: map[string]uint32{}, byLogin: map[string]uint32{}, bare: map[string]bool{}}
}

// of returns the identity of a user, sources.None for nobody.
func (p *people) of(u *user) uint32 {
	if u == nil {
		return sources.None
	}
	if u.handle != "" {
		return p.handle(u.handle, u.DisplayName)
	}
	key := u.AccountID
	for _, other := range []string{u.Key, u.Name, u.EmailAddress, u.DisplayName} {
		if key == "" {
			key = strings.TrimSpace(other)
		}
	}
	if key == "" {
		return sources.None
	}
	index := p.known(u, key)
	if index == sources.None {
		index = uint32(len(p.identities))
		p.identities = append(p.identities, sources.Identity{Account: p.label + "/" + key})
		p.standing = append(p.standing, loginHandle)
		p.sameAs = append(p.sameAs, index)
	}
	p.call(index, u)
	p.byKey[key] = index
	if u.AccountID == "" && u.Key == "" {
		p.bare[key] = true
	} else {
		delete(p.bare, key)
		delete(p.bare, u.Key)
		if u.Key != "" {
			p.byKey[u.Key] = index
		}
		if u.Name != "" && p.bare[u.Name] {
			index = p.join(index, p.root(p.byKey[u.Name]))
			delete(p.bare, u.Name)
		}
	}
	if u.Name != "" {
		p.byLogin[u.Name] = index
	}
	p.fill(&p.identities[index], u)
	return index
}

// call names an account by the best handle that is known of it.
func (p *people) call(index uint32, u *user) {
	handle, kind := u.Key, keyHandle
	if u.AccountID != "" {
		handle, kind = u.AccountID, accountIDHandle
	}
	if handle != "" && kind > p.standing[index] {
		p.identities[index].Account, p.standing[index] = p.label+"/"+handle, kind
	}
}

// known looks a user up by each handle that is theirs for good, and joins what turns out to be one person.
func (p *people) known(u *user, key string) uint32 {
	index := sources.None
	for _, handle := range []string{key, u.Key} {
		found, ok := p.byKey[handle]
		switch {
		case handle == "" || !ok:
		case index == sources.None:
			index = p.root(found)
		default:
			index = p.join(index, p.root(found))
		}
	}
	if index == sources.None && u.AccountID == "" && u.Key == "" && u.Name != "" {
		if found, ok := p.byLogin[u.Name]; ok {
			index = p.root(found)
		}
	}
	return index
}

// handle returns the identity of a bare handle, as change logs and tables write people, with the name shown there.
func (p *people) handle(handle, displayName string) uint32 {
	handle = strings.TrimSpace(handle)
	if handle == "" {
		return sources.None
	}
	if found, isKey := p.byKey[handle]; isKey {
		found = p.root(found)
		p.fill(&p.identities[found], &user{DisplayName: displayName})
		return found
	}
	if found, isLogin := p.byLogin[handle]; isLogin {
		return p.root(found)
	}
	index := p.of(&user{Name: handle, DisplayName: displayName})
	p.identities[index].Login = "" // it may be a key
	return index
}

func (p *people) root(index uint32) uint32 {
	for p.sameAs[index] != index {
		index = p.sameAs[index]
	}
	return index
}

func (p *people) join(a, b uint32) uint32 {
	if a == b {
		return a
	}
	kept, gone := min(a, b), max(a, b)
	p.sameAs[gone] = kept
	other := p.identities[gone]
	if p.standing[gone] > p.standing[kept] {
		p.identities[kept].Account, p.standing[kept] = other.Account, p.standing[gone]
	}
	p.fill(&p.identities[kept], &user{Name: other.Login, DisplayName: other.Name, EmailAddress: other.Address})
	return kept
}

// fill adds what is not known yet: the first spelling of a name stays, so that a later page changes nothing.
func (p *people) fill(identity *sources.Identity, u *user) {
	if identity.Name == "" {
		identity.Name = strings.TrimSpace(u.DisplayName)
	}
	if identity.Login == "" {
		identity.Login = u.Name
	}
	if identity.Address == "" && strings.Contains(u.EmailAddress, "@") {
		identity.Address = strings.TrimSpace(u.EmailAddress)
	}
}

// shown returns an identity as it leaves here: where no name is known, the handle is all there is to show.
func (p *people) shown(index uint32) sources.Identity {
	identity := p.identities[index]
	if identity.Name == "" {
		identity.Name = strings.TrimPrefix(identity.Account, p.label+"/")
	}
	return identity
}
