package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Role is the part that someone was given.
type Role string

// The roles of a cell, one person each unless said otherwise.
const (
	Craftsman  Role = "craftsman"   // good personal work: designs, and rescues nobody has seen before
	Holder     Role = "holder"      // has many routine tasks alone
	Bridge     Role = "bridge"      // writes procedures that others then follow
	Associate  Role = "associate"   // three people who work by procedure
	Leaver     Role = "leaver"      // leaves in the fifth quarter
	Bumper     Role = "bumper"      // moves review dates on, and nothing else
	BulkCloser Role = "bulk closer" // assigns, and closes what has become stale
	Second     Role = "second"      // the second person of a task, leaves in the sixth quarter
	Engineer   Role = "engineer"    // four people, two pairs of whom have nearly the same name; and everyone beyond
)

// The members of a cell by their place in it.
const (
	craftsman = iota
	holder
	bridge
	associateA
	associateB
	associateC
	leaver
	bumper
	bulkCloser
	second
	engineerA // engineerA and engineerB, engineerC and engineerD are near-namesakes
	engineerB
	engineerC
	engineerD
	nobody = -1
)

var memberRoles = [peoplePerCell]Role{
	Craftsman, Holder, Bridge, Associate, Associate, Associate, Leaver, Bumper, BulkCloser, Second, Engineer, Engineer, Engineer, Engineer,
}

// Identity is one form in which a person appears in the records.
type Identity struct {
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	Account string `json:"account,omitempty"` // key in the tracker; empty in git
}

// person is a human of the organisation.
type person struct {
	id            string // login, unique
	given, family string
	role          Role
	main          Identity   // in git
	aliases       []Identity // in git, beside main
	tracker       Identity
	leaves        time.Time // zero: stays
	holidays      []span
}

type span struct{ from, to time.Time }

const office = "nordlight.example"

// name is how colleagues would write the person.
func (p *person) name() string { return p.given + " " + p.family }

func (p *person) hasLeft(at time.Time) bool { return !p.leaves.IsZero() && !at.Before(p.leaves) }

// isAway holds on days off, and for ever after leaving.
func (p *person) isAway(at time.Time) bool {
	for _, holiday := range p.holidays {
		if !at.Before(holiday.from) && at.Before(holiday.to) {
			return true
		}
	}
	return p.hasLeft(at)
}

var givenNames = strings.Fields(`Tomasz Greta Joel Mirela Pedro Oskar Nadia Claus Ines Aurel Bettina Casimir Dagny Eero
	Fenna Gustavo Halina Ivo Jolanda Kaspar Leonie Matteo Noor Otilia Pavel Quirin Rosalind Sigrid Tiago Ursula Vasco
	Wilma Xenia Yannick Zora Amara Bjarne Clio Dario Elvira Florian Giulia Henrik Ilse Jovan Katja Lorenzo Magda Niels
	Olena Piotr Ramona Stellan Tamara Ulrik Viola Wanja Ylva Zeno`)

var japaneseGiven = []struct{ latin, written string }{
	{"Hanae", "花江"}, {"Sayuri", "小百合"}, {"Tatsuya", "達也"}, {"Kiyomi", "清美"}, {"Noriko", "典子"}, {"Masaru", "勝"},
}

var japaneseFamily = []struct{ latin, written string }{
	{"Morikawa", "森川"}, {"Shirakawa", "白川"}, {"Kuwabara", "桑原"}, {"Hoshino", "星野"}, {"Tsukamoto", "塚本"}, {"Aizawa", "相沢"},
}

// nearNames differ by a letter or two, and are names of different people.
var nearNames = [][2]string{
	{"Lena", "Lene"}, {"Marek", "Marko"}, {"Karin", "Karina"}, {"Erik", "Erika"}, {"Jan", "Jana"}, {"Anja", "Anka"}, {"Silvio", "Silvia"}, {"Dorin", "Dorina"},
}

var (
	familyStarts  = strings.Fields("Brand Lind Wierz Abar Ion Quin Fer Reh Vos Dvor Hal Stein Marl Krog Tess Oster Pal Rosk Senn Tolv Ulm Varg Wend Yst Zell Cald Drav Elst Fjor Gald")
	familyMiddles = strings.Fields("a e i o u en el ar or in am es ev il on ur an et")
	familyEnds    = strings.Fields("vold qvist bicki ra escu tal hat mann berg sen ak lund ssen ova di mark stad wick gren dahl nes ner ley ton")
)

