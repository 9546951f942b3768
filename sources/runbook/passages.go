package runbook

import (
	"strings"

	"keyperson/sources"
)

// mostPassages bounds the passages of one kind that are kept of one document.
const mostPassages = 20

// passageForms tell the passages by their words. Those of steps are looked for in steps only.
var passageForms = []struct {
	kind sources.PassageKind
	form *expression
}{
	{sources.Unfinished, lazily(`\b(?:TODO|TBD|TBC|FIXME|XXX)\b|(?i:\b(?:coming soon|work in progress|add (?:content|steps|details|instructions) here|lorem ipsum|placeholder text)\b)|^(?i:to be (?:added|completed|written|done|determined|confirmed))\.?$|未記入|未定|作成中|追記予定|後で書く|要追記`)},
	{sources.Vague, lazily(`(?i)\b(?:if (?:necessary|needed|required|appropriate|applicable)|as (?:necessary|needed|required|appropriate|applicable)|where (?:necessary|appropriate|needed)|somehow|appropriately|the usual way|as usual)\b|適宜|必要に応じて|適切に|状況に応じて|よしなに`)},
	{sources.MentionsAlert, lazily(`(?i)\b(?:this (?:alert|alarm)|alert(?:s)? (?:is|are|will|has|fires?|triggers?|indicates?|means?|when)|alarm (?:is|fires?|triggers?|when)|(?:is|are) (?:triggered|fired|alerted|raised)|fires? when|triggers? when|you (?:receive|get|see) (?:an?|this|the) (?:alert|alarm|page|error|warning|request)|in the event of|use this (?:runbook|procedure|guide|page|document)|this (?:runbook|procedure|guide|page|document) (?:is for|is used|describes|covers|explains|outlines|details|details)|when (?:a|an|the|you|we|someone|there)\b|follow (?:this|these) (?:runbook|procedure|steps) (?:when|if|to)|on (?:request|demand)|every (?:day|week|month|quarter|year|\d)|(?:daily|weekly|monthly|quarterly|annually))|場合に|した際|ときに|の場合|定期的|毎月|毎週|毎日|アラート`)},
	{sources.MentionsAccess, lazily(`(?i)\b(?:you(?:'ll| will)? (?:must|need|require|should have)|requires? (?:access|the|an?|that|permission|admin|cluster)|(?:access|log ?in|login|sign ?in|connect|authenticate) to|logged in(?:to)?|permissions?|credentials|prerequisites?|install(?:ed)? (?:the|on)|have (?:access|installed|the)|admin(?:istrator)? (?:access|role|rights|privileges)|make sure (?:you|that you)|before (?:you|starting|running)|assume (?:the|a|an)? ?role|vpn|member of)\b|前提|権限|ログイン|アクセス|接続し|必要です|インストール`)},
	{sources.MentionsBack, lazily(`(?i)\b(?:roll(?:ing)? ?back|rollback|revert(?:ing|ed)?|undo(?:ing)?|undone|back(?:ing)? out|restor(?:e|ing|ed)|previous (?:version|release|state|value|config\w*|setting\w*|revision)|put (?:it|them) back|re-?enable|uncordon|reinstate|to reverse|switch(?:ing)? back|fail(?:ing)? ?back)\b|切り戻|切戻|ロールバック|元に戻|戻す|復元`)},
	{sources.MentionsPeople, lazily(`(?i)\b(?:escalat\w+|contact (?:the|your|us|our|\w+ support|[#@A-Z])|reach out|on-?call|pagerduty|call out|(?:ask|tell|inform|notify|email|message|ping) (?:the|your|us|our|in|someone|[#@A-Z])|open an? (?:\w+ )?(?:support )?(?:case|ticket|issue|bug)|(?:support|incident) (?:case|ticket|team|lead)|raise (?:a|an|it|the)|service desk|help ?desk|slack|get help|file an? (?:\w+ )?(?:bug|issue))\b|(?:^|\s)[#@][a-z][\w-]{2,}|mailto:|連絡|エスカレーション|問い合わせ|問合せ|報告する|相談`)},
}

// passagesOf finds the passages of a document: vague words only in steps, the others anywhere but in code.
func passagesOf(s *structure, spans []span, steps []step) []sources.Passage {
	inStep := make([]bool, len(s.blocks))
	for i := range steps {
		for b := steps[i].first; b < steps[i].end; b++ {
			inStep[b] = true
		}
	}
	var passages []sources.Passage
	counts := [sources.MentionsPurpose + 1]int{}
	keep := func(kind sources.PassageKind, line int, text string) {
		if counts[kind]++; counts[kind] <= mostPassages {
			passages = append(passages, sources.Passage{Kind: kind, Line: line, Text: shortened(text, longestStep)})
		}
	}
	if line, text := introduction(s, spans); text != "" {
		keep(sources.MentionsPurpose, line, text)
	}
	if title := strings.TrimSpace(titleText(s)); alertName.MatchString(title) {
		keep(sources.MentionsAlert, 1, title)
	}
	isTitle := true
	for i := range s.blocks {
		b := &s.blocks[i]
		if b.kind == codeBlock {
			continue
		}
		isLowerHeading := b.kind == headingBlock && !isTitle // what it announces has to stand below it
		isTitle = isTitle && b.kind != headingBlock
		plain := inlineCode.ReplaceAllString(b.text, " ")
		for _, p := range passageForms {
			if p.kind == sources.Vague && !inStep[i] || isLowerHeading && p.kind != sources.Unfinished {
				continue
			}
			if found := p.form.FindString(plain); found != "" {
				keep(p.kind, b.line, found)
			}
		}
	}
	return passages
}

// alertName is how alert rules are called: a document with such a title is about that alert.
var alertName = lazily(`^\w*[a-z]+[A-Z][a-z]\w*$|^[A-Z][a-z]+(?:[A-Z]\w*)+$`)

func titleText(s *structure) string {
	for i := range s.blocks {
		if s.blocks[i].kind == headingBlock {
			return s.blocks[i].text
		}
	}
	return ""
}

// shortestIntroduction is the number of words from which running text says what a document is about.
const shortestIntroduction = 8

// introduction is the running text above the first section that is not the title.
func introduction(s *structure, spans []span) (line int, text string) {
	for i := range spans {
		if i > 0 && (spans[i].Level > 1 && i > 1 || i > 2) {
			break
		}
		for _, b := range s.blocks[spans[i].first:spans[i].end] {
			if b.kind == textBlock && countWords(b.text) >= shortestIntroduction {
				return b.line, b.text
			}
		}
	}
	return 0, ""
}
