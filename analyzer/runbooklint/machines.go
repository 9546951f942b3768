package runbooklint

import (
	"fmt"
	"strings"

	"keyperson/sources"
)

var machineRules = []rule{
	{"no-commands", ForMachines, func(r *sources.Runbook) bool { return hasSteps(r) && !isManual(r) }, func(r *sources.Runbook) []place {
		return unless(hasCommands(r), firstStep(r), "no step has a command: write the command to run, in a block of code, wherever a step can be done by one")
	}},
	{"unexplained-parameter", ForMachines, func(r *sources.Runbook) bool { return len(r.Parameters) > 0 }, func(r *sources.Runbook) []place {
		var places []place
		for _, p := range r.Parameters {
			if !p.Explained {
				places = append(places, place{p.Line, fmt.Sprintf("nothing says what to put for %s: say where its value is found, or set it with a command", p.Name)})
			}
		}
		return places
	}},
	{"mixed-placeholders", ForMachines, func(r *sources.Runbook) bool { return len(r.Parameters) > 1 }, func(r *sources.Runbook) []place {
		styles := map[string]sources.Parameter{}
		for _, p := range r.Parameters {
			style := styleOf(p.Name)
			if first, ok := styles[style]; !ok || p.Line < first.Line {
				styles[style] = p
			}
		}
		angled, isAngled := styles["<"]
		variable, isVariable := styles["$"]
		return unless(!isAngled || !isVariable, max(angled.Line, variable.Line),
			fmt.Sprintf("placeholders are written in two ways, %s and %s: use variables throughout, set once at the top", angled.Name, variable.Name))
	}},
	{"code-without-language", ForMachines, hasCommandBlocks, func(r *sources.Runbook) []place {
		return inBlocks(r, func(c *sources.CommandBlock) bool { return c.Language == "" },
			"does not say what runs it: name the language, as in ```shell", "do not say what runs them: name the language, as in ```shell")
	}},
	{"prompt-in-command", ForMachines, hasCommandBlocks, func(r *sources.Runbook) []place {
		return inBlocks(r, func(c *sources.CommandBlock) bool { return c.Prompts && !showsSession[c.Language] },
			"begins with a prompt, so that it cannot be copied: leave the $ out, or call the block console",
			"begin with a prompt, so that they cannot be copied: leave the $ out, or call the blocks console")
	}},
	{"steps-not-numbered", ForMachines, func(r *sources.Runbook) bool { return len(r.Steps) >= 3 }, func(r *sources.Runbook) []place {
		numbered := 0
		for _, s := range r.Steps {
			if s.IsNumbered {
				numbered++
			}
		}
		return unless(numbered > 0, firstStep(r), "its steps are not numbered, so that nobody can say which one failed: make them a numbered list")
	}},
}

// showsSession are the names of blocks that show what was typed and what came of it, prompts and all.
var showsSession = map[string]bool{"console": true, "shell-session": true, "sh-session": true, "terminal": true}

// inBlocks is one finding on all blocks of commands of which something is so, at the first: they are mended together.
func inBlocks(r *sources.Runbook, isSo func(*sources.CommandBlock) bool, one, many string) []place {
	n, line := 0, 0
	for i := range r.Commands {
		if r.Commands[i].IsShell && isSo(&r.Commands[i]) {
			if n++; n == 1 {
				line = r.Commands[i].Line
			}
		}
	}
	switch n {
	case 0:
		return nil
	case 1:
		return []place{{line, "a block of commands " + one}}
	}
	return []place{{line, fmt.Sprintf("%d blocks of commands %s", n, many)}}
}

func firstStep(r *sources.Runbook) int {
	if len(r.Steps) == 0 {
		return 0
	}
	return r.Steps[0].Line
}

func styleOf(name string) string {
	switch {
	case strings.HasPrefix(name, "$"):
		return "$"
	case strings.HasPrefix(name, "<"):
		return "<"
	}
	return name[:1]
}

func hasCommandBlocks(r *sources.Runbook) bool {
	for _, c := range r.Commands {
		if c.IsShell {
			return true
		}
	}
	return false
}
