package access

// Actions on subscriptions: who is told that something happened.
const (
	SubscriptionMake    Action = "subscription.make"
	SubscriptionList    Action = "subscription.list"
	SubscriptionRead    Action = "subscription.read"
	SubscriptionRotate  Action = "subscription.rotate"
	SubscriptionPause   Action = "subscription.pause"
	SubscriptionResume  Action = "subscription.resume"
	SubscriptionResend  Action = "subscription.resend"
	SubscriptionDisable Action = "subscription.disable"
	SubscriptionEnd     Action = "subscription.end"
)

var subscriptions = []Entry{
	{SubscriptionMake, Change, "register an address to be told that something happened", "subscription.Subscription.Make"},
	{SubscriptionList, Sight, "see that a subscription exists and its state", ""},
	{SubscriptionRead, Read, "read its address and topics, and how hints went that one may know of", ""},
	{SubscriptionRotate, Change, "take another secret into use", "subscription.Subscription.Rotate"},
	{SubscriptionPause, Change, "let hints wait", "subscription.Subscription.Pause"},
	{SubscriptionResume, Change, "let them be sent again", "subscription.Subscription.Resume"},
	{SubscriptionResend, Change, "send a hint again", "subscription.Subscription.Resend"},
	{SubscriptionDisable, Change, "record that the address said that it is gone", "subscription.Subscription.Disable"},
	{SubscriptionEnd, Change, "end it", "subscription.Subscription.End"},
}
