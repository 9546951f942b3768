package quarterly

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"keyperson/analyzer/quarterly"
	"keyperson/report"
)

// manifest says what a report was made from.
type manifest struct {
	SchemaVersion int                    `json:"schema_version"`
	Tool          string                 `json:"tool"`
	Quarter       string                 `json:"quarter"`
	Compared      string                 `json:"compared_with"` // empty where the history does not reach back
	AsOf          time.Time              `json:"as_of"`
	Language      string                 `json:"language"`
	Incomplete    bool                   `json:"incomplete"`
	Unfinished    bool                   `json:"unfinished"`
	Configuration string                 `json:"configuration"`
	Inputs        []report.ManifestInput `json:"inputs"`
	Files         []manifestFile         `json:"files"`
}

type manifestFile struct {
	File  string `json:"file"`
	Bytes int    `json:"bytes"`
	Hash  string `json:"sha256"`
}

// Files renders a report as report.html and report.md, with a manifest that hashes both; of the manifest given, the
// tool, the hash of the configuration and the inputs are taken over.
func Files(r *quarterly.Report, w *Words, made report.Manifest) ([]report.TableFile, error) {
	c := contentOf(r, w)
	html, err := writeHTML(c)
	if err != nil {
		return nil, err
	}
	markdown, err := writeMarkdown(c)
	if err != nil {
		return nil, err
	}
	m := manifest{
		SchemaVersion: report.SchemaVersion, Tool: made.Tool, Quarter: r.Quarter.String(), AsOf: r.AsOf.UTC(), Language: w.name,
		Incomplete: r.Incomplete, Unfinished: r.Unfinished, Configuration: made.Configuration, Inputs: []report.ManifestInput{},
	}
	if !r.ComparedAsOf.IsZero() {
		m.Compared = r.Compared.String()
	}
	for _, input := range made.Inputs {
		input.Label = report.Clean(input.Label)
		m.Inputs = append(m.Inputs, input)
	}
	files := []report.TableFile{{Name: "report.html", Content: html}, {Name: "report.md", Content: markdown}}
	for _, file := range files {
		hash := sha256.Sum256(file.Content)
		m.Files = append(m.Files, manifestFile{file.Name, len(file.Content), hex.EncodeToString(hash[:])})
	}
	encoded, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode the manifest: %w", err)
	}
	return append(files, report.TableFile{Name: "manifest.json", Content: append(encoded, '\n')}), nil
}

// writeMarkdown renders the content as Markdown, by the format that every other report uses.
func writeMarkdown(c *content) ([]byte, error) {
	format, err := report.Lookup("markdown")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := format.Write(&out, asDocument{c}, report.Options{}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
