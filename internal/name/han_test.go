package name

import (
	"slices"
	"testing"
)

func TestWordsOfAHanOrganisation(t *testing.T) {
	for in, want := range map[string][]string{
		"北京和德宇航技术有限公司":  {"北京", "和德", "宇航", "技术", "有限公司"},
		"弥勒浩翔科技有限公司":    {"弥勒", "浩翔", "科技", "有限公司"}, // four signs are two words
		"金华市海润动力科技有限公司": {"金华", "海润", "动力", "科技", "有限公司"},
		"石家庄市方正工业有限公司":  {"石家庄", "方正", "工业", "有限公司"},
		"天客隆超市有限公司":     {"天客隆超市", "有限公司"}, // no place: too far behind
		"山东奥德斯工业股份有限公司": {"山东", "奥德斯", "工业", "股份有限公司"},
		"海润市":    {"海润市"}, // nothing behind it
		"조선광선은행": {"조선", "광선", "은행"},
		"大津商事会社": {"大津", "商事", "会社"},
		"永利实业":   {"永利", "实业"},
	} {
		if got := slices.Collect(cutWords(in)); !slices.Equal(got, want) {
			t.Errorf("%s is cut %q, want %q", in, got, want)
		}
	}
}
