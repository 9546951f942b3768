package report

import (
	"math"

	"keyperson/analyzer"
)

// hoursWords writes how long something takes of everyone together.
func hoursWords(h analyzer.Hours) string {
	low, high := hourNumber(h.AtLeast), hourNumber(h.AtMost)
	switch {
	case h.AtLeast == 0 && h.AtMost > 0:
		return "at most " + durationWords(h.AtMost)
	case low == high:
		return durationWords(h.AtMost)
	}
	return low + " to " + high + " hours"
}

// hourNumber tells no tenth of a hundred hours.
func hourNumber(hours float64) string {
	if hours >= 100 {
		return grouped(int(math.Round(hours)))
	}
	return oneDecimal(hours)
}

func durationWords(hours float64) string {
	if minutes := int(math.Round(60 * hours)); minutes < 60 {
		return counted(minutes, "minute", "minutes")
	}
	text := hourNumber(hours)
	if text == "1" {
		return "1 hour"
	}
	return text + " hours"
}

func mostHours(h *analyzer.Hours) *decimal {
	if h == nil {
		return nil
	}
	return new(decimal(h.AtMost))
}

func leastHours(h *analyzer.Hours) *decimal {
	if h == nil {
		return nil
	}
	return new(decimal(h.AtLeast))
}
