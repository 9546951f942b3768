package jira

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Bounds of one request.
const (
	maxAttempts      = 6
	maxResponseBytes = 256 << 20
	maxWait          = 5 * time.Minute // for one retry, whatever the server asks for
	firstWait        = time.Second
)

// transport signs requests to one Jira and repeats those that failed for a reason that passes. A response is read
// whole before it is handed on, so that a connection cut in the middle of one is such a reason too. Everything asked
// here only reads, so that asking twice is harmless.
type transport struct {
	next  http.RoundTripper
	home  *url.URL
	user  string
	token token
	sleep func(context.Context, time.Duration) error
	draw  func() float64
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if !isHome(t.home, request.URL) {
		return nil, fmt.Errorf("a request to %s: %w", request.URL.Host, errRedirected)
	}
	body, err := drain(request.Body)
	if err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		response, err := t.once(request, body)
		wait, passes := t.passes(response, err, attempt)
		if !passes || attempt == maxAttempts || request.Context().Err() != nil {
			return response, err
		}
		if err := t.sleep(request.Context(), wait); err != nil {
			return nil, err
		}
	}
}

// once sends a request and reads its response.
func (t *transport) once(request *http.Request, body []byte) (*http.Response, error) {
	signed := request.Clone(request.Context())
	if body != nil {
		signed.Body, signed.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	if t.user != "" {
		signed.SetBasicAuth(t.user, t.token.secret)
	} else {
		signed.Header.Set("Authorization", "Bearer "+t.token.secret)
	}
	response, err := t.next.RoundTrip(signed)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxResponseBytes+1))
	_ = response.Body.Close() // read as far as it is wanted
	if err != nil {
		return nil, err
	}
	if len(data) > maxResponseBytes {
		return nil, errTooMuch
	}
	response.Body = io.NopCloser(bytes.NewReader(data))
	return response, nil
}

var errTooMuch = fmt.Errorf("a response of more than %d MiB", maxResponseBytes>>20)

func drain(body io.ReadCloser) ([]byte, error) {
	if body == nil || body == http.NoBody {
		return nil, nil
	}
	defer body.Close()
	return io.ReadAll(body)
}

// passes says whether what went wrong may be over after a while, and after which.
func (t *transport) passes(response *http.Response, err error, attempt int) (wait time.Duration, passes bool) {
	// Exponential, and drawn from its upper half: many readers stopped at once do not come back at once.
	wait = min(firstWait<<(attempt-1), maxWait)
	wait = wait/2 + time.Duration(t.draw()*float64(wait/2))
	if err != nil {
		return wait, isPassing(err)
	}
	if response.StatusCode != http.StatusTooManyRequests && response.StatusCode < 500 {
		return 0, false
	}
	if asked, ok := retryAfter(response.Header); ok {
		// Never less than asked, and a little apart from the others.
		wait = min(asked+time.Duration(t.draw()*float64(time.Second)), maxWait)
	}
	return wait, response.StatusCode != http.StatusNotImplemented
}

// isPassing tells a connection that broke from one that can never be made.
func isPassing(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		name        *net.DNSError
	)
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, errTooMuch):
		return false
	case errors.As(err, &certificate), errors.As(err, &record):
		return false
	case errors.As(err, &name):
		return !name.IsNotFound
	}
	return true
}

// retryAfter reads how long a server wants to be left alone: seconds, or a date by its own clock.
func retryAfter(header http.Header) (time.Duration, bool) {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, maxWait.Seconds()) * float64(time.Second)), true
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0, false
	}
	return max(0, until.Sub(now)), true
}

// newTransport carries requests with the protections of the standard library: certificates are checked.
func newTransport(concurrency int) *http.Transport {
	carrier := http.DefaultTransport.(*http.Transport).Clone()
	carrier.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	carrier.ResponseHeaderTimeout = 3 * time.Minute
	carrier.MaxIdleConnsPerHost = concurrency
	carrier.MaxConnsPerHost = concurrency
	return carrier
}
