package demo

import (
	"fmt"
	"strings"
	"time"
)

// step is one thing to do of a procedure.
type step struct{ text, command, check string }

// stepsOf are the steps of the kind's procedure after so many rounds of improvement.
func stepsOf(k *kind, improvements int) []step {
	run := strings.Fields(k.command)[0]
	steps := []step{
		{"Open the ticket and note the values of the placeholders for " + k.name, "", "all placeholders have a value"},
		{"Look at the state before of " + k.service.id, run + " --show", "the state is printed without an error"},
		{"Make the change for " + k.name, k.command, "the command ends with `ok`"},
		{"Look at the state after of " + k.service.id, run + " --show", "the new state is listed"},
	}
	if k.japanese {
		steps = []step{
			{"チケットを開き、値を確認する: " + k.name, "", "すべての値がそろっていること"},
			{"作業前の状態を確認する: " + k.service.id, run + " --show", "エラーなく表示されること"},
			{"作業を実行する: " + k.name, k.command, "`ok` と表示されること"},
			{"作業後の状態を確認する: " + k.service.id, run + " --show", "新しい状態が表示されること"},
		}
	}
	for n := range improvements {
		more := []string{
			"Warn the people on call of " + k.service.plan.customers, "Compare the number of records before and after", "Wait until the replication lag is under a minute",
			"Keep the output of the command as an attachment", "Ask a second pair of eyes when more than ten customers are affected", "Remove the temporary files that the change leaves behind",
		}[n%6]
		steps = append(steps, step{fmt.Sprintf("%s (learned in round %d)", more, n+1), "", "it is noted in the ticket"})
	}
	return steps
}

// document is the state of one procedure document.
type document struct {
	kind         *kind
	owner        *person
	reviewed     time.Time
	improvements int
	typoMended   bool
	brokenLink   bool
}

// render writes the document. A review bump changes its front matter only.
func (d *document) render() []byte {
	var b strings.Builder
	k := d.kind
	fmt.Fprintf(&b, "---\ntitle: %q\nowner: %s\nreviewed: %s\nreview_interval: 180 days\nlanguage: %s\n---\n\n", k.name, d.owner.id,
		d.reviewed.Format(time.DateOnly), map[bool]string{false: "en", true: "ja"}[k.japanese])
	fmt.Fprintf(&b, "# %s\n", k.name)
	d.sections(&b)
	link := "../../../" + k.service.directory + "/README.md"
	if d.brokenLink {
		link = "../../../" + k.service.directory + "/OPERATING.md"
	}
	if k.japanese {
		fmt.Fprintf(&b, "\n## 関連資料\n\n[%s](%s)\n", k.service.id, link)
	} else {
		fmt.Fprintf(&b, "\n## See also\n\nThe service itself: [%s](%s)\n", k.service.id, link)
	}
	return []byte(b.String())
}

func (d *document) sections(b *strings.Builder) {
	k := d.kind
	headings := []string{"Purpose", "When to use it", "Prerequisites", "Procedure", "Rollback", "Escalation"}
	texts := []string{
		fmt.Sprintf("This procedure is for %s of the service %s, on which %s depend.", k.name, k.service.id, k.service.plan.customers),
		fmt.Sprintf("A ticket asks for %s, or the %s alert fires.", k.name, k.service.id),
		"You need an account on the jump host and membership of the operators group, which gives acess to the commands below.",
		"",
		"If a check fails, undo the change and put the ticket back:",
		"If the way back fails too, call the people on call and write in the channel of the service.",
	}
	sees := "Expected result: "
	if k.japanese {
		headings = []string{"目的", "実施条件", "前提条件", "手順", "切り戻し", "エスカレーション"}
		texts = []string{
			"この手順書は " + k.service.id + " の " + k.name + " のためのものです。", "依頼チケットを受け付けたとき、またはアラートが発生したとき。",
			"踏み台サーバのアカウントと運用者グループの権現が必要です。", "", "確認で問題があれば、次のコマンドで元に戻します。", "切り戻しもできない場合は当番に電話し、チャンネルに連絡します。",
		}
		sees = "期待結果: "
	}
	if d.typoMended {
		texts[2] = strings.NewReplacer("acess", "access", "権現", "権限").Replace(texts[2])
	}
	for i, heading := range headings {
		fmt.Fprintf(b, "\n## %s\n\n", heading)
		if texts[i] != "" {
			fmt.Fprintf(b, "%s\n", texts[i])
		}
		switch i {
		case 3:
			for n, s := range stepsOf(k, d.improvements) {
				fmt.Fprintf(b, "%d. %s\n", n+1, s.text)
				if s.command != "" {
					fmt.Fprintf(b, "\n   ```sh\n   %s\n   ```\n", s.command)
				}
				fmt.Fprintf(b, "\n   %s%s.\n\n", sees, s.check)
			}
		case 4:
			fmt.Fprintf(b, "\n```sh\n%s --undo\n```\n", strings.Fields(k.command)[0])
		}
	}
}
