// Package planfile keeps a plan between the day it is made and the day its predictions are scored. It reads and writes one
// file; it knows nothing of how plans are made or scored.
package planfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"keyperson/analyzer"
)

// Schema is the version of the file and of what its values mean.
const Schema = 1

const (
	largestFile = 16 << 20 // bytes
	mostActions = 1000     // keyperson plan --actions takes no more
	mostHours   = 1e6
)

// ErrOtherPlan is returned for a file of another schema or configuration: its predictions are about other numbers.
var ErrOtherPlan = errors.New("the plan does not fit")

// File is a plan with what must be the same when it is scored. It holds no reasons: they name people and work in words.
type File struct {
	Configuration string // hash of what decides how large a risk is
	Names         bool   // people are given by their IDs; else by pseudonyms
	Key           string // tells whether the pseudonyms are those of the same secret; empty with Names
	Plan          *analyzer.Plan
}

// content is the file as it is written.
type content struct {
	Schema        int       `json:"schema_version"`
	Configuration string    `json:"configuration"`
	People        string    `json:"people"` // "pseudonyms" or "names"
	Key           string    `json:"key"`
	AsOf          time.Time `json:"as_of"`
	Until         time.Time `json:"until"`
	CapHours      float64   `json:"cap_hours"`
	Risk          float64   `json:"risk"`
	RiskThen      float64   `json:"risk_then"`
	Actions       []action  `json:"actions"`
}

type action struct {
	ID       string              `json:"id"`
	Kind     analyzer.ActionKind `json:"kind"`
	Subject  analyzer.Subject    `json:"subject"`
	Of       string              `json:"of"`
	Name     string              `json:"name"`
	System   string              `json:"system"`
	Dictates string              `json:"dictates"` // empty for nobody
	Writes   string              `json:"writes_or_learns"`
	Verifies string              `json:"verifies"`
	Files    []string            `json:"files"`
	Hours    float64             `json:"hours"`
	Effect   float64             `json:"effect"`
	Before   float64             `json:"risk_before"`
	Expected float64             `json:"risk_expected"`
	Low      float64             `json:"risk_expected_low"`
	High     float64             `json:"risk_expected_high"`
}

const (
	byName      = "names"
	byPseudonym = "pseudonyms"
)

