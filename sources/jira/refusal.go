package jira

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// RequestError is a request to a live Jira that failed.
type RequestError struct {
	What   string // that was asked for
	Status int    // of the answer; 0 where there was none
	Err    error
}

func (e *RequestError) Error() string { return "jira: " + e.What + ": " + e.Err.Error() }

func (e *RequestError) Unwrap() error { return e.Err }

// refusal explains an answer that is none.
func (r *reader) refusal(what string, response *http.Response) error {
	says := r.token.hide(serverSays(response))
	var explained string
	switch response.StatusCode {
	case http.StatusUnauthorized:
		explained = "the token in " + r.token.origin + " was refused"
		if r.User == "" {
			explained += "; if it is an API token, it needs its user"
		}
	case http.StatusForbidden:
		explained = "the owner of the token in " + r.token.origin + " may not read this"
		if strings.Contains(response.Header.Get("X-Seraph-LoginReason"), "AUTHENTICATION_DENIED") {
			explained = "too many failed logins: log in once in a browser and solve the captcha"
		}
	case http.StatusGone:
		explained = "this search was taken out of the server; set deployment to " + Cloud
		if r.Deployment == Cloud {
			explained = "the server no longer offers this; a newer Keyperson may"
		}
	case http.StatusNotFound:
		explained = "there is no such thing at " + r.URL + "; is the url right, with its context path?"
	case http.StatusBadRequest:
		explained = "the server does not understand the question; are the projects and the jql right?"
	case http.StatusTooManyRequests:
		explained = fmt.Sprintf("still too many requests after %d attempts; try again later", maxAttempts)
	default:
		if response.StatusCode >= 500 {
			explained = fmt.Sprintf("still failing after %d attempts; try again later", maxAttempts)
		} else {
			explained = "unexpected"
		}
	}
	message := fmt.Sprintf("%d from the server: %s", response.StatusCode, explained)
	if says != "" {
		message += " (it says: " + says + ")"
	}
	return &RequestError{What: what, Status: response.StatusCode, Err: errors.New(message)}
}

// serverSays returns the messages in Jira's own form of an error; pages made for browsers say nothing.
func serverSays(response *http.Response) string {
	data, err := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	if err != nil {
		return ""
	}
	var answer struct {
		ErrorMessages []string          `json:"errorMessages"`
		Errors        map[string]string `json:"errors"`
		Message       string            `json:"message"`
	}
	if json.Unmarshal(data, &answer) != nil {
		return ""
	}
	messages := answer.ErrorMessages
	if len(messages) == 0 && answer.Message != "" {
		messages = []string{answer.Message}
	}
	text := []rune(strings.Join(messages, "; "))
	return string(text[:min(len(text), 300)])
}

// failure explains a request that got no answer, or one that is not what was expected.
func (r *reader) failure(what string, err error) error {
	var address *url.Error
	if errors.As(err, &address) { // no answer; its message repeats the whole address
		return &RequestError{What: what, Err: hidden{address.Err, r.token}}
	}
	err = fmt.Errorf("the answer is not the JSON that a Jira gives; is %s the address of a Jira? %w", r.URL, err)
	return &RequestError{What: what, Err: hidden{err, r.token}}
}

// hidden is an error whose message does not show the token.
type hidden struct {
	error
	token token
}

func (h hidden) Error() string { return h.token.hide(h.error.Error()) }
func (h hidden) Unwrap() error { return h.error }
