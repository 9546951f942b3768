package report

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"keyperson/analyzer"
	"keyperson/sources"
)

func TestCleanShowsWhatWouldHideOrMove(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain text stays":              {"Ada Example <ada@example.org>", "Ada Example <ada@example.org>"},
		"letters of the world stay":     {"Zoë Łukasz 王小明 محمد", "Zoë Łukasz 王小明 محمد"},
		"joiners in emoji stay":         {"👩‍💻", "👩‍💻"},
		"line breaks":                   {"a\nb\r\tc", `a\nb\r\tc`},
		"terminal escapes":              {"\x1b]0;title\x07", `\x1b]0;title\x07`},
		"eight-bit terminal escapes":    {"\u009b31m", `\u009b31m`},
		"direction overrides":           {"abc\u202egpj.exe\u2066", `abc\u202egpj.exe\u2066`},
		"invisible characters":          {"ad\u200bmin\ufeff", `ad\u200bmin\ufeff`},
		"tag characters":                {"\U000e0041", `\U000e0041`},
		"bytes that are not UTF-8":      {"caf\xe9", `caf\xe9`},
		"delete":                        {"\x7f", `\x7f`},
		"the replacement character":     {"\ufffd", "\ufffd"},
		"separators that end a line":    {"a\u2028b", `a\u2028b`},
		"surrogates encoded one by one": {"\xed\xa0\x80", `\xed\xa0\x80`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

// hostile puts one text in every place of an assessment that a history can reach.
func hostile(s string) Assessment {
	a := sampleAssessment()
	for i := range a.People {
		a.People[i].Name, a.People[i].ID = s, s
	}
	for i := range a.Systems {
		a.Systems[i].ID, a.Systems[i].Name, a.Systems[i].Team, a.Systems[i].Origin, a.Systems[i].VerdictReason = s, s, s, s, s
		for j := range a.Systems[i].OnlyCovered {
			a.Systems[i].OnlyCovered[j].Path = s
		}
	}
	a.Repositories[0].Label, a.Repositories[0].Path = s, s
	a.Census.Bots, a.Census.Agents = []string{s}, []string{s}
	a.Findings = []sources.Finding{{Code: s, Repository: s, Message: s, Advice: s}}
	a.Exclusions.Files[0].Example = s
	a.Unmapped.Example, a.SystemOrigin, a.Method = s, s, analyzer.Method(s)
	a.Sentences = []analyzer.Sentence{{System: s, Code: s, Text: s}}
	return a
}

func FuzzNoTextReachesAFormatUncleaned(f *testing.F) {
	for _, seed := range []string{
		"", "=1+1", "\x1b[2J", "a|b", "`x`", "<script>", "[a](javascript:b)", "\u202e", "\xff\xfe", "a\r\nb", "\t=x", "@a", "'", `"`, "日本語",
		"www.example.org", "https://example.org", "-x", "+x", "\\|", "```", "\u2028",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := hostile(s)
		for _, format := range Names() {
			out := render(t, format, a, Options{Width: 80})
			checkHarmless(t, format, s, out)
		}
		checkCSV(t, s, render(t, "csv", a, Options{}))
		checkMarkdownTables(t, s, render(t, "markdown", a, Options{}))
		if out := render(t, "json", a, Options{}); !json.Valid([]byte(out)) {
			t.Errorf("with text %q the JSON is not valid:\n%s", s, out)
		}
	})
}

func checkHarmless(t *testing.T, format, s, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("%s with text %q is not UTF-8", format, s)
	}
	if format == "csv" {
		out = strings.ReplaceAll(out, "\r\n", "\n")
	}
	for _, r := range out {
		if r != '\n' && !isHarmless(r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Fatalf("%s with text %q contains %q", format, s, r)
		}
	}
}

func checkCSV(t *testing.T, s, out string) {
	t.Helper()
	reader := csv.NewReader(strings.NewReader(out)) // refuses rows of unequal length
	for first := true; ; first = false {
		row, err := reader.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("with text %q the CSV cannot be read back: %v", s, err)
		}
		if !first && row[0] != "1" {
			t.Errorf("with text %q a row does not begin with the schema version: %q", s, row)
		}
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+@\t\r", rune(cell[0])) {
				t.Errorf("with text %q a spreadsheet would compute %q", s, cell)
			}
			if strings.HasPrefix(cell, "-") {
				t.Errorf("with text %q a spreadsheet would compute %q", s, cell)
			}
		}
	}
}

// checkMarkdownTables counts borders: a text that adds one moves every cell after it.
func checkMarkdownTables(t *testing.T, s, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		borders := strings.Count(line, "|") - strings.Count(line, `\|`)
		if strings.Contains(line, `\\\|`) || strings.Contains(line, "<script") {
			continue // a backslash of the text, escaped, before an escaped border
		}
		if borders != 10 && borders != 4 {
			t.Errorf("with text %q a table row has %d borders: %s", s, borders, line)
		}
	}
}

func TestMarkdownTakesTheMeaningFromText(t *testing.T) {
	for in, want := range map[string]string{
		"a|b":                `a\|b`,
		"`x`":                "\\`x\\`",
		"<b>":                "&lt;b&gt;",
		"a & b":              "a &amp; b",
		"[x](http://e.org)":  `\[x\](http&#58;//e.org)`,
		"![x](y)":            `\!\[x\](y)`,
		"*x* _y_ ~z~":        `\*x\* \_y\_ \~z\~`,
		"# x":                `\# x`,
		"- x":                `\- x`,
		"www.e.org":          "www&#46;e.org",
		"@ada":               "@<!-- -->ada",
		"ada@example.org":    "ada&#64;example.org",
		"hit@3 of 0.5":       "hit@3 of 0.5",
		"1. April rota":      `1\. April rota`,
		"12) rota":           `12\) rota`,
		"0.497 of it":        "0.497 of it",
		"$x$":                `\$x\$`,
		`back\slash`:         `back\\slash`,
		"billing: 12 (3 %).": "billing: 12 (3 %).",
	} {
		if got := markdownText(in); got != want {
			t.Errorf("markdownText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCodeSpansHoldTheirBackticks(t *testing.T) {
	for in, want := range map[string]string{
		"keyperson explain src": "`keyperson explain src`",
		"a`b":                   "``a`b``",
		"`":                     "`` ` ``",
		"a```b":                 "````a```b````",
	} {
		if got := codeSpan(in); got != want {
			t.Errorf("codeSpan(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestShellQuotedWordsAreOneWord(t *testing.T) {
	for in, want := range map[string]string{
		"src/net": "src/net", "": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$(x)": "'$(x)'", "*": "'*'",
	} {
		if got := ShellQuoted(in); got != want {
			t.Errorf("ShellQuoted(%q) = %q, want %q", in, got, want)
		}
	}
}
