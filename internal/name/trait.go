package name

// traits are what the structure of a name looks for in a word: bits.
type traits uint16

const (
	known traits = 1 << iota // the others have been looked up
	abd
	anArticle
	aNasab
	aKunya
	din
	articleDin
	rahman
	allah
	stem // can be the first half of a compound
	patronymic
	persian // the second half of a Persian compound
	dinStem // goes before "Din" without an article too
	abu     // makes one name with Bakr
	bakr    // makes one name with Abu
)

func traitsOf(s string) traits {
	t := known
	set := func(is bool, bit traits) {
		if is {
			t |= bit
		}
	}
	kind := particles()[s].kind
	set(kind == article, anArticle)
	set(kind == nasab, aNasab)
	set(kind == kunya, aKunya)
	set(kind == notParticle && len(s) >= 2, stem)
	set(isAbd(s), abd)
	set(isDin(s), din)
	set(isArticleDin(s), articleDin)
	set(isRahman(s), rahman)
	set(isAllah(s), allah)
	set(isPatronymic(s), patronymic)
	set(isPersian(s), persian)
	set(t&stem != 0 && dinStems()[fold(s)], dinStem)
	set(isAbu(s), abu)
	set(isBakr(s), bakr)
	return t
}

// printedTraits are the traits of the likeliest reading as printed.
func (p *piece) printedTraits() traits {
	if p.known == nil {
		return traitsOf(p.first())
	}
	if p.known.printed == 0 {
		p.known.printed = traitsOf(p.first())
	}
	return p.known.printed
}

// traits are the traits of the likeliest reading in canonical form.
func (p *piece) traits() traits {
	if p.known == nil {
		return traitsOf(p.first())
	}
	if p.known.glued == 0 {
		p.known.glued = traitsOf(p.first())
	}
	return p.known.glued
}
