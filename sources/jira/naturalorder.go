package jira

import "keyperson/sources"

// compareNatural orders texts with the numbers in them by value: OPS-9 comes before OPS-10.
func compareNatural(a, b string) int { return sources.CompareNatural(a, b) }
