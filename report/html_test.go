package report

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// payloads are texts that would run, load or leave the page where they are not taken as text.
var payloads = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</style><script>alert(1)</script>`, `</title><svg onload=alert(1)>`,
	`javascript:alert(1)`, `<!-- `, `{{.Policy}}`, `&lt;b&gt;`, `<a href="https://example.org">x</a>`, `<base href="//example.org/">`,
}

func TestAPageHoldsNothingThatRunsOrLoads(t *testing.T) {
	for _, payload := range payloads {
		page := render(t, "html", hostile(payload), Options{})
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		allowed := map[string]bool{
			"html": true, "head": true, "body": true, "main": true, "meta": true, "title": true, "style": true, "h1": true, "h2": true, "h3": true, "p": true,
			"span": true, "dl": true, "dt": true, "dd": true, "ol": true, "ul": true, "li": true, "div": true, "table": true, "thead": true, "tbody": true, "tr": true,
			"th": true, "td": true, "pre": true, "code": true,
		}
		for node := range root.Descendants() {
			if node.Type == html.CommentNode || node.Type == html.ElementNode && !allowed[node.Data] {
				t.Fatalf("with %q the page holds <%s>", payload, node.Data)
			}
			for _, attribute := range node.Attr {
				if strings.HasPrefix(attribute.Key, "on") || attribute.Key == "style" || attribute.Key == "src" || attribute.Key == "href" {
					t.Fatalf("with %q <%s> has %s=%q", payload, node.Data, attribute.Key, attribute.Val)
				}
			}
		}
		if want := html.EscapeString(Clean(payload)); !strings.Contains(html.UnescapeString(page), html.UnescapeString(want)) {
			t.Errorf("the text %q is not on the page", payload)
		}
	}
}

func TestThePolicyAllowsTheStyleOfThePageAndNothingElse(t *testing.T) {
	page := render(t, "html", sampleHandover(), Options{})
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)
	if style == nil {
		t.Fatal("the page has no style")
	}
	hash := sha256.Sum256([]byte(style[1]))
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	policy := ""
	for node := range root.Descendants() {
		for i, attribute := range node.Attr {
			if attribute.Key == "http-equiv" && attribute.Val == "Content-Security-Policy" {
				policy = node.Attr[i+1].Val
			}
		}
	}
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; base-uri 'none'; form-action 'none'"
	if policy != want {
		t.Errorf("policy: got %q, want %q", policy, want)
	}
	if regexp.MustCompile(`url\(|@import`).MatchString(style[1]) {
		t.Error("the style loads something")
	}
}

// The browser itself must find nothing to run and be able to print. It is not needed to run the tests.
func TestABrowserShowsThePageWithItsStyleAndRunsNothing(t *testing.T) {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" || testing.Short() {
		t.Skip("needs Chromium, and more than a moment")
	}
	directory := t.TempDir()
	sheet := sampleHandover()
	sheet.Verdict = `<script>document.title='ran'</script><img src=x onerror="document.title='ran'">`
	path := filepath.Join(directory, "sheet.html")
	if err := os.WriteFile(path, []byte(render(t, "html", sheet, Options{})), 0o600); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: path}).String()
	run := func(arguments ...string) string {
		command := exec.CommandContext(t.Context(), browser, append([]string{
			"--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + filepath.Join(directory, "profile"),
		}, append(arguments, address)...)...)
		command.WaitDelay = time.Second
		out, err := command.Output()
		if err != nil {
			t.Skipf("Chromium does not run here: %v", err)
		}
		return string(out)
	}
	dom := run("--dump-dom")
	if strings.Contains(dom, "<title>ran") || !strings.Contains(dom, "&lt;script&gt;document.title=") {
		t.Errorf("the payload did not stay text:\n%.2000s", dom)
	}
	pdf := filepath.Join(directory, "sheet.pdf")
	run("--no-pdf-header-footer", "--print-to-pdf="+pdf)
	if data, err := os.ReadFile(pdf); err != nil || !strings.HasPrefix(string(data), "%PDF") {
		t.Errorf("the page does not print: %v", err)
	}
}
