package identity

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"keyperson/sources"
)

func mustReadAliases(t *testing.T, text string) *Aliases {
	t.Helper()
	aliases, err := ReadAliases("people.yaml", []byte(text))
	if err != nil {
		t.Fatalf("ReadAliases(%q): %v", text, err)
	}
	return aliases
}

func TestTheAliasFileOutranksEveryRule(t *testing.T) {
	aliases := mustReadAliases(t, `
people:
  - name: Ada King
    addresses: [one@x.org, "root <root@localhost>"]
    names: [countess]
  - {name: Helper Person, addresses: [helper@x.org], kind: person}
bots: [sync@x.org]
agents: [Thinker]
different:
  - [mary@a.org, mary@b.org]
  - [nobody@z.org, none@z.org]
`)
	people, findings := Resolve(evidenceFrom("Ada Lovelace <one@x.org>", "root <root@localhost>", "Countess <c@y.org>", "other <root@localhost>",
		"helper[bot] <helper@x.org>", "Sync <sync@x.org>", "thinker <t@x.org>", "Mary Somerville <mary@a.org>", "Mary Somerville <mary@b.org>"), Options{Aliases: aliases})
	by := people.ByIdentity
	if by[0] != by[1] || by[0] != by[2] || by[0] == by[3] || people.Persons[by[0]].Name != "Ada King" {
		t.Errorf("Ada is %v: %+v", by, people.Persons)
	}
	if by[7] == by[8] || len(people.Suspects) != 0 {
		t.Errorf("people set apart are joined or suspected: %+v", people)
	}
	for identity, want := range map[int]sources.PersonKind{4: sources.Human, 5: sources.Bot, 6: sources.Agent} {
		if got := people.Persons[by[identity]].Kind; got != want {
			t.Errorf("identity %d is a %v, want %v", identity, got, want)
		}
	}
	if len(findings) != 1 || findings[0].Code != "unmatched-aliases" || findings[0].Count != 2 {
		t.Errorf("findings: %+v", findings)
	}
}

func TestAliasFilesWithErrorsSayWhere(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"unknown key":       {"people:\n  - name: A\n    mail: [a@x]\n", "people.yaml:3:5: "},
		"wrong shape":       {"people: 7\n", "people.yaml:1:9: "},
		"no YAML":           {"people: [\n", "people.yaml:1:"},
		"no name":           {"people:\n  - addresses: [a@x]\n", "people.yaml:2:"},
		"claimed twice":     {"people:\n  - {name: A, addresses: [a@x]}\n  - {name: B, addresses: [A@X]}\n", "people.yaml:3:27: "},
		"unknown kind":      {"people:\n  - name: A\n    kind: robot\n", "people.yaml:3:11: "},
		"an anchor":         {"bots: [&a x, *a]\n", "people.yaml:1:"},
		"a tag":             {"people:\n !0 #0000\n", "people.yaml:2:"},
		"nested too deeply": {strings.Repeat("[", 1000), "people.yaml:1: "},
		"lonely difference": {"different:\n  - [a@x]\n", "people.yaml:2:"},
		"two documents":     {"bots: [a]\n---\nbots: [b]\n", "people.yaml: "},
		"too large":         {strings.Repeat("#", maxAliasBytes+1), "people.yaml: "},
	} {
		_, err := ReadAliases("people.yaml", []byte(row.text))
		if !errors.Is(err, ErrAliases) || !strings.HasPrefix(fmt.Sprint(err), row.want) {
			t.Errorf("%s: got %v, want an ErrAliases that begins with %q", name, err, row.want)
		}
	}
}

func TestEncodedAliasesReadBackUnchanged(t *testing.T) {
	text := rapid.StringMatching(`[a-zA-Zéß"\\:#'{}\[\] -]{0,10}x`)
	rapid.Check(t, func(t *rapid.T) {
		number := 0
		address := rapid.Custom(func(t *rapid.T) string {
			number++
			return fmt.Sprintf("%s <a%d@x>", text.Draw(t, "name"), number)
		})
		want := &Aliases{
			People: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Alias {
				return Alias{Name: text.Draw(t, "name"), Addresses: rapid.SliceOfN(address, 0, 3).Draw(t, "addresses"), Accounts: rapid.SliceOfN(address, 0, 2).Draw(t, "accounts"), Kind: rapid.SampledFrom([]string{"", "bot"}).Draw(t, "kind")}
			}), 0, 3).Draw(t, "people"),
			Bots:      rapid.SliceOfN(address, 0, 2).Draw(t, "bots"),
			Different: rapid.SliceOfN(rapid.SliceOfN(address, 2, 3), 0, 2).Draw(t, "different"),
		}
		encoded := want.Encode()
		got, err := ReadAliases("f", encoded)
		if err != nil {
			t.Fatalf("%v in:\n%s", err, encoded)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(Aliases{})); diff != "" {
			t.Fatalf("(-want +got):\n%s\nin:\n%s", diff, encoded)
		}
	})
}

