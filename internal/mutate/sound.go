package mutate

import (
	"strings"
	"unicode"
)

var (
	respellings = bothWays(swaps("ph=f ck=k x=ks qu=kw sch=sh tz=ts ough=o ee=i oo=u ou=u ai=ei ie=i dj=j th=t gh=g zz=z ss=s ll=l mm=m nn=n"))
	vowels      = swaps("a=e,o e=a,i i=e,y o=u,a u=o,ou")
)

// nicknames are pairs of common knowledge, one name a word, each line a family.
var nicknames = families(`
mohammed muhammad mohamed mo
alexander sasha alex sandro iskander
ivan vanya john jan juan
vladimir volodya vova
dmitry dima mitya
mikhail misha michael mike
nikolai kolya nicholas nick
ekaterina katya catherine kate
maria masha mary
yusuf yousef joseph joe
ibrahim abraham abe
william bill will
robert bob rob
richard dick rick
elizabeth liz beth
james jim jacobo
ahmed hamdi
jose pepe
francisco paco
сергей серёжа
александр саша
владимир вова
`)

func families(text string) []swap {
	var list []swap
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		for i, w := range words {
			if len(words) > 1 {
				list = append(list, swap{w, append(append([]string{}, words[:i]...), words[i+1:]...)})
			}
		}
	}
	return list
}

func soundMutations() []Mutation {
	one := func(table string) func(*Chance, string) (string, bool) {
		list := bothWays(swaps(table))
		return func(c *Chance, s string) (string, bool) { return swapOne(c, s, list) }
	}
	return []Mutation{
		{ID: "sound.respelt", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return swapOne(c, s, respellings) }},
		{ID: "sound.nickname", Band: Possible, apply: nickname},
		{ID: "sound.vowel", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return swapOne(c, s, vowels) }},
		{ID: "sound.vowels", Band: Possible, apply: func(c *Chance, s string) (string, bool) { return swapAll(c, s, vowels) }},
		{ID: "sound.b-v", Band: Strong, apply: one("b=v")},
		{ID: "sound.w-v", Band: Strong, apply: one("w=v")},
		{ID: "sound.y-i", Band: Strong, apply: one("y=i")},
		{ID: "sound.k-q-c", Band: Strong, apply: one("k=q,c q=c")},
	}
}

func nickname(c *Chance, s string) (string, bool) {
	find := func(w string) (swap, bool) {
		for _, n := range nicknames {
			if n.from == bare(w) {
				return n, true
			}
		}
		return swap{}, false
	}
	return onWord(c, s, func(w string) bool { _, ok := find(w); return ok }, func(w string) string {
		n, _ := find(w)
		to := Pick(c, n.to)
		if unicode.IsUpper([]rune(w)[0]) {
			to = capital(to)
		}
		return to
	})
}
