package identity

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

const aliasHeader = `# Who is who, for Keyperson. What stands here outranks every rule; commit it with the code.
#
# people:    everything one entry selects is one person.
#              name       the name to show
#              addresses  e-mail addresses, or "Name <address>" where others use the address too
#              names      names that are theirs at any address
#              accounts   accounts in trackers, as tracker/key
#              kind       person (default), bot or agent
# bots:      automation accounts, by name, address, "Name <address>" or "account:tracker/key"
# agents:    AI assistants, likewise
# different: lists of people who are never to be joined, likewise
`

// Encode writes the aliases as a commented file that ReadAliases reads back unchanged.
func (a *Aliases) Encode() []byte {
	var out bytes.Buffer
	out.WriteString(aliasHeader)
	a.writeBody(&out)
	return out.Bytes()
}

func (a *Aliases) writeBody(out *bytes.Buffer) {
	if len(a.People) > 0 {
		out.WriteString("\npeople:\n")
		for _, person := range a.People {
			fmt.Fprintf(out, "  - name: %s\n", quoteYAML(person.Name))
			writeStrings(out, "    ", "addresses", person.Addresses)
			writeStrings(out, "    ", "names", person.Names)
			writeStrings(out, "    ", "accounts", person.Accounts)
			if person.Kind != "" {
				fmt.Fprintf(out, "    kind: %s\n", quoteYAML(person.Kind))
			}
		}
	}
	writeTopLevel(out, "bots", a.Bots)
	writeTopLevel(out, "agents", a.Agents)
	if len(a.Different) > 0 {
		out.WriteString("\ndifferent:\n")
		for _, list := range a.Different {
			fmt.Fprintf(out, "  - %s\n", flowList(list))
		}
	}
}

func writeTopLevel(out *bytes.Buffer, key string, list []string) {
	if len(list) > 0 {
		out.WriteByte('\n')
		writeStrings(out, "", key, list)
	}
}

func writeStrings(out *bytes.Buffer, indent, key string, list []string) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "%s%s:\n", indent, key)
	for _, text := range list {
		fmt.Fprintf(out, "%s  - %s\n", indent, quoteYAML(text))
	}
}

func flowList(list []string) string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = quoteYAML(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// quoteYAML writes a double-quoted scalar, in which YAML and this code agree on every escape.
func quoteYAML(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range repairEncoding(text) {
		switch {
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// WriteAliases writes the alias file that states what was found: everyone with several identities,
// bots and agents, and as comments the suspects, to be decided by removing the comment signs of one
// of the two suggestions. ReadAliases accepts it, and resolving with it keeps joined what was joined;
// as statements weigh more than rules, a rule may then join what was too uncertain before.
func WriteAliases(people *sources.People, e *sources.Evidence) []byte {
	var out bytes.Buffer
	out.WriteString(aliasHeader)
	aliasesOf(people, e).writeBody(&out)
	if len(people.Suspects) == 0 {
		return out.Bytes()
	}
	out.WriteString("\n# May be one person each. To join, move the addresses into one entry under people;\n" +
		"# to keep apart for good, add the line to different.\n")
	for _, suspect := range people.Suspects {
		a, b := people.Persons[suspect.A], people.Persons[suspect.B]
		fmt.Fprintf(&out, "#\n# %s\n#   people:\n#     - {name: %s, addresses: %s}\n#   different:\n#     - %s\n",
			oneLine(suspect.Reason), quoteYAML(a.Name),
			flowList(append(selectorsOf(a, e, nil), selectorsOf(b, e, nil)...)),
			flowList([]string{selectorsOf(a, e, nil)[0], selectorsOf(b, e, nil)[0]}))
	}
	return out.Bytes()
}

func oneLine(text string) string {
	quoted := quoteYAML(text)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

func aliasesOf(people *sources.People, e *sources.Evidence) *Aliases {
	owners := map[string]map[uint32]bool{}
	for i, identity := range e.Identities {
		folded := foldAddress(identity.Address)
		if owners[folded] == nil {
			owners[folded] = map[uint32]bool{}
		}
		owners[folded][people.ByIdentity[i]] = true
	}
	isAlone := func(folded string) bool {
		return len(owners[folded]) == 1 && parseSelector(folded) == selector{address: folded} && parseAddress(folded).reach != noReach
	}
	aliases := &Aliases{}
	for _, person := range people.Persons {
		if person.Kind == sources.Human && len(person.Identities) < 2 {
			continue
		}
		entry := Alias{Name: person.Name}
		for _, text := range selectorsOf(person, e, isAlone) {
			if account, ok := strings.CutPrefix(text, accountPrefix); ok {
				entry.Accounts = append(entry.Accounts, account)
			} else {
				entry.Addresses = append(entry.Addresses, text)
			}
		}
		if person.Kind != sources.Human {
			entry.Kind = person.Kind.String()
		}
		aliases.People = append(aliases.People, entry)
	}
	return aliases
}

// selectorsOf selects exactly one person's identities: by address where nobody else uses it.
func selectorsOf(person sources.Person, e *sources.Evidence, isAlone func(string) bool) []string {
	var selectors []string
	for _, index := range person.Identities {
		identity := e.Identities[index]
		if account := strings.TrimSpace(identity.Account); account != "" {
			selectors = append(selectors, accountPrefix+account)
			continue
		}
		folded := foldAddress(identity.Address)
		if isAlone != nil && isAlone(folded) {
			selectors = append(selectors, folded)
			continue
		}
		selectors = append(selectors, strings.Join(strings.Fields(repairEncoding(identity.Name)), " ")+" <"+folded+">")
	}
	slices.Sort(selectors)
	return slices.Compact(selectors)
}