func TestTheWrittenAliasFileKeepsEveryoneJoined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvidence(t)
		people, _ := Resolve(e, Options{})
		written := WriteAliases(people, e)
		aliases, err := ReadAliases("people.yaml", written)
		if err != nil {
			t.Fatalf("%v in:\n%s", err, written)
		}
		again, _ := Resolve(e, Options{Aliases: aliases})
		for _, merge := range people.Merges {
			if again.ByIdentity[merge.A] != again.ByIdentity[merge.B] {
				t.Fatalf("identities %q: %+v is undone by:\n%s", e.Identities, merge, written)
			}
		}
		for i, number := range people.ByIdentity {
			if found, kept := people.Persons[number].Kind, again.Persons[again.ByIdentity[i]].Kind; found != kept {
				t.Fatalf("%q was a %v, is a %v with:\n%s", e.Identities[i], found, kept, written)
			}
		}
	})
}

func TestProgramsAreRecognisedNarrowly(t *testing.T) {
	for text, want := range map[string]sources.PersonKind{
		"dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>":                sources.Bot,
		"renovate-bot <someone@x.org>":                                                       sources.Bot,
		"Jenkins CI <ci@x.org>":                                                              sources.Bot,
		"GitHub <noreply@github.com>":                                                        sources.Bot,
		"Claude Opus 4.7 <noreply@anthropic.com>":                                            sources.Agent,
		"Copilot <198982749+Copilot@users.noreply.github.com>":                               sources.Agent,
		"Cursor Agent <cursoragent@cursor.com>":                                              sources.Agent,
		"Devin <158243242+devin-ai-integration[bot]@users.noreply.github.com>":               sources.Agent,
		"google-labs-jules[bot] <161369871+google-labs-jules[bot]@users.noreply.github.com>": sources.Agent,
		"Gemini 2.5 Flash <>":                                                                sources.Agent,
		"aider (gpt-5) <aider@aider.chat>":                                                   sources.Agent,
		"Claude <claude@orange.fr>":                                                          sources.Human,
		"Devin Jones <devin@x.org>":                                                          sources.Human,
		"Claude <1+claude@users.noreply.github.com>":                                         sources.Human,
		"Joe Blow (aider) <joe@x.org>":                                                       sources.Human,
		"Lowell Abbott <lowell.abbott@gmail.com>":                                            sources.Human,
		"Botond <botond@x.org>":                                                              sources.Human,
		"Theo Talbot <botovq@users.noreply.github.com>":                                      sources.Human,
		"Ada Lovelace <noreply@github.com>":                                                  sources.Human,
		"Ada Lovelace <ada@users.noreply.github.com>":                                        sources.Human,
		"Jenkins <jane@jenkins.org>":                                                         sources.Human,
	} {
		people, _ := Resolve(evidenceFrom(text), Options{})
		if got := people.Persons[0]; got.Kind != want || (want == sources.Human) != (got.KindReason == "") {
			t.Errorf("%s is a %v (%q), want %v", text, got.Kind, got.KindReason, want)
		}
	}
}

func TestLinesOfErrorsAreRightInAliasFilesFromWindows(t *testing.T) {
	_, err := ReadAliases("f", []byte("# a\r\n# b\r\npeople: 5\r\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "f:3:") {
		t.Errorf("got error %v, want one on line 3", err)
	}
}

func FuzzReadAliases(f *testing.F) {
	f.Add([]byte("people:\n  - {name: A, addresses: [a@x]}\nbots: [b]\n"))
	f.Add([]byte("different: [[a, b]]"))
	f.Add([]byte("- - - [{"))
	f.Add([]byte("people:\n !0 #00000"))
	f.Fuzz(func(t *testing.T, data []byte) {
		aliases, err := ReadAliases("f", data)
		if (aliases == nil) == (err == nil) {
			t.Errorf("aliases %v with error %v", aliases, err)
		}
	})
}
