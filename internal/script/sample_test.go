package script_test

import (
	"fmt"
	"testing"

	"interdict/internal/script"
)

func TestShow(t *testing.T) {
	for _, w := range []string{"محمد", "الظواهري", "عبدالرحمن", "شهرستاني", "حقانی", "نورالدین", "زلمی", "خلیلزاد", "الشيشاني", "فلاديمير", "гончар", "александр", "хусейн", "їжакевич", "ўзбекистон", "müller", "åström", "יצחק", "נתניהו", "ריצ'רד", "בהם", "папандреу", "παπανδρέου", "χρήστοσ", "սարգսյան", "სააკაშვილი"} {
		c, _ := script.Clean(w)
		fmt.Println(w, script.Romanise(c, 8))
	}
}
