package slurm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// setting is one of Options by the name it has in the manifest and in flags.
type setting struct {
	name string
	set  func(o *Options, value string) error
}

func text(field func(*Options) *string) func(*Options, string) error {
	return func(o *Options, v string) error { *field(o) = v; return nil }
}

func list(field func(*Options) *[]string) func(*Options, string) error {
	return func(o *Options, v string) error { *field(o) = append(*field(o), v); return nil }
}

func number(field func(*Options) *int) func(*Options, string) error {
	return func(o *Options, v string) error {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			return fmt.Errorf("%q; give a number from 1 up", v)
		}
		*field(o) = n
		return nil
	}
}

func duration(field func(*Options) *time.Duration, least time.Duration) func(*Options, string) error {
	return func(o *Options, v string) error {
		d, err := time.ParseDuration(v)
		if err != nil || d < least {
			return fmt.Errorf("%q; give a duration of %v or more, such as 90m", v, least)
		}
		*field(o) = d
		return nil
	}
}

// settings are all there are.
var settings = []setting{
	{"partition", text(func(o *Options) *string { return &o.Partition })},
	{"time", duration(func(o *Options) *time.Duration { return &o.Time }, time.Minute)},
	{"memory", text(func(o *Options) *string { return &o.Memory })},
	{"cpus", number(func(o *Options) *int { return &o.CPUs })},
	{"limit", number(func(o *Options) *int { return &o.Limit })},
	{"setup", list(func(o *Options) *[]string { return &o.Setup })},
	{"options", list(func(o *Options) *[]string { return &o.Extra })},
	{"program", text(func(o *Options) *string { return &o.Program })},
	{"element", duration(func(o *Options) *time.Duration { return &o.Element }, time.Second)},
	{"attempts", number(func(o *Options) *int { return &o.Attempts })},
	{"poll", duration(func(o *Options) *time.Duration { return &o.Poll }, time.Second)},
	{"settle", duration(func(o *Options) *time.Duration { return &o.Settle }, time.Second)},
	{"on_interrupt", func(o *Options, v string) error {
		if v != "leave" && v != "cancel" {
			return fmt.Errorf("%q; write leave or cancel", v)
		}
		o.Cancel = v == "cancel"
		return nil
	}},
}

// Settings are the names that Set takes.
func Settings() []string {
	var names []string
	for _, s := range settings {
		names = append(names, s.name)
	}
	return names
}

// Set gives an option by its name. Lines of setup and options of sbatch are added to those
// there are; anything else takes the place of what was set.
func (o *Options) Set(name, value string) error {
	i := slices.IndexFunc(settings, func(s setting) bool { return s.name == name })
	if i < 0 {
		return fmt.Errorf("there is no setting %q; there are %s", name, strings.Join(Settings(), ", "))
	}
	if name != "setup" && strings.ContainsAny(value, "\n\r\x00") {
		return fmt.Errorf("%s: %q is not one line", name, value)
	}
	if name == "options" && !strings.HasPrefix(value, "-") {
		return fmt.Errorf("options: %q; an option of sbatch begins with a dash, for instance --account=lab", value)
	}
	if err := settings[i].set(o, value); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
