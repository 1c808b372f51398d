package demo

import "interdict/internal/roster"

// Step is one stop of the guided tour.
type Step struct {
	Title   string          `json:"title"`
	Text    string          `json:"text"`
	Server  Server          `json:"server"`
	Account roster.PersonID `json:"account"` // to be; "": nobody
	Path    string          `json:"path"`    // of the page, on that server
}

// Tour walks the loop from a material to a frozen account and back, in the order
// in which it is to be walked.
func (t Things) Tour() []Step {
	return []Step{
		{"A material comes in", "Letters from a locker, in four scripts, handed in two hours ago. Who is listed and whom a case is about was found in them at once; each mention waits for a person.", Authority, analyst, "/materials/" + t["material"]},
		{"An alert is judged", "A ferry licence for a name that is nearly a listed one. See it beside the entry, point by point; then say whether it is the same man. Another alert is plainly somebody else.", Authority, analyst, "/alerts/" + t["alert-strong"]},
		{"A case is built", "Grounds with the words that show them, a timeline with uncertain dates, people tied to accounts and a vessel, four agencies asked, one of them late.", Authority, analyst, "/dossiers/" + t["dossier"]},
		{"The commission votes", "Today's session on the Ninth Harbour Salvage Company: two for, one against, four votes are missing. Read the case and cast yours; it is signed with your own key.", Authority, chair, "/sessions/" + t["session"]},
		{"The chair signs", "Yesterday the commission decided on Saltmarsh Ferry Trading. What you sign is the text that you read. From this moment the freeze is in force and published.", Authority, chair, "/decisions/" + t["draft"]},
		{"It is published", "A signed list that any web server can carry, with a notice for people. Nobody has to sign in to read it.", Authority, "", "/public"},
		{"The bank knows", "Within seconds the bank has verified the edition, loaded it and looked through its customers. They never leave the bank. There is an alert on its own desk.", Harbour, officer, "/alerts"},
		{"The account is frozen", "Say that it is the same company, freeze, and report what was frozen: numbers and amounts, never a name. The report goes to the authority by itself.", Harbour, officer, "/reports"},
		{"The authority sees each hop", "Decided, published, received, loaded, screened, reported: when, at each institution, and who was silent.", Authority, lead, "/editions"},
		{"A baker of nearly that name", "Kestrel Payments could not tell, and reported a partial match. The baker petitions. Ask him for his passport, or clear him.", Authority, ombudsperson, "/petitions/" + t["petition"]},
		{"A way back", "Three months ago a hostel fund was delisted after a petition. Its freeze was released, and the list says since when it is over.", Authority, lead, "/petitions/" + t["petition-granted"]},
		{"Prove it", "Every step stands in a ledger that cannot be changed unseen: who did it, who read it and why. Verify it in the page, and the vote of the treasurer's session too.", Authority, auditor, "/audit"},
	}
}
