package list_test

import (
	"testing"

	"interdict/internal/list"
)

func TestLabelled(t *testing.T) {
	for text, want := range map[string]string{
		"SWIFT/BIC CMSY SY DA - all offices":               "bic CMSYSYDA",
		"Tax Registration Number: 7705513237":              "tax 7705513237",
		"Taxpayer identification number: 7705513237.":      "tax 7705513237",
		"State Registration Number: 1037739044111":         "registration 1037739044111",
		"INN 7707083893, KPP 773601001":                    "tax 7707083893 other 773601001",
		"Email info@ethic.ly. Website: www.agrobank.org":   "email info@ethic.ly website www.agrobank.org",
		"Tel: +963 11-221-3462. Fax (218)213345188.":       "phone +963 11-221-3462 phone (218)213345188",
		"Registration number: 1177053":                     "registration 1177053",
		"link: https://www.interpol.int/en/notice/1":       "",
		"Swift Investments (PVT) Ltd and its 10,000 shops": "",
	} {
		got := ""
		for _, id := range list.Labelled(text, "x") {
			got += " " + id.Type + " " + id.Number
		}
		if got != "" {
			got = got[1:]
		}
		if got != want {
			t.Errorf("Labelled(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestShipNumber(t *testing.T) {
	for number, want := range map[string]bool{"9074729": true, "8937675": true, "5342883": false, "907472": false, "90747x9": false} {
		if list.ShipNumber(number) != want {
			t.Errorf("ShipNumber(%q) is not %v", number, want)
		}
	}
}
