package access

// Actions on what comes after a decision.
const (
	PetitionLodge     Action = "petition.lodge"
	PetitionList      Action = "petition.list"
	PetitionRead      Action = "petition.read"
	PetitionAsk       Action = "petition.ask"
	PetitionAnswer    Action = "petition.answer"
	PetitionRecommend Action = "petition.recommend"
	PetitionSendBack  Action = "petition.send_back"
	PetitionGrant     Action = "petition.grant"
	PetitionRefuse    Action = "petition.refuse"
	PetitionReject    Action = "petition.reject"
	PetitionWithdraw  Action = "petition.withdraw"
	PetitionExpire    Action = "petition.expire"

	ReviewSchedule Action = "review.schedule"
	ReviewList     Action = "review.list"
	ReviewRead     Action = "review.read"
	ReviewHold     Action = "review.hold"
	ReviewStop     Action = "review.stop"
	ReviewExpire   Action = "review.expire"

	PublicationRead Action = "publication.read"
)

var aftermath = []Entry{
	{PetitionLodge, Change, "lodge a petition", "petition.Petition.Lodge"},
	{PetitionList, Sight, "see that a petition exists, its state and its days", ""},
	{PetitionRead, Restricted, "read it, its evidence and the answers", ""},
	{PetitionAsk, Change, "ask the petitioner", "petition.Petition.Ask"},
	{PetitionAnswer, Change, "record the petitioner's answer", "petition.Petition.Answer"},
	{PetitionRecommend, Change, "recommend an outcome", "petition.Petition.Recommend"},
	{PetitionSendBack, Change, "ask for another recommendation", "petition.Petition.SendBack"},
	{PetitionGrant, Change, "grant it by a decision in force", "petition.Petition.Grant"},
	{PetitionRefuse, Change, "refuse it", "petition.Petition.Refuse"},
	{PetitionReject, Change, "find that it cannot be heard", "petition.Petition.Reject"},
	{PetitionWithdraw, Change, "record that the petitioner withdrew", "petition.Petition.Withdraw"},
	{PetitionExpire, Change, "record what silence did", "petition.Petition.Expire"},

	{ReviewSchedule, Change, "begin the reviews of a decision", "petition.Reviews.Schedule"},
	{ReviewList, Sight, "see that a review is due", ""},
	{ReviewRead, Restricted, "read what reviews found", ""},
	{ReviewHold, Change, "record a review", "petition.Reviews.Hold"},
	{ReviewStop, Change, "end the reviews", "petition.Reviews.Stop"},
	{ReviewExpire, Change, "record that a review was missed", "petition.Reviews.Expire"},

	{PublicationRead, Read, "read what is published: notices and the commission's own list", ""},
}
