package analyzer

import (
	"slices"
	"strings"

	"keyperson/sources"
)

// nothingDone are the resolutions, and statuses where a tracker has no resolutions, that say that a ticket ended
// without its work being done.
var nothingDone = []string{
	"duplicate", "duplicated", "won't fix", "won't do", "will not fix", "will not do", "cannot reproduce", "can't reproduce",
	"not reproducible", "unable to reproduce", "declined", "rejected", "denied", "invalid", "incomplete", "not a bug", "not our bug",
	"not an issue", "not an error", "works as designed", "as designed", "by design", "works for me", "obsolete", "withdrawn", "cancelled",
	"canceled", "closed/cancelled", "closed cancelled", "abandoned", "needs more info", "needs more information", "need more info", "no response",
	"hold", "on hold", "deferred", "postponed", "no action", "no action required", "out of scope",
	"重複", "修正しない", "対応しない", "対応不要", "再現できない", "再現できません", "再現不可", "再現せず", "却下", "拒否", "否認", "無効", "不完全", "情報不足",
	"取り下げ", "取下げ", "キャンセル", "中止", "見送り", "仕様", "仕様通り", "不採用", "保留", "不具合ではない",
}

// endsUndone says whether a resolution or status means that nothing was done, and which of the two said so.
func endsUndone(ticket *sources.Ticket) (word string, undone bool) {
	for _, word := range []string{ticket.Resolution, ticket.Status} {
		plain := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(word, "’", "'")))
		if slices.Contains(nothingDone, plain) || slices.Contains(nothingDone, strings.ReplaceAll(plain, "wont ", "won't ")) {
			return strings.TrimSpace(word), true
		}
	}
	return "", false
}
