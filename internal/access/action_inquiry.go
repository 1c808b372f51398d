package access

// Actions on dossiers, and on one request for information apart from its dossier.
const (
	DossierOpen       Action = "dossier.open"
	DossierList       Action = "dossier.list"
	DossierRead       Action = "dossier.read"
	DossierReadClosed Action = "dossier.read_closed"
	DossierAdmit      Action = "dossier.admit"
	DossierRelease    Action = "dossier.release"
	DossierRecuse     Action = "dossier.recuse"
	DossierIdentify   Action = "dossier.identify"
	DossierWrite      Action = "dossier.write"
	DossierAllege     Action = "dossier.allege"
	DossierStrike     Action = "dossier.strike"
	DossierDate       Action = "dossier.date"
	DossierSay        Action = "dossier.say"
	DossierLink       Action = "dossier.link"
	DossierLogContact Action = "dossier.log_contact"
	DossierAsk        Action = "dossier.ask"
	DossierAnswer     Action = "dossier.answer"
	DossierDecline    Action = "dossier.decline"
	DossierCancel     Action = "dossier.cancel"
	DossierExtend     Action = "dossier.extend"
	DossierPause      Action = "dossier.pause"
	DossierResume     Action = "dossier.resume"
	DossierMerge      Action = "dossier.merge"
	DossierSplit      Action = "dossier.split"
	DossierSubmit     Action = "dossier.submit"
	DossierReturn     Action = "dossier.return"
	DossierDecide     Action = "dossier.decide"
	DossierClose      Action = "dossier.close"
	DossierReopen     Action = "dossier.reopen"
	DossierExpire     Action = "dossier.expire"

	RequestList Action = "request.list"
	RequestRead Action = "request.read"
)

var inquiry = []Entry{
	{DossierOpen, Change, "begin the dossier of a subject", "dossier.Dossier.Open"},
	{DossierList, Sight, "see that a dossier exists, its state and its days", ""},
	{DossierRead, Restricted, "read its open version", ""},
	{DossierReadClosed, Restricted, "read all of it: closed text, allegations, evidence, contacts", ""},
	{DossierAdmit, Change, "let a person work on it", "dossier.Dossier.Admit"},
	{DossierRelease, Change, "end a person's work on it", "dossier.Dossier.Release"},
	{DossierRecuse, Change, "stand aside for good", "dossier.Dossier.Recuse"},
	{DossierIdentify, Change, "say better who the subject is", "dossier.Dossier.Identify"},
	{DossierWrite, Change, "write the open and the closed text", "dossier.Dossier.Write"},
	{DossierAllege, Change, "allege an element of a ground", "dossier.Dossier.Allege"},
	{DossierStrike, Change, "strike an entry", "dossier.Dossier.Strike"},
	{DossierDate, Change, "add to the timeline", "dossier.Dossier.Date"},
	{DossierSay, Change, "record what a party says", "dossier.Dossier.Say"},
	{DossierLink, Change, "tie it to another inquiry", "dossier.Dossier.Link"},
	{DossierLogContact, Change, "log a conversation with a partner", "dossier.Dossier.LogContact"},
	{DossierAsk, Change, "ask a person, an agency or a state", "dossier.Dossier.Ask"},
	{DossierAnswer, Change, "answer what one was asked", "dossier.Dossier.Answer"},
	{DossierDecline, Change, "decline what one was asked, with reasons", "dossier.Dossier.Decline"},
	{DossierCancel, Change, "take a request back", "dossier.Dossier.Cancel"},
	{DossierExtend, Change, "give a request more time", "dossier.Dossier.Extend"},
	{DossierPause, Change, "stop the clock of a request", "dossier.Dossier.Pause"},
	{DossierResume, Change, "let it run again", "dossier.Dossier.Resume"},
	{DossierMerge, Change, "merge it into another", "dossier.Dossier.Merge"},
	{DossierSplit, Change, "split a dossier off", "dossier.Dossier.Split"},
	{DossierSubmit, Change, "lay it before the commission", "dossier.Dossier.Submit"},
	{DossierReturn, Change, "give it back for more work", "dossier.Dossier.Return"},
	{DossierDecide, Change, "record the decision taken on it", "dossier.Dossier.Decide"},
	{DossierClose, Change, "close it", "dossier.Dossier.Close"},
	{DossierReopen, Change, "take it up again", "dossier.Dossier.Reopen"},
	{DossierExpire, Change, "record that the clock of a request ran out", "dossier.Dossier.Expire"},

	{RequestList, Sight, "see that a request exists, its state and its days", ""},
	{RequestRead, Restricted, "read what is asked and what was answered; nothing else of the dossier", ""},
}
