package mutate

import (
	"slices"
	"strings"
	"unicode"
)

// russian holds the letters on which all schemes agree (names.md 1.1).
const russian = "а=a б=b в=v г=g д=d е=e з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f " +
	"і=i ї=i є=ie ґ=g ў=u ђ=dj љ=lj њ=nj ћ=c џ=dz ѓ=gj ќ=kj ѕ=dz ј=j ә=a ғ=g қ=k ң=n ө=o ұ=u ү=u һ=h ҳ=h ҷ=j ӣ=i ӯ=u "

// schemes are the letters that differ by standard (names.md 1.1).
var schemes = []string{
	"ё=e ж=zh й=i х=kh ц=ts ч=ch ш=sh щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia",          // ICAO 9303
	"ё=e ж=zh й=i х=kh ц=tc ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=iu я=ia",            // GOST R 52535
	"ё=yo ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch ъ=' ы=y ь=' э=e ю=yu я=ya",         // MVD 782
	"ё=e ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь=' э=e ю=yu я=ya",           // MVD 310
	"ё=e ж=j й=i у=ou х=kh ц=ts ч=tch ш=ch щ=chtch ъ= ы=y ь= э=e ю=iou я=ia",     // MVD 310, French
	"ё=ë ж=ž й=j х=h ц=c ч=č ш=š щ=ŝ ъ=ʺ ы=y ь=ʹ э=è ю=û я=â",                    // GOST 7.79 A, ISO 9
	"ё=yo ж=zh й=j х=x ц=cz ч=ch ш=sh щ=shh ъ=`` ы=y` ь=` э=e` ю=yu я=ya",        // GOST 7.79 B
	"ё=yë ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch ъ=” ы=y ь=’ э=e ю=yu я=ya",         // BGN/PCGN
	"ё=ë ж=ž й=j х=x ц=c ч=č ш=š щ=šč ъ=ʺ ы=y ь=ʹ э=è ю=ju я=ja",                 // scientific
	"ё=yo ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya",           // encyclopaedic
	"ё=jo ж=sch й=j х=ch ц=z ч=tsch ш=sch щ=schtsch ъ= ы=y ь= э=e ю=ju я=ja в=w", // German press
	"ё=io ж=ż й=j х=ch ц=c ч=cz ш=sz щ=szcz ъ= ы=y ь= э=e ю=ju я=ja в=w",         // Polish press
}

// latinOfCyrillic are the same differences seen from Latin.
var latinOfCyrillic = [][]swap{
	swaps("kh=h,x,ch shch=sch,šč,shh ts=c,tc,tz zh=j,ž ch=tch,č sh=š,sch"),
	swaps("yu=iu,ju ya=ia,ja yo=e,jo ye=e,je iy=y,ij,ii"),
	swaps("iu=yu,ju ia=ya,ja yov=ev,ov ev=eff,yev,iev ov=off,ow sky=ski,skiy,skij skiy=sky,skii"),
	swaps("v=w y=i,j ai=ay,aj ei=ey,ej oi=oy,oj"),
}

// romanisedBySomeScheme writes Cyrillic in Latin letters by one scheme.
func romanisedBySomeScheme(c *Chance, s string) (string, bool) {
	if !in(s, unicode.Cyrillic) {
		return "", false
	}
	return romanise(c, s, Pick(c, schemes))
}

func romanise(c *Chance, s, scheme string) (string, bool) {
	special := swaps(scheme)
	// A letter on which the scheme differs stands before the common one.
	return swapAll(c, s, slices.Concat(special, swaps(russian)))
}

// cyrillicOfLatin is how Latin names are heard and written in Russian.
var cyrillicOfLatin = swaps("shch=щ kh=х zh=ж ts=ц ch=ч sh=ш yu=ю iu=ю ya=я ia=я yo=ё ye=е th=т ph=ф gh=г dj=дж ee=и oo=у ou=у " +
	"a=а b=б c=к d=д e=е f=ф g=г h=х i=и j=дж k=к l=л m=м n=н o=о p=п q=к r=р s=с t=т u=у v=в w=в x=кс y=й z=з '= ’= ʿ= -=-")

func toCyrillic(c *Chance, s string) (string, bool) {
	if !in(s, unicode.Latin) {
		return "", false
	}
	if plain, ok := dropDiacritics(c, s); ok {
		s = plain
	}
	return swapAll(c, s, cyrillicOfLatin)
}

// throughRussian sends a name of any script through Russian into Latin, as
// post-Soviet documents do (names.md 1.2): Husayn, Хусайн, Khusayn.
func throughRussian(c *Chance, s string) (string, bool) {
	var russianName string
	var ok bool
	switch {
	case in(s, unicode.Latin):
		russianName, ok = toCyrillic(c, s)
	case in(s, unicode.Arabic):
		russianName, ok = swapAll(c, s, cyrillicOfArabic)
		russianName = capitals(russianName)
	}
	if !ok {
		return "", false
	}
	return romanise(c, russianName, Pick(c, schemes))
}

func capitals(s string) string {
	words := strings.Fields(s)
	for i := range words {
		words[i] = capital(words[i])
	}
	return strings.Join(words, " ")
}
