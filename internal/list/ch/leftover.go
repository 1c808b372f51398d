package ch

import (
	"strings"

	"interdict/internal/list"
	"interdict/internal/record"
)

// known are the paths below a target that the reader understands; the subject
// is individual, entity or object, and its children may stand beside it.
var known = paths(`@ssid @sanctions-set-id sanctions-set-id foreign-identifier
	generic-attribute generic-attribute@ssid generic-attribute@name
	@sex @object-type @ssid
	identity@ssid identity@main
	identity/name@ssid identity/name@name-type identity/name@quality identity/name@lang
	identity/name/name-part identity/name/name-part@ssid identity/name/name-part@name-part-type identity/name/name-part@order
	identity/name/name-part/value
	identity/name/name-part/spelling-variant identity/name/name-part/spelling-variant@ssid
	identity/name/name-part/spelling-variant@lang identity/name/name-part/spelling-variant@script
	identity/day-month-year@ssid identity/day-month-year@day identity/day-month-year@month identity/day-month-year@year
	identity/nationality identity/nationality@ssid identity/nationality/country identity/nationality/country@iso-code
	identity/place-of-birth@ssid identity/place-of-birth@place-id identity/place-of-birth/location identity/place-of-birth/area
	identity/place-of-birth/country identity/place-of-birth/country@iso-code identity/place-of-birth/remarks
	identity/identification-document@ssid identity/identification-document@document-type
	identity/identification-document/number identity/identification-document/issuer identity/identification-document/issuer@code
	identity/identification-document/date-of-issue identity/identification-document/expiry-date identity/identification-document/remark
	identity/identification-document/date-of-issue@day identity/identification-document/date-of-issue@month identity/identification-document/date-of-issue@year
	identity/identification-document/expiry-date@day identity/identification-document/expiry-date@month identity/identification-document/expiry-date@year
	identity/address@ssid identity/address@place-id identity/address/c-o identity/address/address-details identity/address/p-o-box
	identity/address/zip-code identity/address/remarks identity/address/location identity/address/area identity/address/country identity/address/country@iso-code
	justification justification@ssid other-information other-information@ssid
	relation relation@ssid relation@relation-type relation@target-id relation/remark`)

func paths(text string) map[string]bool {
	out := map[string]bool{}
	for _, p := range strings.Fields(text) {
		out[p] = true
	}
	return out
}

// leftovers keeps what is not understood. A modification repeats whole
// entries; its text has been kept by modifications.
func (b *builder) leftovers() {
	keep := func(path, value string) {
		b.warn(path, "unknown element, kept as it stands")
		b.rec.Other = append(b.rec.Other, record.Text{Role: path, Text: value, At: path})
	}
	list.Leftovers(b.Entry.Node, func(path string) bool {
		for _, subject := range []string{"individual/", "entity/", "object/", "individual", "entity", "object"} {
			if rest, ok := strings.CutPrefix(path, subject); ok {
				path = rest
				break
			}
		}
		return known[path] || strings.HasPrefix(path, "modification")
	}, keep)
}
