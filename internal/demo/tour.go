package demo

import "interdict/internal/roster"

// Step is one stop of the guided tour.
type Step struct {
	Title   string          `json:"title"`
	Text    string          `json:"text"`
	Server  Server          `json:"server"`
	Account roster.PersonID `json:"account"`          // to be; "": nobody
	Path    string          `json:"path"`             // of the page, on that server
	Ballot  string          `json:"ballot,omitempty"` // session in which the account is to vote, on its first item
}

// Tour walks the loop from a material to a frozen account and back, in the order
// in which it is to be walked.
func (t Things) Tour() []Step {
	return []Step{
		{
			Title: "A material comes in", Server: Authority, Account: analyst, Path: "/materials/" + t["material"],
			Text: "Letters from a locker, in four scripts, handed in today. Who is listed and whom a case is about was found in them at once; each mention waits for a person.",
		},
		{
			Title: "An alert is judged", Server: Authority, Account: analyst, Path: "/alerts/" + t["alert-strong"],
			Text: "A ferry licence for a name that is nearly a listed one. See it beside the entry, point by point; then say whether it is the same man. Another alert is plainly somebody else.",
		},
		{
			Title: "A case is built", Server: Authority, Account: analyst, Path: "/dossiers/" + t["dossier"],
			Text: "Grounds with the words that show them, a timeline with uncertain dates, people tied to accounts and a vessel, four agencies asked, one of them late.",
		},
		{
			Title: "The commission votes", Server: Authority, Account: chair, Path: "/sessions/" + t["session"], Ballot: t["session"],
			Text: "Today's session on the Ninth Harbour Salvage Company: two for, one against, four votes are missing. Read the case and cast yours; it is signed with your own key.",
		},
		{
			Title: "The chair signs", Server: Authority, Account: chair, Path: "/decisions/" + t["draft"],
			Text: "Yesterday the commission decided on Saltmarsh Ferry Trading. What you sign is the text that you read. From this moment the freeze is in force and published.",
		},
		{
			Title: "It is published", Server: Authority, Path: "/public",
			Text: "A signed list that any web server can carry, with a notice for people. Nobody has to sign in to read it.",
		},
		{
			Title: "The bank knows", Server: Harbour, Account: officer, Path: "/alerts",
			Text: "Within seconds the bank has verified the edition, loaded it and looked through its customers. They never leave the bank. There is an alert on its own desk.",
		},
		{
			Title: "The account is frozen", Server: Harbour, Account: officer, Path: "/reports",
			Text: "Say that it is the same company, freeze, and report what was frozen: numbers and amounts, never a name. The report goes to the authority by itself.",
		},
		{
			Title: "The authority sees each hop", Server: Authority, Account: lead, Path: "/editions",
			Text: "Decided, published, received, loaded, screened, reported: when, at each institution, and who was silent.",
		},
		{
			Title: "A baker of nearly that name", Server: Authority, Account: ombudsperson, Path: "/petitions/" + t["petition"],
			Text: "Kestrel Payments could not tell, and reported a partial match. The baker petitions. Ask him for his passport, or clear him.",
		},
		{
			Title: "A way back", Server: Authority, Account: lead, Path: "/petitions/" + t["petition-granted"],
			Text: "Three months ago a hostel fund was delisted after a petition. Its freeze was released, and the list says since when it is over.",
		},
		{
			Title: "Prove it", Server: Authority, Account: auditor, Path: "/audit",
			Text: "Every step stands in a ledger that cannot be changed unseen: who did it, who read it and why. Verify it in the page, and the vote of the treasurer's session too.",
		},
	}
}
