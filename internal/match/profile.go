package match

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"sync"

	"interdict/internal/name"
	"interdict/internal/script"
)

// engine is the version of the code that analyses and scores, and of what
// package screen makes of a score: cards, qualifiers and bands. It changes with
// every change that can move an answer; the golden pairs in testdata and the
// golden numbers of package screen fail when something moves without it.
const engine = "11"

// Profile returns the id of the scoring profile: a hash over the version of
// the engine, every constant and every table. Two answers with the same
// profile and the same register snapshot are the same answer.
var Profile = sync.OnceValue(func() string {
	h := sha256.New()
	fmt.Fprintln(h, "engine", engine, NameCosts, MentionCosts, sameS, foldS, bonesS, bonesShortS, bonesNearS, bonesThreeS,
		LetterSimilarity, JoinedSimilarity, variantS, nicknameS, translateS, attestedS, conceptS, floorS, MinJoined, JoinAlternatives, FewWords,
		editPrice, fullCost, softCost, firstCost, swapCost, nasabFactor, patronymicFactor, formFactor, genericFactor, initialsFactor, initialFactor, vowelS,
		activityFactor, poorFactor, poorS, halfFactor, secondFactor, relatedFactor, acronymFactor, oddAcronymFactor, fewLetters, commonW, syllableFactor, differsFactor, orderFactor, oneWordFactor, shortenedFactor, contradictionFactor, name.LongWord, name.MaxPositions)
	for _, t := range append(name.Tables(), script.Tables()...) {
		io.WriteString(h, t)
	}
	return "p" + hex.EncodeToString(h.Sum(nil))[:12]
})
