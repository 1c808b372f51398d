package script_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/script"
)

// Spellings that are in public use must be among the candidates.
func TestCustomarySpellings(t *testing.T) {
	for _, group := range []struct{ script, pairs string }{
		{"Latin", "müller=mueller müller=muller weiß=weiss łukasz=lukasz ångström=angstrom đặng=dang åse=aase əliyev=aliyev əliyev=eliyev çelik=celik şahin=sahin şahin=shahin þór=thor ærø=aeroe"},
		{"Russian", "горбачёв=gorbachev ельцин=yeltsin юрий=yury дмитрий=dmitry дмитрий=dmitriy сергей=sergey сергей=sergei хрущёв=khrushchev александр=aleksandr шойгу=shoygu джохар=johar щукин=shchukin чечня=chechnya наталья=natalya наталья=natalia"},
		{"Ukrainian", "гончаренко=honcharenko гончаренко=goncharenko їжакевич=yizhakevych юлія=yuliia володимирський=volodymyrskyi сергій=serhii зеленський=zelenskyi"},
		{"Belarusian", "лукашэнка=lukashenka быкаў=bykau быкаў=bykaw"},
		{"Bulgarian", "първанов=parvanov"},
		{"Serbian", "милошевић=milosevic ђинђић=djindjic караџић=karadzic вучић=vucic"},
		{"Central Asia", "назарбаев=nazarbaev қасым=kasym қасым=qasym жеңіс=zhenis ўзбек=uzbek ҳусайн=husayn шавкат=shavkat сапармурат=saparmurat"},
		{"Arabic", "محمد=muhammad محمد=mohammed أحمد=ahmad الظواهري=alzawahiri أسامة=usama أسامة=osama حسين=hussein حسين=husayn عبدالرحمن=abdulrahman عبدالرحمن=abdelrahman عثمان=othman صلاح=salah القذافي=alqadhafi نورالدين=noureddine حزبالله=hizballah أبوبكر=abubakr"},
		{"Persian, Urdu, Pashto", "خامنه\u200cای=khamenei حسین=hossein علیرضا=alireza پرویز=parviz پرویز=pervez آخندزاده=akhundzada حقانی=haqqani گلبدین=gulbuddin چودھری=chudhri"},
		{"Hebrew", "יצחק=yitzhak נתניהו=netanyahu כהן=cohen חיים=haim חיים=chaim צ'רלי=charli"},
		{"Greek", "παπανδρέου=papandreou τσίπρασ=tsipras μπακογιάννη=bakogianni χρήστοσ=christos ευάγγελοσ=evangelos αυτόσ=aftos ντόρα=dora γκίκασ=gikas"},
		{"Armenian, Georgian", "սարգսյան=sargsyan սարգսյան=sargsian փաշինյան=pashinyan երևան=yerevan სააკაშვილი=saakashvili შევარდნაძე=shevardnadze"},
		{"Chinese", "毛泽东=maozedong 毛泽东=maotsetung 習近平=xijinping 单=shan 仇=qiu 曾=zeng 曾=tsang 解=xie 查=zha 陈=chen 陳=chan 黄=wong 吴=ng 张=cheung 李=lee 蒋介石=jiangjieshi 欧阳=ouyang 周=chow"},
		{"Korean", "김=kim 이=lee 이=yi 이=ri 박=park 박=pak 최=choi 정=chung 유=ryu 임=lim 김정은=kimjongun 김정은=gimjeongeun 이명박=leemyungbak 리영호=riyongho"},
		{"Japanese", "たなか=tanaka 松本=matsumoto 安倍=abe さとう=sato さとう=satoh しんぞう=shinzo ジョンソン=jonson つち=tuti まっちゃ=matcha しんぶん=shimbun"},
		{"India", "मोदी=modi राजेश=rajesh मुहम्मद=muhammad सरदार=sardar হাসিনা=hasina ਸਿੰਘ=singh தமிழ்=thamizh தமிழ்=thamil"},
		{"South-East Asia", "ทักษิณ=thaksin ชินวัตร=chinwatra สมชาย=somchai ไกรสร=kraison အောင်=aung မင်း=min ໄກສອນ=kaison"},
		{"Ethiopic", "ገብረ=gebre አህመድ=ahmed ሥላሴ=selase"},
	} {
		t.Run(group.script, func(t *testing.T) {
			for _, pair := range strings.Fields(group.pairs) {
				in, want, _ := strings.Cut(pair, "=")
				token, _ := script.Clean(in)
				if !slices.Contains(texts(script.Romanise(token, script.MaxCandidates)), want) {
					t.Errorf("%s: %v lack %s", in, texts(script.Romanise(token, script.MaxCandidates)), want)
				}
			}
		})
	}
}

