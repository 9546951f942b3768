package runbook

import (
	"strings"

	"keyperson/sources"
)

// mostSteps bounds the steps kept of one document.
const mostSteps = 500

// longestStep is how much of a step's text is kept, in characters.
const longestStep = 200

// step is a step with the blocks it takes up.
type step struct {
	sources.Step
	first, end int // indices into structure.blocks: [first, end)
}

// isActed holds for the sections in which steps are looked for: a way back, or whom to call, is none.
func isActed(role sources.SectionRole) bool {
	return role == sources.Procedure || role == sources.Diagnosis || role == sources.OtherSection || role == sources.Verification
}

// stepsOf finds what there is to do: in each section the items of numbered lists; where a section has none, its
// blocks of commands and, in procedures, the items of its lists; and headings that are numbered themselves.
func stepsOf(s *structure, spans []span) []step {
	var steps []step
	for i := range spans {
		at := &spans[i]
		if !isActed(at.Role) {
			continue
		}
		found := itemSteps(s, at, true)
		if len(found) == 0 && at.Role == sources.Procedure {
			found = itemSteps(s, at, false)
		}
		found = merged(found, codeSteps(s, at, found))
		if len(found) == 0 && numberedHeading.MatchString(at.Heading) {
			found = []step{{sources.Step{Line: at.Line, Text: at.Heading}, at.first, at.end}}
		}
		if numberedHeading.MatchString(at.Heading) {
			for k := range found {
				found[k].IsNumbered = true
			}
		}
		steps = append(steps, found...)
		if len(steps) >= mostSteps {
			steps = steps[:mostSteps]
			break
		}
	}
	for i := range steps {
		if steps[i].first < steps[i].end {
			steps[i].describe(s)
		}
	}
	describeChecks(s, spans, steps)
	return steps
}

var numberedHeading = lazily(`^(?i:step\s+)?\d+(?:\.\d+)*[.):：、．\s]\s*\S|^手順\s*\d+`)

// itemSteps are the outermost items of the numbered, or of all, lists of a section.
func itemSteps(s *structure, at *span, ordered bool) []step {
	var found []step
	for i := at.first; i < at.end; i++ {
		b := &s.blocks[i]
		if b.kind != itemBlock || b.item != i || b.ordered != ordered {
			continue
		}
		end := i + 1
		for end < at.end && s.blocks[end].item == i {
			end++
		}
		found = append(found, step{sources.Step{Line: b.line, Text: b.text, IsNumbered: ordered}, i, end})
	}
	return found
}

// codeSteps are the blocks of commands of a section that stand in no step, each with the text before it.
func codeSteps(s *structure, at *span, taken []step) []step {
	var found []step
	isTaken := func(i int) bool {
		for t := range taken {
			if taken[t].first <= i && i < taken[t].end {
				return true
			}
		}
		return false
	}
	for i := at.first; i < at.end; i++ {
		if s.blocks[i].kind != codeBlock || isTaken(i) {
			continue
		}
		commands, _ := commandsIn(&s.blocks[i])
		if len(commands) == 0 {
			continue
		}
		first, text := i, commands[0]
		if i > at.first && s.blocks[i-1].kind != codeBlock && !isTaken(i-1) {
			first, text = i-1, s.blocks[i-1].text
		}
		found = append(found, step{sources.Step{Line: s.blocks[first].line, Text: text}, first, i + 1})
	}
	return found
}

