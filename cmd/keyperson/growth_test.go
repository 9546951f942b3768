package main

import (
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"keyperson/analyzer"
	"keyperson/report"
	"keyperson/sources/demo"
)

// BenchmarkGrowth assesses made-up organisations from 10 to 1,000 services with what such would have: 14 people, 3,000
// commits and 2,880 tickets a dozen services. Near linear growth is a cost for each piece of evidence that stays
// about the same: changes and reviews of files, and tickets with what was done on them.
//
//	go test ./cmd/keyperson -run '^$' -bench Growth -benchtime 1x
func BenchmarkGrowth(b *testing.B) {
	for _, services := range []int{10, 32, 100, 320, 1000} {
		b.Run(fmt.Sprintf("%d-services", services), func(b *testing.B) {
			directory := filepath.Join(b.TempDir(), "nordlight")
			if _, err := demo.Write(directory, demo.Options{Seed: 1, Noise: 1, Services: services}); err != nil {
				b.Fatal(err)
			}
			p := &program{stdout: io.Discard, stderr: io.Discard}
			source := sourceFlags{noCache: true}
			score := scoreFlags{method: string(analyzer.MethodFamiliarity), offered: methods}
			evidence := 0
			for b.Loop() {
				r, err := p.readToScore(b.Context(), []string{directory}, source, score, outputFlags{format: "table", offered: report.Names()})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := analyzer.Assess(r.evidence, r.people, r.systems, r.options); err != nil {
					b.Fatal(err)
				}
				evidence = len(r.evidence.Records)
				for i := range r.evidence.Tickets {
					evidence += len(r.evidence.Tickets[i].Acts)
				}
				r.close()
			}
			b.ReportMetric(float64(evidence), "records")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(evidence), "µs/record")
		})
	}
}
