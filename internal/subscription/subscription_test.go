package subscription_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/subscription"
)

var (
	at   = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	made = subscription.Made{
		ID: id.New[subscription.Subscription]([10]byte{1}), Owner: "bank", URL: "https://bank.example/hints",
		Topics: []subscription.Topic{subscription.ReportAnswered, subscription.EditionPublished, subscription.ReportAnswered},
	}
)

// after is a subscription after events.
func after(events ...event.Event) subscription.Subscription {
	var s subscription.Subscription
	for i, e := range events {
		s = s.Apply(e, event.Envelope{Version: uint64(i + 1), By: "olga", At: at})
	}
	return s
}

func TestMake(t *testing.T) {
	events, err := subscription.Subscription{}.Make(made)
	if err != nil {
		t.Fatal(err)
	}
	s := after(events...)
	if s.State != subscription.Active || s.Owner != "bank" || s.By != "olga" || len(s.Topics) != 2 || s.Topics[0] != subscription.EditionPublished {
		t.Errorf("%+v", s)
	}
	for name, c := range map[string]struct {
		on    subscription.Subscription
		spoil func(*subscription.Made)
		want  fault.Kind
	}{
		"twice":       {s, func(*subscription.Made) {}, fault.Conflict},
		"for nobody":  {subscription.Subscription{}, func(m *subscription.Made) { m.Owner = "" }, fault.Invalid},
		"no id":       {subscription.Subscription{}, func(m *subscription.Made) { m.ID = subscription.ID{} }, fault.Invalid},
		"of nothing":  {subscription.Subscription{}, func(m *subscription.Made) { m.Topics = nil }, fault.Invalid},
		"of a secret": {subscription.Subscription{}, func(m *subscription.Made) { m.Topics = []subscription.Topic{"dossier.opened"} }, fault.Invalid},
		"nowhere":     {subscription.Subscription{}, func(m *subscription.Made) { m.URL = "bank" }, fault.Invalid},
	} {
		m := made
		c.spoil(&m)
		if _, err := c.on.Make(m); err == nil || fault.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// Whatever was done before, each verb leads where the table says, or is a
// conflict; what has ended does nothing more.
func TestVerbs(t *testing.T) {
	verbs := map[string]func(subscription.Subscription) ([]event.Event, error){
		"rotate":  subscription.Subscription.Rotate,
		"pause":   func(s subscription.Subscription) ([]event.Event, error) { return s.Pause("moving") },
		"resume":  subscription.Subscription.Resume,
		"disable": subscription.Subscription.Disable,
		"resend":  func(s subscription.Subscription) ([]event.Event, error) { return s.Resend("msg_1") },
		"end":     func(s subscription.Subscription) ([]event.Event, error) { return s.End("over") },
	}
	leads := map[subscription.State]map[string]subscription.State{
		subscription.Active:   {"rotate": "active", "pause": "paused", "disable": "disabled", "resend": "active", "end": "ended"},
		subscription.Paused:   {"rotate": "paused", "resume": "active", "disable": "disabled", "end": "ended"},
		subscription.Disabled: {"rotate": "disabled", "resume": "active", "end": "ended"},
		subscription.Ended:    {},
	}
	rapid.Check(t, func(t *rapid.T) {
		s := after(made)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			verb := rapid.SampledFrom([]string{"rotate", "pause", "resume", "disable", "resend", "end"}).Draw(t, "verb")
			events, err := verbs[verb](s)
			want, may := leads[s.State][verb]
			if may != (err == nil) || err != nil && fault.KindOf(err) != fault.Conflict {
				t.Fatalf("%s when %s: %v", verb, s.State, err)
			}
			for _, e := range events {
				s = s.Apply(e, event.Envelope{Version: s.Version + 1, At: at})
			}
			if may && s.State != want {
				t.Fatalf("%s led to %s, want %s", verb, s.State, want)
			}
			if held := s.State == subscription.Paused || s.State == subscription.Disabled || s.State == subscription.Ended; held != (s.Reason != "") {
				t.Fatalf("%s for the reason %q", s.State, s.Reason)
			}
		}
	})
	for _, err := range []error{second(after(made).Pause(" ")), second(after(made).End("")), second(after(made).Resend(""))} {
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("without a word: %v", err)
		}
	}
}

func second(_ []event.Event, err error) error { return err }

func TestAddresses(t *testing.T) {
	for text, loopback := range map[string]bool{
		"https://bank.example/hints": false, "https://bank.example:8443/a?token=1": false, "https://8.8.8.8/": false, "https://[2606:4700::1111]/": false,
		"http://localhost:9000/": true, "http://127.0.0.1/x": true, "http://[::1]:9/": true, "https://LocalHost/": true, "http://127.9.9.9/": true,
		"http://[::ffff:127.0.0.1]/": true,
	} {
		a, err := subscription.ParseAddress(text)
		if err != nil || a.Loopback != loopback {
			t.Errorf("%s: %+v, %v", text, a, err)
		}
	}
	for _, text := range []string{
		"", "bank.example", "/hints", "https://", "https:bank.example", "http://bank.example/", "ftp://bank.example/", "javascript:alert(1)",
		"https://user:word@bank.example/", "https://bank.example/#top", "https://10.1.2.3/", "https://192.168.0.1/", "https://169.254.169.254/latest/meta-data",
		"https://[fe80::1]/", "https://[fd12::1]/", "https://[::]/", "https://0.0.0.0/", "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://100.64.0.1/",
		"http://localhost.bank.example/", "http://127.0.0.1.nip.example/", "https://bank.example/" + strings.Repeat("a", 500), "https://bank.example:x/",
	} {
		if a, err := subscription.ParseAddress(text); fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("%s: %+v, %v", text, a, err)
		}
	}
}

// No address that the library knows to be of a private, local or special sort is
// public, in whatever form it is written.
func TestPublicIsNothingOfOurs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ip netip.Addr
		if rapid.Bool().Draw(t, "four") {
			ip = netip.AddrFrom4([4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "bytes")))
		} else {
			ip = netip.AddrFrom16([16]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "bytes")))
		}
		public := subscription.Public(ip)
		if public && (ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() || ip.IsInterfaceLocalMulticast() || ip.IsLinkLocalMulticast() || !ip.IsGlobalUnicast()) {
			t.Fatalf("%s is public", ip)
		}
		if ip.Is4() && public != subscription.Public(netip.AddrFrom16(ip.As16())) {
			t.Fatalf("%s and the same in the form of IPv6 are not alike", ip)
		}
	})
	for _, text := range []string{"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "223.255.255.255", "2606:4700::1111", "2a00::1"} {
		if !subscription.Public(netip.MustParseAddr(text)) {
			t.Errorf("%s is not public", text)
		}
	}
	if subscription.Public(netip.Addr{}) || subscription.Public(netip.MustParseAddr("2606:4700::1111%eth0")) {
		t.Error("what is no address, or of one link, is public")
	}
}
