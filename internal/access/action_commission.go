package access

// Actions of the commission: sessions and decisions.
const (
	SessionCall        Action = "session.call"
	SessionList        Action = "session.list"
	SessionRead        Action = "session.read"
	SessionReadBallots Action = "session.read_ballots"
	SessionAgenda      Action = "session.agenda"
	SessionInvite      Action = "session.invite"
	SessionOpen        Action = "session.open"
	SessionCome        Action = "session.come"
	SessionGo          Action = "session.go"
	SessionDeclare     Action = "session.declare"
	SessionRecuse      Action = "session.recuse"
	SessionNote        Action = "session.note"
	SessionPut         Action = "session.put"
	SessionVote        Action = "session.vote"
	SessionDissent     Action = "session.dissent"
	SessionCount       Action = "session.count"
	SessionAdjourn     Action = "session.adjourn"
	SessionClose       Action = "session.close"
	SessionCancel      Action = "session.cancel"

	DecisionDraft      Action = "decision.draft"
	DecisionList       Action = "decision.list"
	DecisionRead       Action = "decision.read"
	DecisionReadClosed Action = "decision.read_closed"
	DecisionRevise     Action = "decision.revise"
	DecisionDrop       Action = "decision.drop"
	DecisionSign       Action = "decision.sign"
	DecisionTurnDown   Action = "decision.turn_down"
	DecisionRule       Action = "decision.rule"
	DecisionPublish    Action = "decision.publish"
	DecisionEnd        Action = "decision.end"
	DecisionExpire     Action = "decision.expire"
)

var commission = []Entry{
	{SessionCall, Change, "call a session", "session.Session.Call"},
	{SessionList, Sight, "see that a session exists, its state and its day", ""},
	{SessionRead, Restricted, "read agenda, presence, notes, results and dissents", ""},
	{SessionReadBallots, Restricted, "read the signed ballots and count them again", ""},
	{SessionAgenda, Change, "list an item", "session.Session.List"},
	{SessionInvite, Change, "invite an official or an expert", "session.Session.Invite"},
	{SessionOpen, Change, "open it with the composition of the day", "session.Session.Open"},
	{SessionCome, Change, "record that a member came", "session.Session.Come"},
	{SessionGo, Change, "record that a member left", "session.Session.Go"},
	{SessionDeclare, Change, "declare one's interests", "session.Session.Declare"},
	{SessionRecuse, Change, "stand aside from an item, or rule so as chair", "session.Session.Recuse"},
	{SessionNote, Change, "note the deliberation", "session.Session.Note"},
	{SessionPut, Change, "put the question", "session.Session.Put"},
	{SessionVote, Change, "cast one's ballot", "session.Session.Vote"},
	{SessionDissent, Change, "write a dissent", "session.Session.Dissent"},
	{SessionCount, Change, "count", "session.Session.Count"},
	{SessionAdjourn, Change, "adjourn an item", "session.Session.Adjourn"},
	{SessionClose, Change, "close it", "session.Session.Close"},
	{SessionCancel, Change, "call it off", "session.Session.Cancel"},

	{DecisionDraft, Change, "draft it", "decision.Decision.Draft"},
	{DecisionList, Sight, "see that a decision exists, its state and its days", ""},
	{DecisionRead, Restricted, "read its text and open reasons", ""},
	{DecisionReadClosed, Restricted, "read its closed reasons", ""},
	{DecisionRevise, Change, "revise the draft", "decision.Decision.Revise"},
	{DecisionDrop, Change, "drop the draft", "decision.Decision.Drop"},
	{DecisionSign, Change, "sign it", "decision.Decision.Sign"},
	{DecisionTurnDown, Change, "refuse to sign it", "decision.Decision.TurnDown"},
	{DecisionRule, Change, "record what the court ruled", "decision.Decision.Rule"},
	{DecisionPublish, Change, "publish it", "decision.Decision.Publish"},
	{DecisionEnd, Change, "end it by another decision", "decision.Decision.End"},
	{DecisionExpire, Change, "record that a clock ran out", "decision.Decision.Expire"},
}
