package access

// Actions on what comes in: materials, alerts, exclusions.
const (
	MaterialSubmit          Action = "material.submit"
	MaterialList            Action = "material.list"
	MaterialRead            Action = "material.read"
	MaterialReadClosed      Action = "material.read_closed"
	MaterialReadWork        Action = "material.read_work"
	MaterialDerive          Action = "material.derive"
	MaterialScreen          Action = "material.screen"
	MaterialLinkMention     Action = "material.link_mention"
	MaterialRejectMention   Action = "material.reject_mention"
	MaterialPostponeMention Action = "material.postpone_mention"
	MaterialAskOnward       Action = "material.ask_onward"
	MaterialGrantOnward     Action = "material.grant_onward"
	MaterialRefuseOnward    Action = "material.refuse_onward"
	MaterialRevokeOnward    Action = "material.revoke_onward"
	MaterialGiveFeedback    Action = "material.give_feedback"
	MaterialWithdraw        Action = "material.withdraw"

	AlertRaise     Action = "alert.raise"
	AlertList      Action = "alert.list"
	AlertRead      Action = "alert.read"
	AlertSame      Action = "alert.same"
	AlertDifferent Action = "alert.different"
	AlertUnsure    Action = "alert.unsure"
	AlertEscalate  Action = "alert.escalate"
	AlertSnooze    Action = "alert.snooze"
	AlertWake      Action = "alert.wake"
	AlertClose     Action = "alert.close"
	AlertReopen    Action = "alert.reopen"
	AlertReport    Action = "alert.report"
	AlertEnd       Action = "alert.end"

	ExclusionRequest  Action = "exclusion.request"
	ExclusionList     Action = "exclusion.list"
	ExclusionRead     Action = "exclusion.read"
	ExclusionApprove  Action = "exclusion.approve"
	ExclusionDeny     Action = "exclusion.deny"
	ExclusionCertify  Action = "exclusion.certify"
	ExclusionWithdraw Action = "exclusion.withdraw"
	ExclusionExpire   Action = "exclusion.expire"
)

var intake = []Entry{
	{MaterialSubmit, Change, "hand in a material", "material.Material.Submit"},
	{MaterialList, Sight, "see that a material exists, its state and its days", ""},
	{MaterialRead, Read, "read the open summary, the grade, the receipt and the feedback", ""},
	{MaterialReadClosed, Restricted, "read the closed reasons, the parties and the documents", ""},
	{MaterialReadWork, Restricted, "read what the secretariat made of it: screenings, mentions, links to dossiers", ""},
	{MaterialDerive, Change, "add a text made from a document: extraction, recognition, translation", "material.Material.Derive"},
	{MaterialScreen, Change, "record what it was held against", "material.Material.Screen"},
	{MaterialLinkMention, Change, "judge that a mention means the subject of a dossier", "material.Material.LinkMention"},
	{MaterialRejectMention, Change, "judge that a mention means somebody else", "material.Material.RejectMention"},
	{MaterialPostponeMention, Change, "leave a mention for later", "material.Material.PostponeMention"},
	{MaterialAskOnward, Change, "ask the originator for onward use", "material.Material.AskOnward"},
	{MaterialGrantOnward, Change, "consent to onward use, as the originator", "material.Material.GrantOnward"},
	{MaterialRefuseOnward, Change, "refuse onward use, as the originator", "material.Material.RefuseOnward"},
	{MaterialRevokeOnward, Change, "end a consent, as the originator", "material.Material.RevokeOnward"},
	{MaterialGiveFeedback, Change, "tell the sender what it was good for", "material.Material.GiveFeedback"},
	{MaterialWithdraw, Change, "take it back", "material.Material.Withdraw"},

	{AlertRaise, Change, "raise an alert for the hits of an answer", "alert.Alert.Raise"},
	{AlertList, Sight, "see that an alert exists, its state and its days", ""},
	{AlertRead, Restricted, "read who was screened and the hits", ""},
	{AlertSame, Change, "judge that a hit is the listed subject", "alert.Alert.Same"},
	{AlertDifferent, Change, "judge that a hit is somebody else", "alert.Alert.Different"},
	{AlertUnsure, Change, "say that not enough is known of a hit", "alert.Alert.Unsure"},
	{AlertEscalate, Change, "hand it to a dossier", "alert.Alert.Escalate"},
	{AlertSnooze, Change, "put it off", "alert.Alert.PutOff"},
	{AlertWake, Change, "bring it back", "alert.Alert.Wake"},
	{AlertClose, Change, "close it", "alert.Alert.Close"},
	{AlertReopen, Change, "open it again", "alert.Alert.Reopen"},
	{AlertReport, Change, "file a report on what it found", "alert.Alert.Report"},
	{AlertEnd, Change, "record that a list ended the entry of a hit", "alert.Alert.End"},

	{ExclusionRequest, Change, "ask that a false hit be left out", "alert.Exclusion.Request"},
	{ExclusionList, Sight, "see that an exclusion exists, its state and its days", ""},
	{ExclusionRead, Restricted, "read for whom and for which entry it holds", ""},
	{ExclusionApprove, Change, "put it in force, as the second person", "alert.Exclusion.Approve"},
	{ExclusionDeny, Change, "refuse it", "alert.Exclusion.Deny"},
	{ExclusionCertify, Change, "record the exclusion that a certificate gives", "alert.Exclusion.Certify"},
	{ExclusionWithdraw, Change, "end it before its time", "alert.Exclusion.Withdraw"},
	{ExclusionExpire, Change, "record that it is over", "alert.Exclusion.Expire"},
}
