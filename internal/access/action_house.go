package access

// Actions on the house itself: its law, its people, its keys, its books.
const (
	StatuteRead  Action = "statute.read"
	StatuteAdopt Action = "statute.adopt"

	RosterRead       Action = "roster.read"
	RosterRegister   Action = "roster.register"
	RosterClose      Action = "roster.close"
	RosterEngage     Action = "roster.engage"
	RosterLeave      Action = "roster.leave"
	RosterGiveRole   Action = "roster.give_role"
	RosterTakeRole   Action = "roster.take_role"
	RosterMakeSeat   Action = "roster.make_seat"
	RosterFillSeat   Action = "roster.fill_seat"
	RosterVacateSeat Action = "roster.vacate_seat"
	RosterStateKey   Action = "roster.state_key"

	CredentialList   Action = "credential.list"
	CredentialAdd    Action = "credential.add"
	CredentialInvite Action = "credential.invite"
	CredentialEquip  Action = "credential.equip"
	CredentialRevoke Action = "credential.revoke"

	LedgerRead    Action = "ledger.read"
	LedgerVerify  Action = "ledger.verify"
	LedgerRebuild Action = "ledger.rebuild"

	AuditRead Action = "audit.read"

	EffectivenessRead Action = "effectiveness.read"

	ErasureRequest Action = "erasure.request"
	ErasureList    Action = "erasure.list"
	ErasureRead    Action = "erasure.read"
	ErasureApprove Action = "erasure.approve"
	ErasureDeny    Action = "erasure.deny"

	RegisterRead    Action = "register.read"
	RegisterLoad    Action = "register.load"
	RegisterPropose Action = "register.propose"
	RegisterAccept  Action = "register.accept"

	ScreenName     Action = "screen.name"
	ScreenDocument Action = "screen.document"
	ScreenPayment  Action = "screen.payment"
	ScreenBook     Action = "screen.book"
)

var house = []Entry{
	{StatuteRead, Read, "read the statutes", ""},
	{StatuteAdopt, Change, "put a version of a statute in force", "charter.Charter.Adopt"},

	{RosterRead, Read, "see who there is: organisations, people, roles, seats", ""},
	{RosterRegister, Change, "register an organisation", "roster.Roster.Register"},
	{RosterClose, Change, "end an organisation's part", "roster.Roster.Close"},
	{RosterEngage, Change, "add a person or a machine", "roster.Roster.Engage"},
	{RosterLeave, Change, "end a person's work", "roster.Roster.Leave"},
	{RosterGiveRole, Change, "give a role", "roster.Roster.GiveRole"},
	{RosterTakeRole, Change, "take a role", "roster.Roster.TakeRole"},
	{RosterMakeSeat, Change, "make a seat", "roster.Roster.MakeSeat"},
	{RosterFillSeat, Change, "record an appointment", "roster.Roster.FillSeat"},
	{RosterVacateSeat, Change, "end an appointment", "roster.Roster.VacateSeat"},
	{RosterStateKey, Change, "state one's own key for ballots", "roster.Roster.StateKey"},

	{CredentialList, Read, "see which credentials a person has; never a secret", ""},
	{CredentialAdd, Change, "add a credential of one's own", ""},
	{CredentialInvite, Change, "issue an enrolment code for another person", ""},
	{CredentialEquip, Change, "give a machine an API key or map its certificate", ""},
	{CredentialRevoke, Change, "revoke a credential", ""},

	{LedgerRead, Read, "read the envelopes: what happened when, by whom; no bodies", ""},
	{LedgerVerify, Read, "verify the whole ledger", ""},
	{LedgerRebuild, Change, "rebuild the views from the ledger", ""},

	{AuditRead, Restricted, "see who saw what, and for which purpose", ""},

	{EffectivenessRead, Read, "read what the work came to: counts, sums and hours of the whole house, and no name", ""},

	{ErasureRequest, Change, "ask that what was sealed of a thing be destroyed", "erasure.Order.Request"},
	{ErasureList, Sight, "see that an erasure was asked for, and what became of it", ""},
	{ErasureRead, Read, "read what was erased and why", ""},
	{ErasureApprove, Change, "approve an erasure, as the second person", "erasure.Order.Approve"},
	{ErasureDeny, Change, "refuse an erasure", "erasure.Order.Deny"},

	{RegisterRead, Read, "read the register of lists", ""},
	{RegisterLoad, Change, "load an edition of a list", ""},
	{RegisterPropose, Change, "propose to take an edition that is held back", ""},
	{RegisterAccept, Change, "take an edition that is held back and that another person proposed", ""},

	{ScreenName, Read, "screen a name", ""},
	{ScreenDocument, Read, "screen a document", ""},
	{ScreenPayment, Read, "screen a payment", ""},
	{ScreenBook, Read, "screen a customer book", ""},
}
