package ca

import (
	"html"
	"regexp"
	"strings"

	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

var acronym = regexp.MustCompile(`^(.+\S) \(([A-Z][A-Z0-9'/-]{1,9})\)$`)

// terrorist reads an entry of the feed of listed terrorist entities (Criminal
// Code, section 83.05). Summary holds the aliases or "N/A".
func terrorist(b *builder) error {
	title := text(b.take("title"))
	if title == "" {
		return b.fault("the entry has no title")
	}
	b.rec.Kind = record.Organisation
	b.rec.Names = []record.Name{{Full: title, Type: record.Primary, Quality: record.Strong, At: "title"}}
	if m := acronym.FindStringSubmatch(title); m != nil {
		b.rec.Names = append(b.rec.Names,
			record.Name{Full: m[1], Type: record.Alias, Quality: record.Unspecified, Note: "the title without its acronym", At: "title"},
			record.Name{Full: m[2], Type: record.Alias, Quality: record.Unspecified, Note: "the acronym in the title", At: "title"})
	}
	b.take("summary")
	if s := text(b.Child("summary").Text); s != "" && !strings.EqualFold(s, "N/A") && !strings.EqualFold(s, "S.O.") {
		s = strings.TrimPrefix(s, "Also known as: ")
		b.aliases(s, "summary")
	}
	b.rec.Key = b.take("id")
	if b.rec.Key == "" {
		b.rec.Key = title
	}
	b.listing = record.Listing{
		Authority:  safety,
		Reference:  b.rec.Key,
		Programmes: []record.Text{{Text: "Listed terrorist entities", At: "title"}},
		LegalBases: []record.Text{{Text: "Criminal Code, section 83.05", At: "title"}},
		At:         "id",
	}
	if s := text(b.take("content")); s != "" {
		b.listing.Reasons = []record.Text{{Text: s, At: "content"}}
	}
	b.feedDates()
	b.known["summary@type"], b.known["content@type"], b.known["title@type"] = true, true, true
	b.known["link@href"], b.known["link@rel"], b.known["link@type"] = true, true, true
	if href := b.Child("link").Attr("href"); href != "" {
		b.rec.Other = append(b.rec.Other, record.Text{Role: "link", Text: href, At: "link@href"})
	}
	return nil
}

// feedDates reads when the feed published and changed the entry, which need
// not be the day of the listing.
func (b *builder) feedDates() {
	if s := b.take("published"); s != "" {
		b.listing.History = []record.Dated{{Role: "published", Date: b.date(day(s), "published"), At: "published"}}
	}
	if s := b.take("updated"); s != "" {
		b.listing.Updated = []date.Partial{b.date(day(s), "updated")}
	}
}

// day drops the time of a time stamp.
func day(s string) string {
	d, _, _ := strings.Cut(s, "T")
	return d
}

var tag = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// text takes markup out of a text construct, which the feed escapes.
func text(s string) string {
	return list.Squeeze(html.UnescapeString(tag.ReplaceAllString(s, " ")))
}
