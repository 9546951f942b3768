package gate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"keyperson/analyzer"
)

// BaselineSchema is the version of the baseline file and of what its values mean.
const BaselineSchema = 1

// largestBaseline bounds a baseline file, in bytes.
const largestBaseline = 64 << 20

// ErrOtherBaseline is returned for a baseline that was made with another schema or configuration: comparing with it
// would call things new or unchanged that are not.
var ErrOtherBaseline = errors.New("the baseline does not fit")

// Baseline is what a team accepted at some time. It names no person.
type Baseline struct {
	Schema        int       `json:"schema_version"`
	Configuration string    `json:"configuration"` // hash of what decides what a risk is
	AsOf          time.Time `json:"as_of"`
	Accepted      []Entry   `json:"accepted"` // by fingerprint
}

// Entry is one accepted risk.
type Entry struct {
	Fingerprint string            `json:"fingerprint"`
	Rule        analyzer.RiskRule `json:"rule"`
	Subject     analyzer.Subject  `json:"subject"`
	ID          string            `json:"id"`
	Value       float64           `json:"value"`
	// Sources are the labels of the repositories or trackers that it was read from, sorted: where one is not read any
	// more, that it is no risk says nothing. Empty in baselines of before they were kept.
	Sources []string `json:"sources,omitempty"`
}

// Accept makes a baseline of everything that is there.
func Accept(seen *Seen, configuration string) *Baseline {
	b := &Baseline{Schema: BaselineSchema, Configuration: configuration, AsOf: seen.AsOf.UTC(), Accepted: []Entry{}}
	for i := range seen.Risks {
		b.Accepted = append(b.Accepted, seen.entryOf(&seen.Risks[i]))
	}
	b.sort()
	return b
}

// Ratchet is the baseline after an update: what is gone leaves it and what got better is held to that. What is new or
// worse does not enter it: accepting that takes a decision of its own. What cannot be judged any more stays as it is.
func (b *Baseline) Ratchet(seen *Seen) *Baseline {
	updated := &Baseline{Schema: BaselineSchema, Configuration: b.Configuration, AsOf: seen.AsOf.UTC(), Accepted: []Entry{}}
	risks := map[string]*analyzer.Risk{}
	for i := range seen.Risks {
		risks[seen.Risks[i].Fingerprint] = &seen.Risks[i]
	}
	compared := seen.compare(b)
	for _, was := range b.Accepted {
		risk := risks[was.Fingerprint]
		switch isUnknown := compared.whyUnknown(&was) != ""; {
		case isUnknown:
			updated.Accepted = append(updated.Accepted, was)
		case risk != nil:
			updated.Accepted = append(updated.Accepted, seen.held(&was, risk))
		}
	}
	updated.sort()
	return updated
}

// held is what stays accepted of a risk that is there: what it is now where that is no worse.
func (s *Seen) held(was *Entry, risk *analyzer.Risk) Entry {
	entry := s.entryOf(risk)
	switch {
	case entry.Rule.IsGraverThan(was.Rule):
		entry.Rule, entry.Value = was.Rule, was.Value
	case entry.Rule == was.Rule:
		entry.Value = min(entry.Value, was.Value)
	}
	return entry
}

// entryOf rounds the value as it is written, so that a baseline read back equals the one written.
func (s *Seen) entryOf(r *analyzer.Risk) Entry {
	entry := Entry{Fingerprint: r.Fingerprint, Rule: r.Rule, Subject: r.Subject, ID: r.ID, Value: float64(int(r.Value*1e4+0.5)) / 1e4}
	if i := slices.IndexFunc(s.All, func(thing analyzer.Riskable) bool { return thing.Fingerprint == r.Fingerprint }); i >= 0 {
		entry.Sources = s.All[i].Sources
	}
	return entry
}

func (b *Baseline) sort() {
	slices.SortFunc(b.Accepted, func(x, y Entry) int { return strings.Compare(x.Fingerprint, y.Fingerprint) })
}

