package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
)

func TestAMailmapOverTheLimitIsAFindingThatForbidsScores(t *testing.T) {
	b := gittest.New(t).Write(mailmapFile, strings.Repeat("#", largestMailmap+1)).Commit("Begin")
	p := &program{stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}}
	r, err := p.read(context.Background(), []string{b.Directory()}, sourceFlags{noCache: true}, need{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	fatal := sources.FatalFindings(r.evidence.Findings)
	if len(fatal) != 1 || fatal[0].Code != "unread-mailmap" || !strings.Contains(fatal[0].Message, "more than 16 MiB") {
		t.Errorf("got %+v, want one finding, unread-mailmap", fatal)
	}
}