// merged puts two lists of steps in the order of the document.
func merged(a, b []step) []step {
	var all []step
	for len(a) > 0 && len(b) > 0 {
		if a[0].first < b[0].first {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	return append(append(all, a...), b...)
}

// describe fills in what a step is from the blocks it takes up.
func (st *step) describe(s *structure) {
	whole := []string{st.Text}
	isItem := s.blocks[st.first].kind == itemBlock
	for i := st.first; i < st.end; i++ {
		b := &s.blocks[i]
		if isItem && b.kind != codeBlock {
			st.Words += countWords(b.text)
		}
		if b.kind == codeBlock {
			commands, _ := commandsIn(b)
			st.HasCommand = st.HasCommand || len(commands) > 0
			st.note(commands)
			continue
		}
		commands := inlineCommands(b.text)
		st.HasCommand = st.HasCommand || len(commands) > 0
		st.note(commands)
		if b.text != st.Text {
			whole = append(whole, b.text)
		}
	}
	text := strings.Join(whole, " ")
	st.ChangesState = st.ChangesState || changesByWords(st.Text)
	st.IsManual = !st.HasCommand && manual.MatchString(text)
	st.Hash = sources.StepHash(st.Text)
	st.Text = shortened(strings.Join(strings.Fields(st.Text), " "), longestStep)
}

// note looks at the commands of a step.
func (st *step) note(commands []string) {
	for _, command := range commands {
		st.ChangesState = st.ChangesState || changing.MatchString(command)
		if m := destroying.FindStringSubmatch(command); m != nil && st.Destroys == "" {
			st.Destroys = strings.Join(strings.Fields(m[1]), " ")
			st.ChangesState = true
		}
	}
}

var (
	manual = lazily(`(?i)\b(?:click|select|choose|tick|untick|press|log ?in|sign ?in|navigate|browse|open|go to|visit|fill|drop-?down|button|tab|console|dashboard|portal|page|screen|menu|workflow|pipeline|job|pull request|pr|merge|ask|tell|inform|email|e-mail|call|phone|contact|notify|post|message|slack|approve|approval|review|raise|ticket|issue)\b|クリック|選択|画面|ボタン|ログイン|開く|開き|依頼|連絡|承認|報告|押下|入力`)

	// changeVerbs at the beginning of a sentence change the state of a system.
	changeVerbs = lazily(`(?i)^(?:then |next,? |finally,? |now |please |you can |you should |you must |you need to |if [^,.]{1,80}, (?:then )?)?(?:restart|reboot|delete|remove|deploy|redeploy|apply|upgrade|downgrade|roll ?back|scale|stop|start|disable|enable|rotate|revoke|drain|cordon|terminate|kill|drop|reset|replace|uninstall|restore|promote|demote|fail ?over|reconfigure|flush|purge|clear|resize|increase|decrease|expand|migrate|regenerate|recreate|re-create|truncate|unlock|power (?:on|off)|shut ?down|detach|attach|evict|unseal|suspend|resume)\b`)
	// notASystem follows those verbs where they are about the work or the text, not about a system.
	notASystem = lazily("(?i)^replace (?:the )?[`<]|^replace .{1,60} with|" + `^\S+\s+(?:\S+\s+){0,4}?(?:pull requests?|prs?|tickets?|issues?|branch|comments?|cards?|message|note|timer|conversation|thread|meeting|incident|by|with|with the|from)\b`)

	japaneseChange = lazily(`(?:再起動|再作成|削除|停止|起動|更新|変更|適用|デプロイ|無効化|有効化|切り替え|切替|反映|復元|移行|初期化|リセット|ロールバック|リリース|配置|拡張)(?:する|し|を(?:行|実施|実行)|。|$)`)
)

// changesByWords says whether a step's own words are about changing a system.
func changesByWords(text string) bool {
	text = strings.TrimLeft(text, "*_ ")
	return changeVerbs.MatchString(text) && !notASystem.MatchString(text) || japaneseChange.MatchString(text)
}

var (
	checks   = lazily(`(?i)\b(?:verif(?:y|ies|ied|ication)|validat\w*|check(?:s|ed|ing)?|ensure|confirm\w*|should(?:n't| not| now| then| also)? (?:see|be|show|return|have|display|output|look|say|list|appear|start|report|contain|go|become|recover|resolve|clear)|expect(?:ed|s)?|(?:you|this|it|that|command|output|which) (?:will|should|may) (?:now )?(?:see|show|return|display|output|print|list|report|indicate|give)|wait (?:until|for|till)|make sure|observe|monitor|watch|look (?:for|at)|test (?:that|the|it)|output (?:is|looks|should|will|shows)|see (?:that|if|whether)|successful(?:ly)?|shows? (?:that|it|the|an?|all|no)|once (?:the|it|this|that|all|complete\w*|done|you))\b`)
	japanese = lazily(`確認|検証|こと[。）)]|こと$|表示され|成功|正常|チェック|待つ|待ち`)
	warns    = lazily(`(?i)\b(?:warning|caution|careful(?:ly)?|danger\w*|important|irreversibl\w+|cannot be undone|can't be undone|permanent(?:ly)?|data loss|lose data|lost|back ?up|backed up|backups|snapshot|only (?:if|when|after|once|do)|make sure|ensure|confirm|verify|double-check|must not|do not|don't|never|be aware|note that|safe(?:ly)?)\b|注意|警告|バックアップ|取り消せ|元に戻せ|必ず|退避`)
)

func isCheck(text string) bool { return checks.MatchString(text) || japanese.MatchString(text) }

// describeChecks says of each step that changes something whether it, or what follows before the next such step,
// says what to see, and whether it or what stands just before it warns.
func describeChecks(s *structure, spans []span, steps []step) {
	for i := range steps {
		st := &steps[i]
		end := len(s.blocks)
		for j := i + 1; j < len(steps); j++ {
			if steps[j].ChangesState {
				end = steps[j].first
				break
			}
		}
		st.HasCheck = showsSomething(s, spans, st.first, max(end, st.end), st.ChangesState)
		for k := max(st.first-2, 0); k < st.end; k++ {
			st.HasWarning = st.HasWarning || s.blocks[k].kind != codeBlock && warns.MatchString(s.blocks[k].text)
		}
	}
}

// showsSomething says whether blocks hold words or a section of checking, or a command that only looks. After a
// change only looking that follows it counts.
func showsSomething(s *structure, spans []span, first, end int, changes bool) bool {
	changed := !changes
	for i := first; i < end; i++ {
		b := &s.blocks[i]
		switch b.kind {
		case codeBlock:
			commands, prompts := commandsIn(b)
			for _, command := range commands {
				if changed && looking.MatchString(command) && !changing.MatchString(command) {
					return true
				}
				changed = changed || changing.MatchString(command)
			}
			if prompts && changed && strings.Count(strings.TrimSpace(b.text), "\n") >= len(commands) {
				return true // what is printed stands below the command
			}
			if len(commands) == 0 && changed && i > first {
				return true // what is printed has a block of its own
			}
		case headingBlock:
			if roleAt(spans, i) == sources.Verification {
				return true
			}
		default:
			if isCheck(b.text) {
				return true
			}
			for _, command := range inlineCommands(b.text) {
				if changed && looking.MatchString(command) && !changing.MatchString(command) {
					return true
				}
				changed = changed || changing.MatchString(command)
			}
		}
	}
	return false
}

// roleAt is the role of the section that a heading opens.
func roleAt(spans []span, heading int) sources.SectionRole {
	for i := range spans {
		if spans[i].first == heading+1 {
			return spans[i].Role
		}
	}
	return sources.OtherSection
}
