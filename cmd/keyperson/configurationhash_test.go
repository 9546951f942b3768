package main

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"keyperson/analyzer"
	"keyperson/sources/catalog"
)

// Every setting is either one that decides how large a risk is, or has a reason why it is not. One that is in neither
// list was added without a thought about baselines.
var (
	decisive = map[string]bool{
		"Options.Method": true, "Options.Since": true, "Options.System": true, "Options.ActivityWindowDays": true, "Options.HalfLifeDays": true,
		"Options.CoverShare": true, "Options.Triage": true, "Options.TaskHalfLifeDays": true, "Options.RunbookIntervalDays": true,
		"Config.Exclude": true, "Config.ActivityWindowDays": true, "Config.HalfLifeDays": true, "Config.SystemsFrom": true,
		"Config.Triage": true, "Config.TaskHalfLifeDays": true,
		"Config.Runbooks.Paths": true, "Config.Runbooks.Owner": true, "Config.Runbooks.Reviewed": true, "Config.Runbooks.Interval": true,
		"Config.Runbooks.IntervalDays": true,
	}
	indecisive = map[string]string{
		"Options.AsOf":             "a baseline is there to be compared with a later date",
		"Options.Workers":          "no result depends on it",
		"Options.Intervals":        "no result depends on them",
		"Options.AcceptIncomplete": "the exit code says so",
		"Options.Resamples":        "they decide intervals, which no gate looks at",
		"Options.Left":             "that someone has left is news of the world, and makes risks larger as it should",
		"Options.Ranking":          "it decides who is proposed, not how large a risk is",
		"Options.Names":            "how people are called",
		"Options.TaskRules":        "what there is: each task has an identity of its own",
		"Config.Name":              "the file may be moved",
		"Config.Systems":           "what there is: each system has an identity of its own",
		"Config.People":            "where the alias file lies; who is who is found out better and better",
		"Config.Left":              "as Options.Left",
		"Config.Tickets":           "what there is: the inputs of a manifest tell it",
		"Config.Tasks":             "as Options.TaskRules",
		"Config.Check":             "what is accepted, not how large it is",
		"Config.Ranking":           "as Options.Ranking",

		"sourceFlags.revision": "what there is", "sourceFlags.asOf": "as Options.AsOf", "sourceFlags.config": "where the configuration lies",
		"sourceFlags.tickets": "what there is", "sourceFlags.store": "where tickets are kept",
		"sourceFlags.lines":            "lines are shown; they decide numbers only under --method expertise, which is decisive",
		"sourceFlags.acceptIncomplete": "as Options.AcceptIncomplete", "sourceFlags.workers": "no result depends on it",
		"sourceFlags.cache": "no result depends on it", "sourceFlags.noCache": "no result depends on it",
		"sourceFlags.pseudonyms": "how people are called", "sourceFlags.pseudonymKey": "how people are called",
		"sourceFlags.passedOn": "how people are called", "sourceFlags.names": "how people are called",
		"scoreFlags.since": "as Options.Since", "scoreFlags.method": "as Options.Method", "scoreFlags.system": "as Options.System",
		"scoreFlags.offered": "what a command offers",
	}
)

func TestEverySettingThatDecidesNumbersIsInTheFingerprintOfTheConfiguration(t *testing.T) {
	asOf := time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC)
	seen := map[string]bool{}
	// hashWith configures a reading in which one setting is another than by default, and returns its fingerprint.
	hashWith := func(change func(options *analyzer.Options, config *catalog.Config)) string {
		r := &reading{config: &catalog.Config{}, options: analyzer.DefaultOptions(asOf), configDirectory: t.TempDir()}
		change(&r.options, r.config)
		options := r.options
		if err := r.configure(need{newAliases: true}); err != nil {
			t.Fatal(err)
		}
		if options.Triage != nil { // which configure takes from the configuration
			r.options.Triage = options.Triage
		}
		return r.configurationHash()
	}
	plain := hashWith(func(*analyzer.Options, *catalog.Config) {})
	check := func(name string, differs bool) {
		seen[name] = true
		switch reason := indecisive[name]; {
		case decisive[name] == (reason != ""):
			t.Errorf("%s: say here whether it decides how large a risk is, or why not", name)
		case decisive[name] && !differs:
			t.Errorf("%s decides how large a risk is, and the fingerprint does not change with it", name)
		case !decisive[name] && differs:
			t.Errorf("%s is said not to decide how large a risk is (%s), and the fingerprint changes with it", name, reason)
		}
	}
	for _, index := range fieldsOf[analyzer.Options](nil) {
		field := reflect.TypeFor[analyzer.Options]().FieldByIndex(index)
		check("Options."+field.Name, hashWith(func(options *analyzer.Options, _ *catalog.Config) {
			alter(t, reflect.ValueOf(options).Elem().FieldByIndex(index))
		}) != plain)
	}
	for _, index := range fieldsOf[catalog.Config]([]string{"Runbooks"}) {
		name := "Config"
		for i := range index {
			name += "." + reflect.TypeFor[catalog.Config]().FieldByIndex(index[:i+1]).Name
		}
		check(name, hashWith(func(_ *analyzer.Options, config *catalog.Config) {
			alter(t, reflect.ValueOf(config).Elem().FieldByIndex(index))
		}) != plain)
	}
	for _, flags := range []reflect.Type{reflect.TypeFor[sourceFlags](), reflect.TypeFor[scoreFlags]()} {
		for i := range flags.NumField() {
			check(flags.Name()+"."+flags.Field(i).Name, false) // what they decide goes through Options
		}
	}
	for name := range decisive {
		if !seen[name] {
			t.Errorf("%s is no setting any more", name)
		}
	}
	for name := range indecisive {
		if !seen[name] {
			t.Errorf("%s is no setting any more", name)
		}
	}
}

// fieldsOf lists the fields of a struct, those of the named ones one by one.
func fieldsOf[T any](opened []string) [][]int {
	var list [][]int
	for i := range reflect.TypeFor[T]().NumField() {
		field := reflect.TypeFor[T]().Field(i)
		if !slices.Contains(opened, field.Name) {
			list = append(list, []int{i})
			continue
		}
		for j := range field.Type.NumField() {
			list = append(list, []int{i, j})
		}
	}
	return list
}

// alter gives a field another value than it has.
func alter(t *testing.T, field reflect.Value) {
	t.Helper()
	switch field.Interface().(type) {
	case time.Time:
		field.Set(reflect.ValueOf(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)))
		return
	case *time.Time:
		field.Set(reflect.ValueOf(&time.Time{}))
		return
	}
	switch field.Kind() {
	case reflect.String:
		field.SetString("another")
	case reflect.Bool:
		field.SetBool(!field.Bool())
	case reflect.Int:
		field.SetInt(field.Int() + 7)
	case reflect.Float64:
		field.SetFloat(field.Float() + 7)
	case reflect.Pointer:
		field.Set(reflect.New(field.Type().Elem()))
	case reflect.Slice:
		field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		if field.Index(0).Kind() == reflect.String {
			field.Index(0).SetString("another")
		}
	case reflect.Struct:
		for i := range field.NumField() {
			alter(t, field.Field(i))
		}
	default:
		t.Fatalf("a setting of kind %s: say here how to alter it", field.Kind())
	}
}
