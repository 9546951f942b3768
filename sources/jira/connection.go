package jira

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The deployments of Jira, which page their searches differently.
const (
	Cloud      = "cloud"
	DataCenter = "datacenter"
)

// DefaultTokenEnv is the environment variable that holds the token where nothing else is said.
const DefaultTokenEnv = "KEYPERSON_JIRA_TOKEN"

// Connection says which Jira to read, as whom, and what of it.
type Connection struct {
	Label string // of the tracker; prefix of the accounts
	URL   string // of the Jira, with its context path if it has one; https, or http on the own machine
	// Deployment is Cloud or DataCenter; empty: the server is asked.
	Deployment string
	User       string   // for basic authentication; empty: the token is a bearer or personal access token
	TokenEnv   string   // environment variable with the token; default DefaultTokenEnv
	TokenFile  string   // file with the token, which only its owner may read; goes before TokenEnv
	Projects   []string // keys; empty: every project that JQL leaves
	JQL        string   // narrows the search further; without ORDER BY
	// RequestTypeField is the id of the custom field with the request type. Default: the server is asked which it is.
	RequestTypeField string
	PageSize         int // issues a page, 2 to 1000; default 100
	Concurrency      int // requests at a time, 1 to 16; default 4

	// For tests: how to wait, what to draw between 0 and 1, and the environment.
	sleep  func(ctx context.Context, d time.Duration) error
	draw   func() float64
	getenv func(string) string
}

// check fills in the defaults and refuses what cannot work.
func (c *Connection) check() (*url.URL, error) {
	if c.PageSize == 0 {
		c.PageSize = 100
	}
	if c.Concurrency == 0 {
		c.Concurrency = 4
	}
	if c.TokenEnv == "" {
		c.TokenEnv = DefaultTokenEnv
	}
	if c.sleep == nil {
		c.sleep = sleep
	}
	if c.draw == nil {
		c.draw = rand.Float64
	}
	switch {
	case c.PageSize < 2 || c.PageSize > 1000:
		return nil, fmt.Errorf("jira: a page size of %d is not between 2 and 1000", c.PageSize)
	case c.Concurrency < 1 || c.Concurrency > 16:
		return nil, fmt.Errorf("jira: %d requests at a time is not between 1 and 16", c.Concurrency)
	case c.Deployment != "" && c.Deployment != Cloud && c.Deployment != DataCenter:
		return nil, fmt.Errorf("jira: deployment %q is neither %q nor %q", c.Deployment, Cloud, DataCenter)
	}
	return parseAddress(c.URL)
}

func parseAddress(text string) (*url.URL, error) {
	address, err := url.Parse(text)
	switch {
	case err != nil || address.Host == "":
		return nil, fmt.Errorf("jira: url %q is not an address such as https://example.atlassian.net", shorten(withoutUser(text)))
	case address.User != nil:
		return nil, fmt.Errorf("jira: the url of %s holds a user or password; they belong under user and in the token", address.Host)
	case address.RawQuery != "" || address.Fragment != "":
		return nil, fmt.Errorf("jira: url %q has a query; the address of the Jira itself is wanted", shorten(text))
	case address.Scheme == "http" && !isLoopback(address.Hostname()):
		return nil, fmt.Errorf("jira: url %q would send the token unencrypted; use https", shorten(text))
	case address.Scheme != "https" && address.Scheme != "http":
		return nil, fmt.Errorf("jira: url %q is not https", shorten(text))
	}
	if !strings.HasSuffix(address.Path, "/") {
		address.Path += "/"
	}
	return address, nil
}

// withoutUser takes off what may be a password.
func withoutUser(text string) string {
	if at := strings.LastIndexByte(text, '@'); at >= 0 {
		return "…" + text[at:]
	}
	return text
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// errRedirected marks a redirection that was not followed.
var errRedirected = errors.New("not followed, so that the token goes nowhere else; is the url right, or does a single sign-on stand before it?")

// refuseStrangers lets redirections go on only within the same host and scheme.
func refuseStrangers(home *url.URL) func(next *http.Request, before []*http.Request) error {
	return func(next *http.Request, before []*http.Request) error {
		if !isHome(home, next.URL) {
			return fmt.Errorf("the server redirects to %s://%s: %w", next.URL.Scheme, next.URL.Host, errRedirected)
		}
		if len(before) >= 5 {
			return errors.New("the server redirects in a circle")
		}
		return nil
	}
}

func isHome(home, address *url.URL) bool {
	return home.Scheme == address.Scheme && strings.EqualFold(home.Host, address.Host)
}
