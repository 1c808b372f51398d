package screen

// Confidence is the confidence, 1/10000, of a name score, 1/10000, with the
// log-odds of qualifiers, 1/1000.
func Confidence(score, logit int) int { return along(sigmoid, along(calibration, score)+logit) }

// Bounds returns the lowest and the highest log-odds of each qualifier.
func Bounds() map[string][2]int {
	return map[string][2]int{
		"birth":      {bornElsewhen, bornSameDay},
		"country":    {countryDiffers, countryAgrees},
		"gender":     {genderDiffers, genderAgrees},
		"schema":     {kindDiffers, kindAgrees},
		"words":      {fewWords, manyWords},
		"identifier": {sameIdentifier, sameIdentifier},
	}
}
