package runbook

import (
	"bytes"
	"path"
	"strings"

	"keyperson/sources"
)

// document is one runbook on its way from a file to evidence.
type document struct {
	thing      uint32
	repository uint32
	path       string
	systems    []string
	content    []byte
}

// explicitAnchor is a place that a document names itself.
var explicitAnchor = lazily(`(?:id|name)\s*=\s*["']([^"']+)["']|\[\[([^\],]+)[^\]]*\]\]|\[#([^\],]+)[^\]]*\]|\.\. _([^:]+):|\{#([^}]+)\}`)

// parse reads what stands in a document. The error is about its front matter; the rest is read all the same.
func (d *document) parse(t *tree, o Options) (sources.Runbook, error) {
	format, stem := formatOf(d.path)
	matter, body, fence, firstLine := splitFrontMatter(d.content)
	told, err := readFrontMatter(matter, fence)
	body = body[:min(len(body), mostParsedBytes)]
	if cut := bytes.LastIndexByte(body, '\n'); len(body) == mostParsedBytes && cut > 0 {
		body = body[:cut]
	}
	body = bytes.ToValidUTF8(body, []byte("?"))
	s := structureOf(format, body, firstLine)
	if told == nil {
		told = frontMatter{}
	}
	for key, values := range s.matter {
		if len(told[key]) == 0 {
			told[key] = values
		}
	}
	r := sources.Runbook{
		Thing: d.thing, Format: format, Language: languageOf(s.blocks), Systems: d.systems,
		Owner: strings.Join(told.all(o.Owner[:1]), " "), Automation: told.first(automationKeys), Describes: told.all(describesKeys),
		Reviewed: dateOf(told.first(o.Reviewed)), IntervalDays: daysOf(told.first(o.Interval)),
	}
	for _, key := range o.Owner[1:] {
		if r.Owner == "" {
			r.Owner = strings.Join(told.all([]string{key}), " ")
		}
	}
	if r.Reviewed == 0 {
		r.Reviewed = statedReview(body)
	}
	r.Title, r.Titled = titleOf(s, told, stem)
	d.fill(&r, s, t, body)
	r.Diagnosis = isDiagnosis(&r, stem)
	return r, err
}

func structureOf(format string, body []byte, firstLine int) *structure {
	switch format {
	case asciidoc:
		return parseAsciiDoc(body, firstLine)
	case restructured:
		return parseReStructuredText(body, firstLine)
	}
	return parseMarkdown(body, firstLine)
}

// titleOf is the title of the front matter, else the first heading, else the file's name.
func titleOf(s *structure, told frontMatter, stem string) (title string, isTitled bool) {
	if title = told.first(titleKeys); title != "" {
		return shortened(title, longestHeading), true
	}
	for i := range s.blocks {
		if s.blocks[i].kind == headingBlock && s.blocks[i].text != "" {
			return shortened(s.blocks[i].text, longestHeading), true
		}
		if i > 1 {
			break
		}
	}
	return stem, false
}

// fill takes sections, steps, commands, parameters, passages and links out of the structure.
func (d *document) fill(r *sources.Runbook, s *structure, t *tree, body []byte) {
	spans := spansOf(s)
	for i := range spans[1:] {
		section := spans[i+1].Section
		if i == 0 && section.Heading == "" {
			section.Heading = r.Title // a template put it there
		}
		r.Sections = append(r.Sections, section)
	}
	steps := stepsOf(s, spans)
	for i := range steps {
		r.Steps = append(r.Steps, steps[i].Step)
	}
	var uses []parameter
	var prose, code strings.Builder
	for i := range s.blocks {
		b := &s.blocks[i]
		if b.kind != codeBlock {
			r.Words += countWords(b.text)
			prose.WriteString(b.text)
			prose.WriteByte('\n')
			uses = append(uses, parametersIn(inlineCommands(b.text), b.line)...)
			continue
		}
		commands, prompts := commandsIn(b)
		code.WriteString(b.text)
		code.WriteByte('\n')
		r.Commands = append(r.Commands, sources.CommandBlock{Line: b.line, Language: b.language, Prompts: prompts, IsShell: len(commands) > 0})
		uses = append(uses, parametersIn(commands, b.line)...)
	}
	r.Parameters = explained(uses, inlineCommand.ReplaceAllString(prose.String(), " "), code.String())
	r.Passages = passagesOf(s, spans, steps)
	anchors := map[string]bool{}
	for i := range s.blocks {
		if s.blocks[i].kind == headingBlock {
			anchors[anchorOf(s.blocks[i].text)] = true
		}
	}
	for _, m := range explicitAnchor.FindAllSubmatch(body, -1) {
		anchors[anchorOf(string(bytes.Join(m[1:], nil)))] = true
	}
	for _, l := range s.links[:min(len(s.links), mostLinks)] {
		r.Links = append(r.Links, sources.Link{Target: l.target, Line: l.line, State: t.resolve(d.path, l.target, anchors)})
	}
}

// inlineCommand is code of several words in running text: a placeholder in it is used there, not explained.
var inlineCommand = lazily("`[^` ]+ [^`]*`")

// mostLinks bounds the links kept of one document.
const mostLinks = 1000

// reviewLine is a line of running text that says when the document was last looked at.
var reviewLine = lazily(`(?i)^[\s>*_|-]*(?:last[ _-]?(?:reviewed|review|updated|verified|checked|tested)(?:[ _-]?(?:on|at|date))?|reviewed(?: on)?|review date|date reviewed|最終(?:更新|確認|レビュー|見直し)日?|更新日|レビュー日|確認日)[\s:：*_|=-]*(.*)$`)

var anyDate = lazily(`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}(?:st|nd|rd|th)? (?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{4}|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{1,2}, \d{4}`)

// statedReview is the newest date of the lines that state a review in the text; 0 for none.
func statedReview(body []byte) int64 {
	newest := int64(0)
	for line := range bytes.Lines(body) {
		if m := reviewLine.FindSubmatch(bytes.TrimSpace(line)); m != nil {
			newest = max(newest, dateOf(anyDate.FindString(string(m[1]))))
		}
	}
	return newest
}

// slugOf is the name by which a document is known in addresses: the file's name without endings.
func slugOf(file string) string {
	_, stem := formatOf(file)
	if stem == "" {
		stem = strings.TrimSuffix(path.Base(file), path.Ext(file))
	}
	return anchorOf(stem)
}
