package identity

import "testing"

func TestTheNameBeforeAMailmapStillJoins(t *testing.T) {
	const newname = "Bettina Newname <bettina.newname@engine.org> Bettina Oldham <bettina.oldham@engine.org>\n"
	for name, row := range map[string]struct {
		mailmap string
		texts   []string
		isOne   bool // the first two
	}{
		"an account has the old name":       {newname, []string{"Bettina Oldham <bettina.oldham@engine.org>", "Bettina Oldham [ops/1 boldham]"}, true},
		"an address that the mailmap lacks": {newname, []string{"Bettina Oldham <bettina.oldham@engine.org>", "Bettina Oldham <b@home.net>"}, true},
		"another address and no name": {
			"<bettina@engine.org> <bettina.oldham@engine.org>\n", []string{"Bettina Oldham <bettina.oldham@engine.org>", "Bettina Oldham [ops/1 boldham]"}, true,
		},
		"an account of the old name, all words changed": {
			"Ada King <king@engine.org> Augusta Byron <augusta@engine.org>\n", []string{"Augusta Byron <augusta@engine.org>", "Augusta Byron [ops/1 abyron]"}, true,
		},
		// Ada once committed under Augusta's name, which the mailmap corrects.
		"a name that was never theirs": {
			"Ada King <king@engine.org> Augusta Byron <king@engine.org>\n", []string{"Augusta Byron <king@engine.org>", "Augusta Byron <augusta@home.net>"}, false,
		},
		"namesakes whom the mailmap tells apart": {
			"Bettina Oldham Amt <a@engine.org> <a@engine.org>\nBettina Oldham Zell <z@engine.org> <z@engine.org>\n",
			[]string{"Bettina Oldham [ops/1 boldham]", "Bettina Oldham <a@engine.org>", "Bettina Oldham <z@engine.org>"},
			false,
		},
		"two accounts of that name": {newname, []string{"Bettina Oldham <bettina.oldham@engine.org>", "Bettina Oldham [ops/1]", "Bettina Oldham [ops/2]"}, false},
		"an account of their own under the new name": {
			newname, []string{"Bettina Oldham <bettina.oldham@engine.org>", "Bettina Oldham [ops/1]", "Bettina Newname [ops/2]"}, false,
		},
		"a common name": {
			"Jonathan Smith <j@engine.org> John Smith <js@engine.org>\n", []string{"John Smith <js@engine.org>", "John Smith [ops/1]"}, false,
		},
	} {
		mailmap, problems := ParseMailmap([]byte(row.mailmap))
		if len(problems) > 0 {
			t.Fatalf("%s: %+v", name, problems)
		}
		people, _ := Resolve(evidenceAcross(row.texts...), Options{Mailmaps: []*Mailmap{mailmap}})
		if got := people.ByIdentity[0] == people.ByIdentity[1]; got != row.isOne {
			t.Errorf("%s: one person: got %v, want %v; merges %+v, suspects %+v", name, got, row.isOne, people.Merges, people.Suspects)
		}
	}
}
