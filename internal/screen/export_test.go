package screen

import (
	"fmt"
	"strings"
)

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
		"words":      {commonWords, manyWords},
		"consonants": {someConsonants, someConsonants},
		"fathers":    {fathersTurned, fathersTurned},
		"acronym":    {madeAcronym, madeAcronym},
		"identifier": {alikeIdentifier, sameIdentifier},
	}
}

// Numbers are the constants that confidence and band follow from.
func Numbers() string {
	return fmt.Sprintln("calibration", calibration, "sigmoid", sigmoid, "birth", bornSameDay, bornSameMonth, bornSameYear, bornOverlap, bornFlipped,
		bornNear, bornElsewhen, "others", countryAgrees, countryDiffers, genderAgrees, genderDiffers, kindAgrees, kindDiffers, sameIdentifier, alikeIdentifier,
		"words", commonWords, fewWords, frequentWords, manyWords, someConsonants, fathersTurned, madeAcronym, commonWord, rareWord, fullBones,
		"bands", strongFrom, weakBelow, fullWord, mentionStrong, shortPair, minPair, "short forms", tellingOne, tellingTwo,
		"context", strings.Fields(contextText))
}
