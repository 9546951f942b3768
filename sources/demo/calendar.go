package demo

import (
	"math/rand/v2"
	"time"
)

// isWorkday leaves out weekends and the days about the turn of the year.
func isWorkday(at time.Time) bool {
	switch {
	case at.Weekday() == time.Saturday, at.Weekday() == time.Sunday:
		return false
	case at.Month() == time.December && at.Day() >= 24, at.Month() == time.January && at.Day() == 1:
		return false
	}
	return true
}

// workHour is a moment of office hours on the day, or on the next working day.
func workHour(at time.Time, random *rand.Rand) time.Time {
	day := at.Truncate(24 * time.Hour)
	for !isWorkday(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day.Add(8*time.Hour + time.Duration(random.IntN(9*3600))*time.Second)
}

// occurrences are the times at which work of a kind arises: at regular days for scheduled work, else at random, with
// bursts where there is noise.
func occurrences(k *kindPlan, from, to time.Time, rate, noise float64, random *rand.Rand) []time.Time {
	days := to.Sub(from).Hours() / 24
	interval := 91.3 / rate
	var times []time.Time
	if k.class == "scheduled" {
		for day := interval * random.Float64(); day < days; day += interval {
			late := 0
			if random.Float64() < 0.15*noise {
				late = 1 + random.IntN(2)
			}
			at := workHour(from.AddDate(0, 0, int(day)+late), random)
			if at.Before(to) {
				times = append(times, at)
			}
		}
		return times
	}
	const burst, inBurst = 0.05, 2 // of the occasions, and how many more on average
	interval *= 1 + burst*noise*inBurst
	for day := interval * random.ExpFloat64(); day < days; day += interval * random.ExpFloat64() {
		more := 0
		if random.Float64() < burst*noise {
			more = 1 + random.IntN(2*inBurst-1)
		}
		for range 1 + more {
			at := from.Add(time.Duration(day * 24 * float64(time.Hour))).Add(time.Duration(random.IntN(7200)) * time.Second)
			if k.class == "requested" {
				at = workHour(at, random)
			}
			if at = at.Truncate(time.Second); at.Before(to) {
				times = append(times, at)
			}
		}
	}
	return times
}

// back is when someone who is away at a time returns; the time itself for whoever is there.
func (p *person) back(at time.Time) time.Time {
	for _, holiday := range p.holidays {
		if !at.Before(holiday.from) && at.Before(holiday.to) {
			return holiday.to.Add(9 * time.Hour)
		}
	}
	return at
}
