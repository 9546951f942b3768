package jira

import (
	"strings"
	"time"
)

// monthPrefixes begin the names of months in the languages that Jira writes its exports in: English, German, French,
// Spanish, Portuguese, Italian and Dutch. Jira's default date has the name's first three letters.
var monthPrefixes = [13]string{
	1: "jan ene gen", 2: "feb fév fev", 3: "mar mär mrz maa mrt", 4: "apr avr abr", 5: "may mai mag mei",
	6: "jun juin giu", 7: "jul juil lug", 8: "aug aoû aou ago", 9: "sep set", 10: "oct okt out ott",
	11: "nov", 12: "dec dez déc dic",
}

// monthNamed returns the month that a word names, 0 for none.
func monthNamed(word string) time.Month {
	if len(word) < 3 || len(word) > 12 {
		return 0
	}
	word = strings.ToLower(word)
	best, length := time.Month(0), 0
	for month := 1; month <= 12; month++ {
		for _, prefix := range strings.Fields(monthPrefixes[month]) {
			if len(prefix) > length && strings.HasPrefix(word, prefix) {
				best, length = time.Month(month), len(prefix)
			}
		}
	}
	return best
}

// halfOfDay returns 1 for words that mean before noon, 2 for after it, with how many words say so; 0 for none.
func halfOfDay(words []string) (half, used int) {
	joined := func(n int) string { return strings.ToLower(strings.Join(words[:min(n, len(words))], "")) }
	switch joined(1) {
	case "am", "午前", "오전", "上午":
		return 1, 1
	case "pm", "午後", "오후", "下午":
		return 2, 1
	case "vorm", "nachm":
		half = 1
		if joined(1) == "nachm" {
			half = 2
		}
		if len(words) > 1 && words[1] == "." {
			return half, 2
		}
		return half, 1
	}
	for n := 4; n >= 3; n-- { // "a.m.", "a.m"
		if len(words) < n {
			continue
		}
		switch strings.TrimSuffix(joined(n), ".") {
		case "a.m":
			return 1, n
		case "p.m":
			return 2, n
		}
	}
	return 0, 0
}
