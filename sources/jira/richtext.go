package jira

import (
	"encoding/json"
	"strings"
)

// richText is a long text: wiki markup or Markdown as it stands, or a document of Cloud's API v3 rewritten as lines
// in which links, numbered items and boxes to tick look as they do in wiki markup.
type richText string

// UnmarshalJSON takes a text, a document or null.
func (t *richText) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		return json.Unmarshal(data, (*string)(t))
	case '{':
		var root node
		if err := json.Unmarshal(data, &root); err != nil {
			return err
		}
		var writer documentWriter
		writer.write(&root, 0, "")
		*t = richText(writer.String())
		return nil
	case 'n':
		*t = ""
		return nil
	}
	return &json.UnmarshalTypeError{Value: "value", Field: "rich text"}
}

// node is one node of the Atlassian Document Format.
type node struct {
	Type    string `json:"type"`
	Text    string `json:"text"`
	Content []node `json:"content"`
	Marks   []mark `json:"marks"`
	Attrs   attrs  `json:"attrs"`
}

type mark struct {
	Type  string `json:"type"`
	Attrs attrs  `json:"attrs"`
}

// attrs are the attributes that matter; values of other types than expected are no concern of ours.
type attrs struct {
	Href, URL, Text string
}

func (a *attrs) UnmarshalJSON(data []byte) error {
	var all map[string]json.RawMessage
	if json.Unmarshal(data, &all) != nil {
		return nil
	}
	for name, target := range map[string]*string{"href": &a.Href, "url": &a.URL, "text": &a.Text} {
		_ = json.Unmarshal(all[name], target) // a value that is no text stays out
	}
	return nil
}

// maxDocumentDepth bounds the nesting of a document; what lies deeper is left out.
const maxDocumentDepth = 200

type documentWriter struct{ strings.Builder }

// write appends a node; item is what begins the lines of list items here.
func (w *documentWriter) write(n *node, depth int, item string) {
	if depth > maxDocumentDepth {
		return
	}
	switch n.Type {
	case "text":
		w.WriteString(n.Text)
		for _, m := range n.Marks {
			if m.Type == "link" && m.Attrs.Href != "" {
				w.WriteString(" " + m.Attrs.Href + " ")
			}
		}
		return
	case "inlineCard", "blockCard", "embedCard":
		w.WriteString(" " + n.Attrs.URL + " ")
		return
	case "mention", "emoji":
		w.WriteString(n.Attrs.Text)
		return
	case "hardBreak":
		w.WriteByte('\n')
		return
	case "orderedList":
		item = "1. "
	case "bulletList", "decisionList":
		item = "- "
	case "taskList":
		item = "- [ ] "
	case "listItem", "taskItem", "decisionItem":
		w.newLine()
		w.WriteString(item)
		for i := range n.Content {
			if i > 0 {
				w.newLine()
			}
			w.inItem(&n.Content[i], depth+1)
		}
		w.newLine()
		return
	}
	block := n.Type == "paragraph" || n.Type == "heading" || n.Type == "codeBlock" || n.Type == "tableCell" || n.Type == "tableHeader"
	if block {
		w.newLine()
	}
	for i := range n.Content {
		w.write(&n.Content[i], depth+1, item)
	}
	if block {
		w.newLine()
	}
}

// inItem writes what an item of a list contains: its paragraph stays on the item's own line.
func (w *documentWriter) inItem(n *node, depth int) {
	if n.Type != "paragraph" {
		w.write(n, depth, "")
		return
	}
	for i := range n.Content {
		w.write(&n.Content[i], depth+1, "")
	}
}

func (w *documentWriter) newLine() {
	if text := w.String(); text != "" && text[len(text)-1] != '\n' {
		w.WriteByte('\n')
	}
}