// entries are what was accepted, by fingerprint; none for no baseline.
func (b *Baseline) entries() map[string]Entry {
	entries := map[string]Entry{}
	if b != nil {
		for _, entry := range b.Accepted {
			entries[entry.Fingerprint] = entry
		}
	}
	return entries
}

// without lists what the baseline has beyond the risks that are there: absent, or unknown where that cannot be told.
func (b *Baseline) without(left map[string]Entry, seen *Seen) []Judged {
	if b == nil {
		return nil
	}
	var rest []Judged
	compared := seen.compare(b)
	for _, entry := range b.Accepted {
		if _, isLeft := left[entry.Fingerprint]; !isLeft {
			continue
		}
		judged := Judged{
			Risk: analyzer.Risk{
				Rule: entry.Rule, Fingerprint: entry.Fingerprint, Subject: entry.Subject, ID: entry.ID, Name: entry.ID, Index: -1,
				Text: entry.ID + ": no longer a risk",
			},
			State: Absent, Accepted: &entry.Value,
		}
		if why := compared.whyUnknown(&entry); why != "" {
			judged.State, judged.Text = Unknown, entry.ID+": not known whether it is still a risk: "+why
		}
		rest = append(rest, judged)
	}
	return rest
}

// Write encodes the baseline so that a change to it reads well in a diff.
func (b *Baseline) Write(w io.Writer) error {
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the baseline: %w", err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// Read decodes a baseline and refuses one that would compare wrongly: ErrOtherBaseline for another schema or
// configuration, with what to do. The name is for messages.
func Read(name string, r io.Reader, configuration string) (*Baseline, error) {
	data, err := io.ReadAll(io.LimitReader(r, largestBaseline+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(data) > largestBaseline {
		return nil, fmt.Errorf("read %s: it has more than %d bytes", name, largestBaseline)
	}
	b := &Baseline{}
	var schema struct {
		Schema int `json:"schema_version"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		return nil, fmt.Errorf("%s is no baseline: %w; keyperson check --write-baseline makes one", name, where(data, err))
	}
	if schema.Schema != BaselineSchema {
		return nil, fmt.Errorf("%w: %s has schema version %d, this program writes %d; make it anew with keyperson check --write-baseline",
			ErrOtherBaseline, name, schema.Schema, BaselineSchema)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(b); err != nil {
		return nil, fmt.Errorf("%s is no baseline: %w; keyperson check --write-baseline makes one", name, where(data, err))
	}
	if b.Configuration != configuration {
		return nil, fmt.Errorf("%w: %s was made with another configuration (%s, now %s), so its rows are not comparable; "+
			"make it anew with keyperson check --write-baseline", ErrOtherBaseline, name, b.Configuration, configuration)
	}
	seen := map[string]bool{}
	for _, entry := range b.Accepted {
		switch {
		case entry.Fingerprint == "" || seen[entry.Fingerprint]:
			return nil, fmt.Errorf("%s: fingerprint %q is empty or stands twice; make it anew with keyperson check --write-baseline", name, entry.Fingerprint)
		case entry.Rule.Subject() == "" || entry.Rule.Subject() != entry.Subject:
			return nil, fmt.Errorf("%s: %s is accepted as %s under the rule %q, and there is no such rule about a %s; make it anew with keyperson check --write-baseline",
				name, entry.Fingerprint, entry.ID, entry.Rule, cmp.Or(entry.Subject, "thing"))
		case !(entry.Value >= 0 && entry.Value <= 1):
			return nil, fmt.Errorf("%s: %s has value %v, which is not between 0 and 1", name, entry.Fingerprint, entry.Value)
		}
		seen[entry.Fingerprint] = true
	}
	return b, nil
}

// where adds the line that a JSON error is about.
func where(data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(-1)
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	if offset < 0 {
		return err
	}
	return fmt.Errorf("line %d: %w", 1+bytes.Count(data[:min(int(offset), len(data))], []byte("\n")), err)
}
