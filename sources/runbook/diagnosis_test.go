package runbook_test

import (
	"testing"

	"keyperson/sources/runbook"
)

func TestOnlyDocumentsThatExplainAnAlertAreDiagnoses(t *testing.T) {
	const sections = "## Meaning\n\nThe disk is full.\n\n## Impact\n\nNothing is written.\n\n## Diagnosis\n\nLook at the volume.\n\n## Mitigation\n\nMake room.\n"
	for name, test := range map[string]struct {
		path, text string
		want       bool
	}{
		"called like an alert by its heading":       {"runbooks/full.md", "# KubeDiskFull\n\n" + sections, true},
		"by its file":                               {"runbooks/etcdDiskFull.md", "---\ntitle: etcd disk full\n---\n" + sections, true},
		"with a heading on causes":                  {"runbooks/DiskFull.md", "# DiskFull\n\n## Summary\n\nIt is full.\n\n## Possible causes\n\nLogs.\n", true},
		"a procedure with a diagnosis":              {"runbooks/full.md", "# Make room on a disk\n\n" + sections, false},
		"an alert without a diagnosis":              {"runbooks/DiskFull.md", "# DiskFull\n\n## Meaning\n\nIt is full.\n\n## Steps\n\n1. Make room.\n", false},
		"an alert whose diagnosis is not written":   {"runbooks/DiskFull.md", "# DiskFull\n\n## Meaning\n\nIt is full.\n\n## Diagnosis\n\n## Mitigation\n\nMake room.\n", false},
		"a word in capitals is no name of an alert": {"runbooks/DNS.md", "# DNS\n\n" + sections, false},
		"nor is a name with spaces":                 {"runbooks/disk-full.md", "# Disk Full\n\n" + sections, false},
	} {
		t.Run(name, func(t *testing.T) {
			e := read(t, "shop", files{test.path: test.text}, runbook.Options{})
			if len(e.Runbooks) != 1 || e.Runbooks[0].Diagnosis != test.want {
				t.Errorf("%s with\n%s\ngot %+v, want one runbook, a diagnosis: %v", test.path, test.text, e.Runbooks, test.want)
			}
		})
	}
}
