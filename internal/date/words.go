package date

import "strings"

// months of the Gregorian calendar, January first: English, French, German,
// Spanish, Italian, Portuguese, Dutch, Russian, Ukrainian, Turkish,
// Indonesian, Arabic (Egypt, Levant, Maghreb, Morocco), Persian. A comma
// parts names; names may have several words.
var gregorianMonths = [12]string{
	"january, jan, janvier, janv, januar, jänner, jän, enero, ene, gennaio, gen, janeiro, januari, январь, января, январе, янв, січень, січня, січні, січ, ocak, oca, يناير, كانون الثاني, جانفي, ژانویه",
	"february, feb, février, févr, fév, februar, feber, febrero, febbraio, febb, fevereiro, fev, februari, pebruari, февраль, февраля, феврале, фев, февр, лютий, лютого, лютому, лют, şubat, şub, فبراير, شباط, فيفري, فوریه",
	"march, mar, mars, märz, mär, mrz, marzo, março, maart, mrt, maret, март, марта, марте, мар, березень, березня, березні, бер, mart, مارس, آذار",
	"april, apr, avril, avr, abril, abr, aprile, апрель, апреля, апреле, апр, квітень, квітня, квітні, кві, квіт, nisan, nis, أبريل, نيسان, أفريل, آوریل",
	"may, mai, mayo, maggio, mag, maio, mei, май, мая, мае, травень, травня, травні, тра, трав, mayıs, مايو, أيار, ماي, مه, می",
	"june, jun, juin, juni, junio, giugno, giu, junho, июнь, июня, июне, июн, червень, червня, червні, чер, черв, haziran, haz, يونيو, يونيه, حزيران, جوان, ژوئن",
	"july, jul, juillet, juil, juli, julio, luglio, lug, julho, июль, июля, июле, июл, липень, липня, липні, лип, temmuz, tem, يوليو, يوليه, تموز, جويلية, يوليوز, ژوئیه, جولای",
	"august, aug, août, aou, agosto, ago, augustus, agustus, agu, agt, август, августа, августе, авг, серпень, серпня, серпні, сер, серп, ağustos, ağu, أغسطس, آب, أوت, غشت, اوت, آگوست",
	"september, sep, sept, septembre, septiembre, setiembre, settembre, sett, setembro, set, сентябрь, сентября, сентябре, сен, сент, вересень, вересня, вересні, вер, eylül, eyl, سبتمبر, أيلول, شتنبر, سپتامبر",
	"october, oct, octobre, oktober, okt, octubre, ottobre, ott, outubro, out, октябрь, октября, октябре, окт, жовтень, жовтня, жовтні, жов, жовт, ekim, eki, أكتوبر, تشرين الأول, اکتبر",
	"november, nov, novembre, noviembre, novembro, nopember, ноябрь, ноября, ноябре, ноя, нояб, листопад, листопада, листопаді, лис, лист, kasım, kas, نوفمبر, تشرين الثاني, نونبر, نوامبر",
	"december, dec, décembre, déc, dezember, dez, diciembre, dic, dicembre, dezembro, desember, des, декабрь, декабря, декабре, дек, грудень, грудня, грудні, гру, груд, aralık, ara, ديسمبر, كانون الأول, دجنبر, دسامبر",
}

// hijriMonths are those of the lunar calendar, Muharram first.
var hijriMonths = [12]string{
	"muharram, moharram, المحرم, محرم",
	"safar, صفر",
	"rabi al awwal, rabi i, rabi ul awwal, rabi al awal, ربيع الأول",
	"rabi al thani, rabi ii, rabi ul thani, rabi al akhir, ربيع الآخر, ربيع الثاني",
	"jumada al awwal, jumada al ula, jumada i, جمادى الأولى, جمادى الأول",
	"jumada al thani, jumada al thaniya, jumada al akhira, jumada ii, جمادى الآخرة, جمادى الثانية, جمادى الثاني",
	"rajab, رجب",
	"shaban, شعبان",
	"ramadan, ramazan, رمضان",
	"shawwal, shawal, شوال",
	"dhu al qadah, dhu al qidah, dhul qadah, dhul qidah, ذو القعدة, ذي القعدة",
	"dhu al hijjah, dhul hijjah, dhul hijja, ذو الحجة, ذي الحجة",
}

// solarMonths are those of the Iranian and Afghan calendar, Farvardin first.
var solarMonths = [12]string{
	"farvardin, فروردین, hamal, حمل",
	"ordibehesht, اردیبهشت, sawr, ثور",
	"khordad, خرداد, jawza, جوزا",
	"tir, تیر, saratan, سرطان",
	"mordad, amordad, مرداد, asad, اسد",
	"shahrivar, shahrivar, شهریور, sonbola, سنبله",
	"mehr, مهر, mizan, میزان",
	"aban, آبان, aqrab, عقرب",
	"azar, آذر, qaws, قوس",
	"dey, دی, jadi, جدی",
	"bahman, بهمن, dalwa, دلو",
	"esfand, اسفند, hut, حوت",
}

