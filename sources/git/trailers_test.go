package git

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTrailersNamePeople(t *testing.T) {
	tests := []struct {
		name, message string
		want          []string
	}{
		{"none", "Subject\n\nBody.\n", nil},
		{"co-author", "Subject\n\nBody.\n\nCo-authored-by: A B <a@b>\n", []string{"co-authored A B <a@b>"}},
		{"any case", "Subject\n\nCO-AUTHORED-BY: A <a>\nreviewed-BY : B <b>\n", []string{"co-authored A <a>", "reviewed B <b>"}},
		{"list of reviewers", "Subject\n\nReviewers: A <a>, B C <b>, d@e\n", []string{"reviewed A <a>", "reviewed B C <b>", "reviewed  <d@e>"}},
		{"folded", "Subject\n\nReviewers: A <a>,\n B <b>\n", []string{"reviewed A <a>", "reviewed B <b>"}},
		{"family name first", "Subject\n\nReviewed-by: Doe, Jane <j>\n", []string{"reviewed Doe, Jane <j>"}},
		{"quoted", "Subject\n\nReviewed-by: \"Doe, Jane\" <j>\n", []string{"reviewed Doe, Jane <j>"}},
		{"the same person twice", "Subject\n\nReviewed-by: A <a>\nReviewed-by: A <a>\n", []string{"reviewed A <a>"}},
		{"the subject is no trailer", "Reviewed-by: A <a>\n", nil},
		{"in the middle of the message", "Subject\n\nReviewed-by: A <a>\n\nBody.\n", nil},
		{"prose around it", "Subject\n\nThis was\nReviewed-by: A <a>\nas they say\nand more\n", nil},
		{"prose, but git signed", "Subject\n\nSome note\nReviewed-by: A <a>\nSigned-off-by: B <b>\n", []string{"reviewed A <a>"}},
		{
			"a squash merge", "Subject (#1)\n\n* one\n\n* two\n\nReviewers: R <r>\n\n---------\n\nCo-authored-by: A <a>\nCo-authored-by: B <b>\n",
			[]string{"reviewed R <r>", "co-authored A <a>", "co-authored B <b>"},
		},
		{"Windows line ends", "Subject\r\n\r\nReviewed-by: A <a>\r\n", []string{"reviewed A <a>"}},
		{"nobody named", "Subject\n\nReviewed-by:\nReviewers: ,\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, person := range trailerPeople(trailerLines([]byte(test.message))) {
				got = append(got, fmt.Sprintf("%s %s <%s>", person.kind, person.identity.Name, person.identity.Address))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.message, diff)
			}
		})
	}
}

func TestTrailersAreBounded(t *testing.T) {
	var message strings.Builder
	message.WriteString("Subject\n\n")
	for i := range 3 * mostTrailers {
		fmt.Fprintf(&message, "Reviewed-by: P%d <p%d>\n", i, i)
	}
	if got := len(trailerPeople(trailerLines([]byte(message.String())))); got != mostTrailers {
		t.Errorf("got %d people, want %d", got, mostTrailers)
	}
}

func FuzzTrailers(f *testing.F) {
	f.Add([]byte("Subject\n\nReviewers: A <a>,\n B <b>\n\n---\n\nCo-authored-by: \"C, D\" <c>\n"))
	f.Add([]byte("\n\nReviewed-by:"))
	f.Add([]byte("x\n\n Reviewed-by: a\n\tb"))
	f.Fuzz(func(t *testing.T, message []byte) {
		people := trailerPeople(trailerLines(message))
		if len(people) > mostTrailers {
			t.Errorf("%d people", len(people))
		}
		for _, person := range people {
			if person.identity.Name == "" && person.identity.Address == "" {
				t.Errorf("nobody is named in %q", message)
			}
		}
	})
}
