package runbook

import (
	"strings"
	"unicode"

	"keyperson/sources"
)

// roleWords are the words of headings by what a section is for. A heading has the first role of which a phrase stands
// in it; a word marked with ! decides only where the heading has at most three words.
var roleWords = []struct {
	role  sources.SectionRole
	words []string
}{
	{sources.Rollback, []string{"rollback", "roll back", "rolling back", "back out", "backout", "revert", "reverting", "undo", "undoing", "切り戻し", "切戻し", "ロールバック", "戻し手順", "元に戻す"}},
	{sources.Escalation, []string{"escalation", "escalate", "escalating", "escalations", "contact", "contacts", "contacting", "who to", "whom to", "getting help", "get help", "!support", "!help", "!owner", "!owners", "エスカレーション", "連絡先", "問い合わせ", "問合せ", "連絡体制", "担当"}},
	{sources.Prerequisites, []string{"prerequisite", "prerequisites", "pre requisite", "pre requisites", "requirements", "before you begin", "before you start", "before starting", "preconditions", "you will need", "you ll need", "you need", "preparation", "preparations", "!access", "!permissions", "!requires", "前提", "事前準備", "準備", "必要なもの", "必要な権限", "必要権限"}},
	{sources.Verification, []string{"verification", "verify", "verifying", "validation", "validate", "validating", "expected result", "expected results", "expected outcome", "expected output", "confirm", "confirming", "post check", "post checks", "!testing", "!check", "!checks", "!test", "確認", "検証", "期待結果", "期待値"}},
	{sources.Trigger, []string{"trigger", "triggers", "symptom", "symptoms", "when to", "when does", "when should", "indication", "indications", "detection", "!alert", "!alerts", "!conditions", "契機", "トリガー", "発生条件", "症状", "検知", "実施タイミング", "実施条件", "アラート"}},
	{sources.Diagnosis, []string{"diagnosis", "diagnose", "diagnosing", "diagnostics", "investigate", "investigation", "investigating", "troubleshoot", "troubleshooting", "debug", "debugging", "analysis", "root cause", "triage", "cause", "causes", "reason", "reasons", "調査", "診断", "切り分け", "原因"}},
	{sources.Procedure, []string{"procedure", "procedures", "step", "steps", "mitigation", "mitigate", "mitigating", "resolution", "resolve", "resolving", "resolutions", "remediation", "remediate", "instructions", "process", "how to", "solution", "solutions", "fix", "fixes", "fixing", "action", "actions", "execution", "workaround", "what to do", "recovery", "手順", "対応", "対処", "対策", "実施", "実行", "作業", "復旧"}},
	{sources.Purpose, []string{"purpose", "meaning", "overview", "summary", "introduction", "description", "impact", "background", "context", "what is", "what this", "what does", "!goal", "!goals", "!scope", "!about", "目的", "概要", "背景", "はじめに", "影響", "意味"}},
}

// roleOf tells what a section is for from its heading.
func roleOf(heading string) sources.SectionRole {
	words := strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	plain := " " + strings.Join(words, " ") + " "
	if strings.HasPrefix(plain, " how to ") || strings.HasPrefix(plain, " how do i ") {
		return sources.Procedure
	}
	for _, role := range roleWords {
		for _, phrase := range role.words {
			phrase, isShort := strings.CutPrefix(phrase, "!")
			if isShort && len(words) > 3 {
				continue
			}
			if isIdeograph([]rune(phrase)[0]) {
				if strings.Contains(plain, phrase) {
					return role.role
				}
			} else if strings.Contains(plain, " "+phrase+" ") {
				return role.role
			}
		}
	}
	return sources.OtherSection
}

// span is a section with the blocks below its heading, those of deeper headings left out.
type span struct {
	sources.Section
	first, end int // indices into structure.blocks: [first, end)
}

// spansOf cuts a document at its headings. The first span is what stands above every heading; the title opens the
// second, and its words say nothing of a role. A section without a role of its own has that of the one it is in.
func spansOf(s *structure) []span {
	spans := []span{{}}
	for i := range s.blocks {
		if s.blocks[i].kind != headingBlock {
			continue
		}
		b := &s.blocks[i]
		spans[len(spans)-1].end = i
		next := span{Section: sources.Section{Heading: shortened(b.text, longestHeading), Line: b.line, Level: b.level}, first: i + 1}
		if len(spans) > 1 || b.level > 1 {
			next.Role = roleOf(b.text)
		}
		spans = append(spans, next)
	}
	spans[len(spans)-1].end = len(s.blocks)
	var above []int // the headings that a section is in
	for i := 1; i < len(spans); i++ {
		for len(above) > 0 && spans[above[len(above)-1]].Level >= spans[i].Level {
			above = above[:len(above)-1]
		}
		if spans[i].Role == sources.OtherSection && len(above) > 0 {
			spans[i].Role = spans[above[len(above)-1]].Role
		}
		words := 0
		for _, b := range s.blocks[spans[i].first:spans[i].end] {
			words += countWords(b.text)
		}
		above = append(above, i)
		for _, open := range above {
			spans[open].Words += words
		}
	}
	return spans
}

const longestHeading = 200

// shortened cuts a text to a number of characters.
func shortened(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	characters := 0
	for i := range text {
		if characters == limit {
			return text[:i]
		}
		characters++
	}
	return text
}
