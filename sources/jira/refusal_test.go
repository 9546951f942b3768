package jira

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

func keepNothing(*sources.TicketHistory) error { return nil }

func TestARefusalSaysWhatWasAskedAndWhatToDo(t *testing.T) {
	refuse := func(code int, body string) func(w http.ResponseWriter, r *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.Contains(r.URL.Path, "/search") {
				return false
			}
			w.WriteHeader(code)
			_, _ = w.Write([]byte(body))
			return true
		}
	}
	for name, test := range map[string]struct {
		disturb func(w http.ResponseWriter, r *http.Request) bool
		status  int
		message string
	}{
		"401": {
			refuse(401, ""), 401,
			"jira: search page 1 of OPS: 401 from the server: the token in KEYPERSON_JIRA_TOKEN was refused",
		},
		"403 with a reason": {
			refuse(403, `{"errorMessages":["No permission for s3cret-token."]}`), 403,
			"jira: search page 1 of OPS: 403 from the server: the owner of the token in KEYPERSON_JIRA_TOKEN may not read this (it says: No permission for (the token).)",
		},
		"404": {
			refuse(404, "<html>"), 404,
			"jira: search page 1 of OPS: 404 from the server: there is no such thing at URL; is the url right, with its context path?",
		},
		"410": {
			refuse(410, `{"errorMessages":["removed"]}`), 410,
			"jira: search page 1 of OPS: 410 from the server: this search was taken out of the server; set deployment to cloud (it says: removed)",
		},
		"400": {
			refuse(400, `{"errorMessages":["The value 'OPS' does not exist."]}`), 400,
			"jira: search page 1 of OPS: 400 from the server: the server does not understand the question; are the projects and the jql right? (it says: The value 'OPS' does not exist.)",
		},
		"429 without end": {
			refuse(429, ""), 429,
			"jira: search page 1 of OPS: 429 from the server: still too many requests after 6 attempts; try again later",
		},
		"503 without end": {
			refuse(503, ""), 503,
			"jira: search page 1 of OPS: 503 from the server: still failing after 6 attempts; try again later",
		},
		"a page for browsers": {
			refuse(200, "<html>"), 0,
			"jira: search page 1 of OPS: the answer is not the JSON that a Jira gives; is URL the address of a Jira? invalid character '<' looking for beginning of value",
		},
		"a redirection elsewhere": {
			func(w http.ResponseWriter, r *http.Request) bool {
				if strings.Contains(r.URL.Path, "/search") {
					http.Redirect(w, r, "https://login.example.org/sso?back=1", http.StatusFound)
					return true
				}
				return false
			}, 0,
			"jira: search page 1 of OPS: the server redirects to https://login.example.org: not followed, so that the token goes nowhere else; is the url right, or does a single sign-on stand before it?",
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFakeJira(t, false)
			f.disturb = func(_ int, w http.ResponseWriter, r *http.Request) bool { return test.disturb(w, r) }
			err := Fetch(context.Background(), f.connection(t), "", keepNothing)
			want := strings.ReplaceAll(test.message, "URL", f.URL)
			if err == nil || err.Error() != want {
				t.Errorf("message\n got %v\nwant %s", err, want)
			}
			var request *RequestError
			if !errors.As(err, &request) || request.Status != test.status {
				t.Errorf("got %#v, want a *RequestError with status %d", err, test.status)
			}
		})
	}
}

func TestARefusedTokenIsNoticedBeforeAnythingIsSearched(t *testing.T) {
	f := newFakeJira(t, true)
	connection := f.connection(t)
	connection.User = ""
	connection.getenv = func(string) string { return "another" }
	err := Fetch(context.Background(), connection, "", keepNothing)
	want := "jira: what kind of server it is: 401 from the server: the token in KEYPERSON_JIRA_TOKEN was refused; if it is an API token, it needs its user (it says: who are you?)"
	if err == nil || err.Error() != want {
		t.Errorf("message\n got %v\nwant %s", err, want)
	}
}

func TestAPersonalAccessTokenIsSentAsBearer(t *testing.T) {
	f := newFakeJira(t, false)
	f.open(1, 1)
	connection := f.connection(t)
	connection.User = ""
	got := newCollection(t)
	if err := Fetch(context.Background(), connection, "", got.save); err != nil {
		t.Fatal(err)
	}
	got.mustEqual(f)
}

func TestNoOtherHostReceivesTheToken(t *testing.T) {
	asked := 0
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, _ *http.Request) { asked++ }))
	defer other.Close()
	f := newFakeJira(t, false)
	f.disturb = func(_ int, w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusTemporaryRedirect)
		return true
	}
	if err := Fetch(context.Background(), f.connection(t), "", keepNothing); !errors.Is(err, errRedirected) {
		t.Errorf("got %v, want the redirection refused", err)
	}
	if asked != 0 {
		t.Errorf("the other host was asked %d times", asked)
	}
}