func texts(in []script.Romanised) []string {
	out := make([]string, len(in))
	for i, r := range in {
		out[i] = r.Text
	}
	return out
}

func TestAbjadFlag(t *testing.T) {
	for token, want := range map[string]bool{"شهرستاني": true, "בהם": true, "иван": false, "ivan": false, "کوردستانێ": false} {
		var got script.Flags
		for _, r := range script.Romanise(token, 0) {
			got |= r.Flags
		}
		if (got&script.Abjad != 0) != want {
			t.Errorf("%s: abjad %v, want %v", token, !want, want)
		}
	}
	all := script.Romanise("محمد", 0)
	if all[0].Flags != 0 || !slices.ContainsFunc(all, func(r script.Romanised) bool { return r.Flags == script.Abjad }) {
		t.Errorf("a known name starts with customary spellings and keeps its consonants, got %v", all)
	}
}

func TestUnknownLettersAreNotLost(t *testing.T) {
	for token, want := range map[string]string{"ᏣᎳᎩ": "u13e3u13b3u13a9", "ᚠ": "u16a0", "a1": "a1", "x²": "x2"} {
		got := script.Romanise(token, 0)
		if len(got) != 1 || got[0].Text != want {
			t.Errorf("%s = %v, want %s", token, got, want)
		}
	}
	if got := script.Romanise("-'", 0); len(got) != 0 {
		t.Errorf("no letters, yet %v", got)
	}
}

func TestSyllables(t *testing.T) {
	for _, c := range []struct {
		token string
		first []string
	}{
		{"单志刚", []string{"shan", "zhi", "gang"}},
		{"김정은", []string{"kim", "jung", "eun"}},
		{"欧阳修", []string{"ou", "yang", "xiu"}},
	} {
		got := script.Syllables(c.token)
		if len(got) != len(c.first) {
			t.Fatalf("%s: %d syllables", c.token, len(got))
		}
		for i, list := range got {
			if list[0] != c.first[i] {
				t.Errorf("%s[%d] = %v, want %s first", c.token, i, list, c.first[i])
			}
		}
	}
}

func TestFamily(t *testing.T) {
	for token, want := range map[string]int{"毛泽东": 1, "欧阳修": 2, "김정은": 1, "남궁민수": 2, "陈": 0, "弗拉基米爾": 0, "ivan": 0, "": 0} {
		if got := script.Family(token); got != want {
			t.Errorf("Family(%q) = %d, want %d", token, got, want)
		}
	}
}

var update = flag.Bool("update", false, "write the golden files anew")

// The golden file is there to be read: every candidate of a few names per script.
func TestGolden(t *testing.T) {
	const path = "testdata/candidates.txt"
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(old)) {
		token, _, _ := strings.Cut(strings.TrimSpace(line), ":")
		if token == "" || token[0] == '#' {
			b.WriteString(line)
			continue
		}
		clean, _ := script.Clean(token)
		fmt.Fprintf(&b, "%s:", token)
		for _, r := range script.Romanise(clean, 0) {
			mark := ""
			if r.Flags&script.Abjad != 0 {
				mark = "*"
			}
			fmt.Fprintf(&b, " %s%s(%s)", r.Text, mark, r.Table)
		}
		b.WriteByte('\n')
	}
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(old), b.String()); d != "" {
		t.Errorf("candidates changed (-golden +now), run with -update and read the difference:\n%s", d)
	}
}
