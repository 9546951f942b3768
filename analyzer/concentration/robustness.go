package concentration

// RobustnessArea condenses a robustness curve into one number: the mean of what is still covered after
// the loss of 1, 2 … people, up to the last of them, in [0,1]. The curve starts with what is covered
// with everyone present, which does not count; a curve that ends before the last person has fallen
// to 0 there. It is 0 when one absence uncovers everything, and without people.
//
// Source: Schneider et al. 2011 (PNAS 108:3838), R = 1/N·Σ s(Q) over Q = 1 … N losses.
func RobustnessArea(curve []float64, people int) float64 {
	if people <= 0 || len(curve) < 2 {
		return 0
	}
	sum := 0.0
	for _, covered := range curve[1:min(len(curve), people+1)] {
		sum += covered
	}
	return sum / float64(people)
}
