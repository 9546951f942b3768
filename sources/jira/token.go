package jira

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// token is a secret that no way of printing shows.
type token struct{ secret, origin string }

func (t token) String() string   { return "(token of " + t.origin + ")" }
func (t token) GoString() string { return t.String() }

// readToken reads the token from the file, else from the environment.
func (c *Connection) readToken() (token, error) {
	if c.TokenFile != "" {
		return readTokenFile(c.TokenFile)
	}
	getenv := c.getenv
	if getenv == nil {
		getenv = os.Getenv
	}
	secret := strings.TrimSpace(getenv(c.TokenEnv))
	if secret == "" {
		return token{}, fmt.Errorf("jira: no token: put it into the environment variable %s, or name a file under token_file", c.TokenEnv)
	}
	return checkToken(token{secret, c.TokenEnv})
}

func readTokenFile(path string) (token, error) {
	file, err := os.Open(path)
	if err != nil {
		return token{}, fmt.Errorf("jira: token file: %w", err)
	}
	defer file.Close()
	found, err := file.Stat()
	if err != nil {
		return token{}, fmt.Errorf("jira: token file: %w", err)
	}
	if !found.Mode().IsRegular() {
		return token{}, fmt.Errorf("jira: token file %s is not a file", path)
	}
	if runtime.GOOS != "windows" && found.Mode().Perm()&0o077 != 0 {
		return token{}, fmt.Errorf("jira: token file %s can be read by others than its owner: chmod 600 %s", path, path)
	}
	const most = 1 << 16
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return token{}, fmt.Errorf("jira: token file: %w", err)
	}
	secret := strings.TrimSpace(string(data))
	if secret == "" || len(data) > most {
		return token{}, fmt.Errorf("jira: token file %s holds no token: it is empty or far too long", path)
	}
	return checkToken(token{secret, path})
}

// checkToken refuses what cannot stand in a header of a request, without showing it.
func checkToken(t token) (token, error) {
	if strings.IndexFunc(t.secret, func(r rune) bool { return r <= ' ' || r == 0x7f }) >= 0 {
		return token{}, fmt.Errorf("jira: the token in %s has spaces or line breaks within", t.origin)
	}
	return t, nil
}

// hide takes the token out of a message that came from elsewhere.
func (t token) hide(text string) string {
	return strings.ReplaceAll(text, t.secret, "(the token)")
}