// sense is what a word does in a date.
type sense uint8

const (
	nothing sense = iota
	filler        // says nothing about when: born, on, year, г.р.
	circa
	doubt
	between
	until // A until B
	and   // between A and B, else a separator
	or
	before
	after
	early
	middle
	late
	lunar
	solar
	gregorian
	hijri // lunar unless a solar word stands beside it
	age   // makes a bracket a note
	void  // "unknown", "n/a": says that there is no date
)

var senses = words(map[sense]string{
	filler: "born, birth, dob, date, of, on, in, the, year, years, est, established, founded, incorporated, incorporation, " +
		"st, nd, rd, th, d, né, née, le, la, er, de, del, des, geboren, geb, am, vom, den, im, nacido, nacida, el, año, nato, nata, il, anno, " +
		"nascido, nascida, em, ano, do, op, jaar, calendar, calendrier, calendario, kalender, " +
		"г, год, года, году, годы, р, рік, року, році, роки, род, рожд, рождения, родился, родилась, н, в, у, " +
		"yılı, yıl, doğumlu, doğum, tahun, lahir, tanggal, سنة, عام, مواليد, سال, متولد",
	circa: "circa, c, ca, cca, approximately, approximate, approx, about, around, roughly, estimated, " +
		"environ, vers, env, ungefähr, etwa, um, zirka, alrededor, aproximadamente, hacia, aprox, cerca, circa, " +
		"omstreeks, rond, ongeveer, около, примерно, приблизительно, ок, близько, приблизно, " +
		"yaklaşık, civarı, civarında, sekitar, حوالي, حوالی, تقريبا, نحو, حدود, تقریبا",
	doubt: "possibly, probably, presumably, presumed, perhaps, maybe, likely, alleged, allegedly, reportedly, " +
		"probablement, présumé, présumée, vermutlich, wahrscheinlich, probablemente, posiblemente, probabilmente, provavelmente, " +
		"waarschijnlijk, вероятно, предположительно, ймовірно, muhtemelen, kemungkinan, ربما, يحتمل",
	between: "between, from, entre, zwischen, von, desde, tra, fra, tussen, между, с, між, antara, بين, بین, من, از",
	until:   "to, till, until, à, au, bis, hasta, al, a, até, tot, по, до, sampai, hingga, إلى, حتى, تا",
	and:     "and, et, und, y, e, en, и, та, і, й, ile, ve, dan, و",
	or:      "or, ou, oder, o, of, или, або, чи, veya, atau, أو, یا",
	before:  "before, avant, vor, antes, prima, voor, раньше, önce, sebelum, قبل",
	after:   "after, après, nach, después, dopo, depois, после, після, sonra, setelah, بعد",
	early:   "early, beginning, début",
	middle:  "mid, middle, milieu",
	late:    "late, end, fin",
	lunar:   "lunar, qamari, قمري, قمری",
	solar:   "sh, ap, solar, shamsi, iranian, persian, jalali, afghan, iranien, persan, ش, شمسي, شمسی, خورشیدی, иранский",
	gregorian: "gregorian, ad, ce, grégorien, gregorianisch, gregoriano, م, ميلادي, ميلادية, میلادی, " +
		"григорианский",
	hijri: "hijri, hijra, hijrah, hegira, ah, h, ه, هجري, هجرية, هجری, hégirien, islamic, ق",
	age:   "old, aged, âgé, âgée",
	void:  "unknown, na, nd, none, nil, inconnu, inconnue, unbekannt, desconocido, desconocida, неизвестно, невідомо, bilinmiyor",
})

// digitsFor are the letters that stand for digits which are not known.
var digitsFor = map[string]bool{
	"dd": true, "mm": true, "yy": true, "yyyy": true, "xx": true, "x": true, "xxxx": true,
	"jj": true, "tt": true, "aaaa": true, "jjjj": true, "дд": true, "мм": true, "гггг": true,
}

// month is a month by its name.
type month struct {
	calendar Calendar
	number   int
}

var months = func() map[string]month {
	out := map[string]month{}
	for c, names := range map[Calendar][12]string{Gregorian: gregorianMonths, Hijri: hijriMonths, SolarHijri: solarMonths} {
		for i, line := range names {
			for _, name := range strings.Split(line, ", ") {
				out[fold(name)] = month{c, i + 1}
			}
		}
	}
	return out
}()

func words(in map[sense]string) map[string][]sense {
	out := map[string][]sense{}
	for s := filler; s <= void; s++ {
		for _, w := range strings.Split(in[s], ", ") {
			out[fold(w)] = append(out[fold(w)], s)
		}
	}
	return out
}
