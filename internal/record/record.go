// Package record says who is meant: subjects of designations and the listings
// that designate them, as one list printed them.
//
// It promises that nothing a list says is lost or rounded: names keep their
// parts, kind and quality, dates their precision, and every value the element
// it came from. What no field fits is kept in Other. It never merges what two
// lists say; that is the register's work, and it never judges.
package record

import "interdict/internal/date"

// Record is one entry of one edition of one list: a subject and its listing.
type Record struct {
	Source  string // short id of the list: "un", "ofac", "eu" ...
	Edition string // id of the edition, filled in by the register
	Key     string // the list's own key of this entry, unique in the edition
	File    string // file of the edition
	Line    int    // 1-based line where the entry starts, 0 unknown
	Element string // path of the entry in the file, e.g. "INDIVIDUALS/INDIVIDUAL[12]"
	Subject
	Listings []Listing
}

// Kind is what a subject is.
type Kind string

// Kinds of subject. Unknown is its own answer, never a guess.
const (
	Unknown      Kind = "unknown"
	Person       Kind = "person"
	Organisation Kind = "organisation"
	Vessel       Kind = "vessel"
	Aircraft     Kind = "aircraft"
	Wallet       Kind = "wallet"
)

// Subject is what one list says of a person, organisation, vessel, aircraft
// or wallet. The field At of each value is its element path within the entry.
type Subject struct {
	Kind          Kind
	Names         []Name // the primary name first
	Births        []Birth
	Deaths        []Dated
	Dates         []Dated // founding, building, dissolution: Role says which
	Genders       []Text
	Nationalities []Country
	Citizenships  []Country
	Countries     []Country // other ties to a country: residence, flag, registration; Role says which
	Titles        []Text
	Positions     []Text
	Addresses     []Address
	Identifiers   []Identifier
	Links         []Link
	Remarks       []Text
	Other         []Text // whatever has no field of its own; Role is the element's name
}

// NameType says how a name relates to its bearer.
type NameType string

// Types of name. A translation or a name in the original script is Primary or
// Alias, as its list says; its Script tells.
const (
	Primary NameType = "primary"
	Alias   NameType = "alias"
	Former  NameType = "former"
)

// Quality is how good a list says an alias is. A reader never infers it
// except where the format's documentation says so.
type Quality string

// Qualities of a name (list-formats 0.9).
const (
	Strong      Quality = "strong"      // "Good", primary names
	Unspecified Quality = "unspecified" // "a.k.a." without a grade
	FormerName  Quality = "former"
	Weak        Quality = "weak" // "Low", "low quality a.k.a."
	UnknownQual Quality = "unknown"
)

// Name is one name as a list prints it.
type Name struct {
	Full     string // whole name, inner white space collapsed, order as printed
	Parts    []Part // where the list gives parts
	Type     NameType
	Quality  Quality
	Script   string  // ISO 15924 as given, "" if the list does not say
	Language string  // BCP 47 or as given
	Births   []Birth // birth data that the list ties to this alias only
	Note     string
	At       string
}

// Role is the part that a piece of a name plays.
type Role string

// Roles of name parts (names.md 5, SECO and OFAC part types).
const (
	Given       Role = "given"
	Middle      Role = "middle"
	Family      Role = "family"
	Maiden      Role = "maiden"
	Patronymic  Role = "patronymic"
	Matronymic  Role = "matronymic"
	Father      Role = "father"
	Grandfather Role = "grandfather"
	Tribal      Role = "tribal"
	Suffix      Role = "suffix"
	Title       Role = "title"
	Nickname    Role = "nickname"
	Whole       Role = "whole"
	OtherPart   Role = "other"
)

// Part is one piece of a name. Order in the slice is the printed order.
type Part struct {
	Role Role
	Text string
}

// Text is a value in words.
type Text struct {
	Role string // what the list calls it, where that matters
	Text string
	At   string
}

// Dated is a date with its role: "death", "founded", "built", "dissolved".
type Dated struct {
	Role string
	Date date.Partial
	At   string
}

// Birth is a date and place of birth; either may be empty.
type Birth struct {
	Date  date.Partial
	Place Place
	Note  string
	At    string
}

// Place is where something is, as printed, with the country's code if known.
type Place struct {
	City, Region string
	Country      string // as printed
	Code         string // ISO 3166-1 alpha-2, "" if not mapped
	Text         string // the whole place where the list does not split it
}

// Country is a tie to a country.
type Country struct {
	Role string // "nationality", "flag", "residence"
	Text string // as printed
	Code string // ISO 3166-1 alpha-2, "" if not mapped
	Note string
	At   string
}

// Address is a postal address as far as the list splits it.
type Address struct {
	Street, City, Region, PostCode string
	Country, Code                  string
	Text                           string // unsplit text
	Note                           string
	At                             string
}

// Identifier is a number or string that points at one subject.
type Identifier struct {
	Type    string // passport, national-id, tax, registration, imo, mmsi, call-sign, bic, lei, wallet, email, phone, website, account, other
	Number  string // as printed
	Country string // issuing country, as printed
	Code    string // ISO 3166-1 alpha-2, "" if not mapped
	Detail  string // the list's own name of the type, currency of a wallet
	Issuer  string
	Issued  date.Partial
	Expires date.Partial
	Note    string
	At      string
}

// Link points from this subject to another one.
type Link struct {
	Role   string // "associate", "owned by", "merged into", "family", as printed or from the list's table
	Source string // list of the other subject, "" for this list
	Key    string // key or reference of the other subject, "" if only a name is given
	Name   string
	Note   string
	At     string
}

// Listing is one act by which an authority put the subject on a list, apart
// from the subject itself: one subject may have many.
type Listing struct {
	Authority  string      // who lists: "UN Security Council", "OFAC"
	Reference  string      // the list's reference number, "" if it has none
	Former     []string    // earlier references that the list itself prints
	Also       []Reference // references of other lists that this one prints
	ListedOn   date.Partial
	InForce    date.Partial
	Updated    []date.Partial // amendments
	Reviewed   []date.Partial
	Programmes []Text
	LegalBases []Text
	Measures   []Text
	Reasons    []Text
	History    []Dated // further dated acts; Role says which
	Delisted   date.Partial
	Ended      bool // delisted, expired or revoked, with or without a date
	At         string
}

// Reference is a reference number of another list.
type Reference struct {
	Source string // "un", "eu", "uk" ...
	Value  string
	At     string
}

// PrimaryName returns the first name marked primary, else the first, else "".
func (s Subject) PrimaryName() string {
	for _, n := range s.Names {
		if n.Type == Primary {
			return n.Full
		}
	}
	if len(s.Names) > 0 {
		return s.Names[0].Full
	}
	return ""
}