// Write encodes the file so that a change to it reads well in a diff.
func (f *File) Write(w io.Writer) error {
	p := f.Plan
	c := content{
		Schema: Schema, Configuration: f.Configuration, People: byPseudonym, Key: f.Key, AsOf: p.AsOf.UTC(), Until: p.Until.UTC(),
		CapHours: p.CapHours, Risk: rounded(p.Risk), RiskThen: rounded(p.RiskThen), Actions: []action{},
	}
	if f.Names {
		c.People = byName
	}
	person := func(index int) string {
		if index < 0 {
			return ""
		}
		return p.People[index].ID
	}
	for i := range p.Actions {
		a := &p.Actions[i]
		c.Actions = append(c.Actions, action{
			a.ID, a.Kind, a.Subject, a.Of, a.Name, a.System, person(a.Dictates), person(a.Writes), person(a.Verifies), append([]string{}, a.Files...),
			rounded(a.Hours), rounded(a.Effect), rounded(a.Before), rounded(a.Expected), rounded(a.Low), rounded(a.High),
		})
	}
	data, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the plan: %w", err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// Read decodes a file and refuses what could not be scored rightly: ErrOtherPlan for another schema. The name is for
// messages.
func Read(name string, r io.Reader) (*File, error) {
	data, err := io.ReadAll(io.LimitReader(r, largestFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(data) > largestFile {
		return nil, fmt.Errorf("read %s: it has more than %d bytes, which no plan has", name, largestFile)
	}
	var schema struct {
		Schema int `json:"schema_version"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		return nil, noPlan(name, data, err)
	}
	if schema.Schema != Schema {
		return nil, fmt.Errorf("%w: %s has schema version %d, this program reads %d; score it with the version that wrote it, or save a new one",
			ErrOtherPlan, name, schema.Schema, Schema)
	}
	var c content
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return nil, noPlan(name, data, err)
	}
	f := &File{Configuration: c.Configuration, Names: c.People == byName, Key: c.Key, Plan: &analyzer.Plan{
		AsOf: c.AsOf, Until: c.Until, CapHours: c.CapHours, Risk: c.Risk, RiskThen: c.RiskThen,
	}}
	if err := c.validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for i := range c.Actions {
		f.add(&c.Actions[i])
	}
	return f, nil
}

// add turns an action of the file into one of the plan.
func (f *File) add(a *action) {
	f.Plan.Actions = append(f.Plan.Actions, analyzer.Action{
		ID: a.ID, Kind: a.Kind, Subject: a.Subject, Of: a.Of, Name: a.Name, System: a.System,
		Dictates: f.person(a.Dictates), Writes: f.person(a.Writes), Verifies: f.person(a.Verifies), Files: a.Files,
		Hours: a.Hours, Effect: a.Effect, PerHour: a.Effect / a.Hours, Before: a.Before, Expected: a.Expected, Low: a.Low, High: a.High,
	})
}

func (f *File) person(id string) int {
	if id == "" {
		return -1
	}
	p := f.Plan
	if i := slices.IndexFunc(p.People, func(person analyzer.Person) bool { return person.ID == id }); i >= 0 {
		return i
	}
	p.People = append(p.People, analyzer.Person{ID: id, Name: id})
	return len(p.People) - 1
}

// subjects are what each kind of action is about.
var subjects = map[analyzer.ActionKind]analyzer.Subject{
	analyzer.WriteRunbook: analyzer.OfTask, analyzer.PairUp: analyzer.OfTask, analyzer.SuperviseRuns: analyzer.OfTask, analyzer.SpreadCode: analyzer.OfSystem,
}

func (c *content) validate() error {
	switch {
	case c.People != byName && c.People != byPseudonym:
		return fmt.Errorf("people is %q, which is neither %q nor %q", c.People, byName, byPseudonym)
	case c.AsOf.IsZero() || !c.Until.After(c.AsOf):
		return errors.New("the plan ends before it begins")
	case !(c.Risk >= 0 && c.Risk <= 100 && c.RiskThen >= 0 && c.RiskThen <= 100 && c.CapHours >= 0 && c.CapHours <= mostHours):
		return errors.New("a risk is not between 0 and 100, or the cap is no number of hours")
	case len(c.Actions) > mostActions:
		return fmt.Errorf("it has %d actions, at most %d are read", len(c.Actions), mostActions)
	}
	seen := map[string]bool{}
	for i := range c.Actions {
		a := &c.Actions[i]
		subject, known := subjects[a.Kind]
		switch {
		case !known || subject != a.Subject:
			return fmt.Errorf("action %d: %q on a %q is none that this program plans", i+1, a.Kind, a.Subject)
		case a.ID == "" || a.Of == "" || seen[a.ID]:
			return fmt.Errorf("action %d: the ID %q or what it is about is empty, or stands twice", i+1, a.ID)
		case !(a.Hours >= 0.0001 && a.Hours <= mostHours):
			return fmt.Errorf("action %d: %v hours", i+1, a.Hours)
		case !(a.Effect >= 0 && a.Effect <= 100):
			return fmt.Errorf("action %d: an effect of %v is not between 0 and 100", i+1, a.Effect)
		}
		for _, share := range []float64{a.Before, a.Expected, a.Low, a.High} {
			if !(share >= 0 && share <= 1) {
				return fmt.Errorf("action %d: a risk of %v is not between 0 and 1", i+1, share)
			}
		}
		seen[a.ID] = true
	}
	return nil
}

// noPlan says what is wrong with the file, and where.
func noPlan(name string, data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(-1)
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	if offset >= 0 {
		line := 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
		err = fmt.Errorf("line %d: %w", line, err)
	}
	return fmt.Errorf("%s is no plan: %w; keyperson plan --save writes one", name, err)
}
