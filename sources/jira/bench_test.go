package jira

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// generated returns n issues, one a line, with the texts, comments and change log that an issue of operations has.
func generated(n int) string {
	var lines strings.Builder
	text := strings.Repeat(`The certificate of the gateway runs out. See [the runbook|https://wiki.example.org/cert] and ops/cert.md.\n# Fetch\n# Restart\n`, 6)
	for i := range n {
		fmt.Fprintf(&lines, `{"id":"%d","key":"OPS-%d","fields":{"summary":"Renew %d","created":%q,"updated":%q,"description":"%s","reporter":%s,"assignee":%s,"labels":["tls"],"watchers":{"self":"https://jira.example.org/rest/api/2/issue/OPS-%d/watchers","names":[1,2,3,4]},"comment":{"total":3,"comments":[`,
			i, i+1, i, minute(i%600), minute(i%600+60), text, tri, bob, i)
		for c := range 3 {
			if c > 0 {
				lines.WriteByte(',')
			}
			fmt.Fprintf(&lines, `{"id":"%d","author":%s,"updateAuthor":%s,"created":%q,"body":"%s"}`, i*10+c, ann, ann, minute(i%600+c), text)
		}
		fmt.Fprintf(&lines, `]}},"changelog":{"total":2,"histories":[%s,%s]}}`+"\n",
			entry(fmt.Sprint(i*10+5), tri, i%600+1, assign("tri", "bob")), entry(fmt.Sprint(i*10+6), bob, i%600+9, resolve))
	}
	return lines.String()
}

func BenchmarkReadJSON(b *testing.B) {
	const issues = 2000
	text := generated(issues)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		history, err := Read(context.Background(), "ops", "generated", strings.NewReader(text), FileOptions{})
		if err != nil || len(history.Tickets) != issues {
			b.Fatal(len(history.Tickets), err)
		}
	}
	b.ReportMetric(float64(issues)*float64(b.N)/b.Elapsed().Seconds(), "issues/s")
}
