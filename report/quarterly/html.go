package quarterly

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page, its style and its script
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
)

//go:embed page.html
var pageText string

//go:embed page.css
var style string

//go:embed page.js
var script string

// page is laid out once; html/template escapes every text by where it stands.
var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"shown": func(p picture, id, showTable string) shownPicture { return shownPicture{p, id, showTable} },
}).Parse(pageText))

// shownPicture is a picture where it stands on the page.
type shownPicture struct {
	Picture       picture
	ID, ShowTable string
}

// IsNumber says whether a column holds figures.
func (t table) IsNumber(i int) bool { return i < len(t.Numbers) && t.Numbers[i] }

// Class is how a cell is set: figures to the right, signs unbroken, and only words that no column can hold broken.
func (t table) Class(i int, text string) string {
	const longWord = 24
	switch {
	case t.IsNumber(i):
		return "number"
	case t.Titles[i] == "":
		return "sign"
	}
	for _, word := range strings.Fields(text) {
		if len([]rune(word)) > longWord {
			return "long"
		}
	}
	return ""
}

// System is what a filter looks for in a row.
func (t table) System(row int) string { return t.Systems[row] }

// RegionWidth is the width of the half where one absence stops things.
func (s scatter) RegionWidth() float64 { return rounded(s.Right - s.Middle) }

// PlotHeight is the height of the plot without its axes.
func (s scatter) PlotHeight() float64 { return s.Bottom - s.Top }

// writeHTML renders the content as one page that loads nothing: a policy in it allows its own style and script alone.
func writeHTML(c *content) ([]byte, error) {
	var out bytes.Buffer
	err := page.Execute(&out, struct {
		*content
		Policy string
		Style  template.CSS
		Script template.JS
	}{
		c,
		fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'", hashOf(style), hashOf(script)),
		template.CSS(style), template.JS(script), //nolint:gosec // both are constants of this program
	})
	if err != nil {
		return nil, fmt.Errorf("render the page: %w", err)
	}
	return out.Bytes(), nil
}

func hashOf(text string) string {
	hash := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(hash[:])
}
