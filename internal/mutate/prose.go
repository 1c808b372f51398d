package mutate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Language is a language that prose is written in.
type Language struct {
	common, stems, starts, ends []string
	people                      func(Invented) bool
}

// English and Russian are written here with common words, and with rare ones
// made of stems and endings.
var (
	English = Language{
		common: strings.Fields(englishCommon), stems: strings.Fields(englishStems),
		starts: []string{"", "", "", "", "un", "re", "over", "out", "fore", "under"},
		ends:   []string{"", "s", "ed", "ing", "er", "ers", "ment", "able", "ation", "ive", "ful", "ly", "less", "ness"},
		people: func(Invented) bool { return true },
	}
	Russian = Language{
		common: strings.Fields(russianCommon), stems: strings.Fields(russianStems),
		starts: []string{"", "", "", "", "по", "пере", "вы", "рас", "при", "за"},
		ends:   []string{"а", "ы", "ов", "ам", "ами", "ение", "ения", "ением", "ить", "ил", "ила", "или", "ный", "ного", "ному", "ными", "ная"},
		people: func(n Invented) bool { return n.Script == "Cyrl" },
	}
)

// Prose writes neutral text of at least size bytes: common words by frequency,
// many rare ones, sentences and paragraphs, and the name of nobody now and
// then. It follows from the seed.
func (l Language) Prose(seed uint64, size int) string {
	c := NewChance(seed)
	var people []string
	for _, n := range Invent(3, 500) {
		if l.people(n) {
			people = append(people, n.Name)
		}
	}
	var b strings.Builder
	for b.Len() < size {
		for range 4 + c.N(5) {
			l.sentence(c, people, &b)
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

func (l Language) sentence(c *Chance, people []string, b *strings.Builder) {
	for i := range 8 + c.N(14) {
		w := Pick(c, l.common)
		switch {
		case c.N(100) < 40:
			w = Pick(c, l.starts) + Pick(c, l.stems) + Pick(c, l.ends)
		case c.N(200) == 0:
			w = Pick(c, people)
		}
		if i == 0 {
			first, n := utf8.DecodeRuneInString(w)
			w = string(unicode.ToUpper(first)) + w[n:]
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		if c.N(12) == 0 {
			b.WriteByte(',')
		}
	}
	b.WriteString(". ")
}

const englishCommon = `
the of and to in a is that for it was on are as with they at be this from have or by one had not but what all were when we there
can an your which their said if do will each about how up out them then she many some so these would other into has more her two
like him see time could no make than first been its who now people my made over did down only way find use may water long little
very after words called just where most know`

const englishStems = `
act account advise allow appear apply arrange assign balance begin believe bring build carry change claim clear collect compare
complete concern consider contain continue control count cover create decide deliver demand depend describe design develop direct
discover divide draw drive employ enter establish exchange expect explain express extend fail farm figure finance follow form
gather govern grow guide harbour harvest improve include increase inform inspect intend invest involve issue journey judge labour
launch learn level limit maintain manage manufacture mark market measure member mention minister moment mountain nature notice
number observe obtain occur offer office operate order organise paint parliament perform period picture place plan plant point
politic position practice prepare present press prevent print produce profit promise propose protect provide public publish
purpose question reach receive recognise record reduce refer reform region relate remain remember repeat replace report represent
require research resource respond result return reveal river sail school season select separate serve settle shape ship signal
sign season speak spend stand station storm street strength struct suggest supply support surface survey system teach tend test
thought trade train travel treat trust turn unit value village visit wait watch weather wonder work write yield`

const russianCommon = `
и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о из ему
теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам сказал ведь там потом себя ничего ей может
они тут где есть надо ней для мы тебя их чем была сам чтоб без будто человек чего раз тоже себе под жизнь будет тогда кто этот
говорил того потому этого какой совсем этом один почти мой тем чтобы сейчас были куда зачем всех можно при наконец два об другой
после над больше тот через эти нас про всего них какая много разве три эту моя впрочем хорошо свою этой перед иногда лучше чуть
том нельзя такой им более всегда конечно всю между`

const russianStems = `
вод дом город дорог стран мест стол работ руч голов сторон книг письм слов дел сил врем час год ден ноч зем неб лес пол мор рек
гор мост завод цех план счет банк рынок товар цен дог совет закон прав суд реш прос ответ пис чит строй нос воз вел ход стро полн
чист нов стар добр зл бел черн красн зелен син выс низ шир узк долг крат быстр тих гром светл темн тепл холод сух мокр легк тяжел
прост слож важн нужн верн ясн точн общ част цел груп ряд знак след вид рост мер числ доля услов связ сред образ форм`