// casting hands out names that no two people share.
type casting struct {
	random *rand.Rand
	family map[string]bool
	login  map[string]bool
}

func newCasting(random *rand.Rand) *casting {
	return &casting{random: random, family: map[string]bool{}, login: map[string]bool{}}
}

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }

func (c *casting) familyName() string {
	for {
		name := pick(c.random, familyStarts) + pick(c.random, familyMiddles) + pick(c.random, familyEnds)
		if !c.family[name] {
			c.family[name] = true
			return name
		}
	}
}

// cast makes one person with a mailbox and an account like everyone has.
func (c *casting) cast(role Role, given, family string) *person {
	p := &person{role: role, given: given, family: family}
	base := strings.ToLower(given[:1] + family)
	p.id = base
	for n := 2; c.login[p.id]; n++ {
		p.id = fmt.Sprintf("%s%d", base, n)
	}
	c.login[p.id] = true
	p.main = Identity{Name: p.name(), Address: strings.ToLower(given+"."+family) + "@" + office}
	p.tracker = Identity{Name: p.name(), Account: p.id}
	if c.random.IntN(2) == 0 {
		p.tracker.Address = p.main.Address
	}
	return p
}

// cell casts the fourteen roles of one dozen services.
func (c *casting) cell() []*person {
	members := make([]*person, peoplePerCell)
	for i, role := range memberRoles {
		members[i] = c.cast(role, pick(c.random, givenNames), c.familyName())
	}
	for _, pair := range [][2]int{{engineerA, engineerB}, {engineerC, engineerD}} {
		given, family := pick(c.random, nearNames), c.familyName()
		members[pair[0]] = c.cast(Engineer, given[0], family)
		members[pair[1]] = c.cast(Engineer, given[1], family)
	}
	members[leaver].leaves = quarterStart(4).AddDate(0, 0, 30+c.random.IntN(20))
	members[second].leaves = quarterStart(5).AddDate(0, 0, 30+c.random.IntN(20))
	c.disguise(members)
	for _, p := range members {
		c.giveHolidays(p)
	}
	return members
}

// disguise gives people the other names that people really have: a laptop's, a private mailbox, a code host's
// address, a name written in another order, in another script, without its accent.
func (c *casting) disguise(members []*person) {
	p := members[craftsman]
	p.aliases = []Identity{{Name: p.id, Address: p.id + "@ws-" + strings.ToLower(p.family) + ".local"}}

	p = members[holder]
	p.aliases = []Identity{{Name: p.name(), Address: p.id + "@posteo.example"}}
	p.tracker = Identity{Name: p.family + ", " + p.given, Address: p.main.Address, Account: p.id}

	given, family := pick(c.random, japaneseGiven), pick(c.random, japaneseFamily)
	if !c.family[family.latin] { // in a large organisation they are used up, and the bridge keeps an ordinary name
		c.family[family.latin] = true
		members[bridge] = c.cast(Bridge, given.latin, family.latin)
		members[bridge].tracker.Name = family.written + " " + given.written
	}
	p = members[bridge]
	p.aliases = []Identity{{Name: p.family + " " + p.given, Address: p.main.Address}}
	p.tracker.Address = p.main.Address

	p = members[associateA]
	p.aliases = []Identity{{Name: p.name(), Address: fmt.Sprintf("%d+%s@users.noreply.github.com", 10_000_000+c.random.IntN(80_000_000), p.id)}}

	p = members[associateB]
	p.tracker = Identity{Name: p.name(), Account: p.id}
	p.main.Name = p.given + " " + strings.NewReplacer("e", "é", "o", "ö").Replace(p.family)

	p = members[associateC]
	p.aliases = []Identity{{Name: p.given + " " + string(rune('A'+c.random.IntN(26))) + ". " + p.family, Address: p.id + "@home.example"}}

	p = members[leaver]
	p.tracker.Name = p.name() + " (Inactive)"
}

// giveHolidays takes two weeks off in every half year.
func (c *casting) giveHolidays(p *person) {
	for half := range plantedQuarters / 2 {
		from := quarterStart(2*half).AddDate(0, 0, 10+c.random.IntN(140))
		p.holidays = append(p.holidays, span{from, from.AddDate(0, 0, 14)})
	}
}