func TestAServerThatAsksForTimeGetsIt(t *testing.T) {
	f := newFakeJira(t, true)
	var waits []time.Duration
	connection := f.connection(t)
	connection.sleep = func(_ context.Context, d time.Duration) error {
		waits = append(waits, d)
		return nil
	}
	f.disturb = func(n int, w http.ResponseWriter, _ *http.Request) bool {
		switch n {
		case 1:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(429)
		case 2:
			w.Header().Set("Date", "Tue, 05 Mar 2024 10:00:00 GMT")
			w.Header().Set("Retry-After", "Tue, 05 Mar 2024 10:00:30 GMT")
			w.WriteHeader(503)
		case 3, 4:
			w.WriteHeader(502)
		case 5:
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(429)
		}
		return n <= 5
	}
	if err := Fetch(context.Background(), connection, "", keepNothing); err != nil {
		t.Fatal(err)
	}
	// What was asked for; half of 4 s and of 8 s, as nothing is drawn; a day is cut to the longest wait.
	want := []time.Duration{7 * time.Second, 30 * time.Second, 2 * time.Second, 4 * time.Second, maxWait}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

func TestAReadingEndsWithItsContext(t *testing.T) {
	f := newFakeJira(t, false)
	ctx, cancel := context.WithCancel(context.Background())
	f.disturb = func(n int, w http.ResponseWriter, _ *http.Request) bool {
		if n == 3 {
			cancel()
			w.WriteHeader(503)
		}
		return n == 3
	}
	connection := f.connection(t)
	connection.sleep = sleep
	if err := Fetch(ctx, connection, "", keepNothing); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the end of the context", err)
	}
}

func TestATokenFileIsForItsOwnerOnly(t *testing.T) {
	root := t.TempDir()
	write := func(name, content string, mode os.FileMode) string {
		path := filepath.Join(root, name)
		if err := os.WriteFile(path, []byte(content), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, test := range map[string]struct{ path, message string }{
		"good":       {write("good", fakeToken+"\n", 0o600), ""},
		"for groups": {write("group", fakeToken, 0o640), "jira: token file PATH can be read by others than its owner: chmod 600 PATH"},
		"for others": {write("others", fakeToken, 0o604), "jira: token file PATH can be read by others than its owner: chmod 600 PATH"},
		"empty":      {write("empty", " \n", 0o600), "jira: token file PATH holds no token: it is empty or far too long"},
		"two lines":  {write("two", "a\nb", 0o600), "jira: the token in PATH has spaces or line breaks within"},
		"absent":     {filepath.Join(root, "absent"), "jira: token file: open PATH: no such file or directory"},
		"directory":  {root, "jira: token file PATH is not a file"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFakeJira(t, false)
			connection := f.connection(t)
			connection.TokenFile = test.path
			connection.getenv = func(string) string { return "" }
			err := Fetch(context.Background(), connection, "", keepNothing)
			want := strings.ReplaceAll(test.message, "PATH", test.path)
			if got := messageOf(err); got != want {
				t.Errorf("message\n got %s\nwant %s", got, want)
			}
		})
	}
}

func messageOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestAConnectionThatCannotBeSafeIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		change  func(c *Connection)
		message string
	}{
		"no encryption": {
			func(c *Connection) { c.URL = "http://jira.example.org" },
			`jira: url "http://jira.example.org" would send the token unencrypted; use https`,
		},
		"a password in the address": {
			func(c *Connection) { c.URL = "https://me:pass@jira.example.org" },
			"jira: the url of jira.example.org holds a user or password; they belong under user and in the token",
		},
		"no address": {
			func(c *Connection) { c.URL = "jira" },
			`jira: url "jira" is not an address such as https://example.atlassian.net`,
		},
		"no token": {
			func(c *Connection) { c.getenv = func(string) string { return "" } },
			"jira: no token: put it into the environment variable KEYPERSON_JIRA_TOKEN, or name a file under token_file",
		},
		"jql that breaks out": {
			func(c *Connection) { c.JQL = `labels = a) OR (labels = b` },
			"jira: jql \"labels = a) OR (labels = b\" closes a parenthesis that it did not open",
		},
		"jql with an open quotation": {
			func(c *Connection) { c.JQL = `summary ~ "a` },
			`jira: jql "summary ~ \"a" leaves a parenthesis or quotation mark open`,
		},
		"jql with an order": {
			func(c *Connection) { c.JQL = "labels = a order  BY created" },
			"jira: jql has an ORDER BY; leave it out, tickets are read by the time of their last change",
		},
		"an unknown deployment": {
			func(c *Connection) { c.Deployment = "server" },
			`jira: deployment "server" is neither "cloud" nor "datacenter"`,
		},
		"a page of one": {
			func(c *Connection) { c.PageSize = 1 },
			"jira: a page size of 1 is not between 2 and 1000",
		},
	} {
		t.Run(name, func(t *testing.T) {
			connection := Connection{URL: "https://jira.example.org", getenv: func(string) string { return fakeToken }, sleep: noSleep}
			test.change(&connection)
			if got := messageOf(Fetch(context.Background(), connection, "", keepNothing)); got != test.message {
				t.Errorf("message\n got %s\nwant %s", got, test.message)
			}
		})
	}
}
