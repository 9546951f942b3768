package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// PrivacyLanguages are the names of the languages that a Privacy can be written in.
var PrivacyLanguages = []string{"en", "ja"}

// ErrUnknownLanguage is returned for a language that a report cannot be written in.
var ErrUnknownLanguage = errors.New("unknown language")

// Privacy says what personal data the program reads, why, where and how long it is kept, and who sees it: what an
// assessment of data protection asks.
type Privacy struct{ texts privacyTexts }

// PrivacyIn is the statement in a language, or ErrUnknownLanguage.
func PrivacyIn(language string) (Privacy, error) {
	if !slices.Contains(PrivacyLanguages, language) {
		return Privacy{}, fmt.Errorf("%w %q: use one of %s", ErrUnknownLanguage, Clean(language), strings.Join(PrivacyLanguages, ", "))
	}
	if language == "ja" {
		return Privacy{privacyInJapanese}, nil
	}
	return Privacy{privacyInEnglish}, nil
}

// privacyTexts is the statement in one language. Every table has a row for each source or output.
type privacyTexts struct {
	title, purpose, read, kept, seen, never, choices string
	purposes                                         []string
	readTitles, keptTitles, seenTitles               []string
	reads, keeps, sees                               [][]string
	nevers, choicesGiven                             []string
}

// Document is the statement for a reader.
func (p Privacy) Document() Document {
	t := &p.texts
	var d Document
	d.add(Heading{1, t.title}, Heading{2, t.purpose}, List{Items: t.purposes})
	for _, part := range []struct {
		title  string
		titles []string
		rows   [][]string
	}{{t.read, t.readTitles, t.reads}, {t.kept, t.keptTitles, t.keeps}, {t.seen, t.seenTitles, t.sees}} {
		table := Table{}
		for _, title := range part.titles {
			table.Columns = append(table.Columns, Column{Title: title, Wrap: true, Importance: 9})
		}
		for _, row := range part.rows {
			table.Rows = append(table.Rows, cells(row...))
		}
		d.add(Heading{2, part.title}, table)
	}
	d.add(Heading{2, t.never}, List{Items: t.nevers}, Heading{2, t.choices}, List{Items: t.choicesGiven})
	return d
}

// privacyRecord is one statement.
type privacyRecord struct {
	Part    text `csv:"part"`
	Subject text `csv:"subject"`
	First   text `csv:"statement"`
	Second  text `csv:"further"`
}

// Records are the rows of the three tables.
func (p Privacy) Records() any {
	rows := []privacyRecord{}
	for _, part := range []struct {
		name string
		rows [][]string
	}{{"read", p.texts.reads}, {"kept", p.texts.keeps}, {"seen", p.texts.sees}} {
		for _, row := range part.rows {
			rows = append(rows, privacyRecord{text(part.name), text(row[0]), text(row[1]), text(row[2])})
		}
	}
	return rows
}

// View is the statement for a program.
func (p Privacy) View() any {
	return struct {
		SchemaVersion int             `json:"schema_version"`
		Report        string          `json:"report"`
		Statements    []privacyRecord `json:"statements"`
	}{SchemaVersion, "privacy", p.Records().([]privacyRecord)}
}
