package demo

import "interdict/internal/material"

// The matters of the story. Everybody and everything in them is invented.

func lantern() *matter {
	return &matter{
		title: "Brotherhood of the Grey Lantern",
		subject: names("organisation", "Brotherhood of the Grey Lantern", "أخوية الفانوس الرمادي", "Братство Серого Фонаря").
			with(body{"countries": []string{state}}),
		from: liaisonProsecution, sender: "PG-114/2", paper: "Judgment on the fire at the Selda grain quay", sort: material.Judicial, tlp: material.Green,
		text: "The Regional Court of Selda found on the evidence of nine witnesses that the grain quay was set on fire on the night of the regatta " +
			"in order to frighten the public. It found further that the Brotherhood of the Grey Lantern (in its letters: أخوية الفانوس الرمادي) " +
			"planned the fire and paid for the boats. The judgment is final.",
		shows: [2]string{
			"the grain quay was set on fire on the night of the regatta in order to frighten the public",
			"planned the fire and paid for the boats",
		},
		open:   "A final judgment finds that the Brotherhood planned and paid for the fire at the grain quay of Selda.",
		closed: "Two of the witnesses are under protection.",
	}
}

func quarrengate() *matter {
	return &matter{
		title: "Zebulon Quarrengate",
		subject: names("person", "Zebulon Quarrengate", "Зебулон Кварренгейт", "زبولون كوارنغيت").
			with(body{"born": []string{"1968-04-17"}, "nationalities": []string{state}}),
		from: liaisonBorder, sender: "BG-771", paper: "Seizure of cash at the Oster crossing", sort: material.LawEnforcement, tlp: material.Amber,
		text: "On inspection of a refrigerated lorry at the Oster crossing, officers found cash in eleven tins. A note in the tins named " +
			"the Brotherhood and the men who had burned the quay. The driver, Zebulon Quarrengate, said that he carried the money every month " +
			"to the people who did it.",
		shows: [2]string{
			"the men who had burned the quay",
			"he carried the money every month to the people who did it",
		},
		open:   "He carried money every month to those who burned the grain quay.",
		closed: "The lorry was stopped on a tip from a source of the border guard.",
	}
}

func hostelFund() *matter {
	return &matter{
		title: "Tallow Street Hostel Fund",
		subject: names("organisation", "Tallow Street Hostel Fund", "Фонд приюта на Свечной улице").
			with(body{"identifiers": []body{{"type": "registration", "number": "VM-40017", "country": state}}}),
		from: liaisonRegion, sender: "RA-2203", paper: "Accounts of a hostel", sort: material.Financial, tlp: material.Amber,
		text: "The Tallow Street Hostel Fund rented its cellar to men who were later convicted of the fire at the quay. " +
			"Its treasurer paid their bail out of the fund. The books of two years are missing.",
		shows: [2]string{
			"men who were later convicted of the fire at the quay",
			"paid their bail out of the fund",
		},
		open:   "The fund paid for men who were convicted of the fire at the quay.",
		closed: "",
	}
}

func vashtarak() *matter {
	return &matter{
		title: "Quillon Vashtarak",
		subject: body{
			"kind": "person", "born": []string{"1979-11-02"}, "born_in": "Port Selda", "nationalities": []string{state},
			"names": []body{
				{"full": "Quillon Vashtarak"},
				{"full": "Квиллон Ваштарак"},
				{"full": "كويلون فاشتاراك"},
				{"full": "奎隆·瓦什塔拉克"},
				{"full": "the Lamplighter", "weak": true},
			},
			"identifiers": []body{{"type": "passport", "number": "VM8830417", "country": state}},
			"positions":   []string{"treasurer of the Brotherhood of the Grey Lantern"},
		},
		from: liaisonBank, sender: "CB-0907", paper: "Transfers through three ferry accounts", sort: material.Financial, tlp: material.Amber,
		text: "Between March and June 41 transfers of 9,900 euros each left the accounts of a ferry agency for a boatyard that " +
			"built the boats used at the quay and was to build three more for another fire. All were ordered by Quillon Vashtarak, who signs as " +
			"treasurer. He gave the same telephone as the writer of the letter signed Квиллон Ваштарак.",
		shows: [2]string{
			"was to build three more for another fire",
			"All were ordered by Quillon Vashtarak, who signs as treasurer",
		},
		open:   "As treasurer of the Brotherhood he paid a boatyard for boats that were to serve another fire.",
		closed: "The telephone was found through a partner service, which does not wish to be named.",
	}
}

func ferries() *matter {
	return &matter{
		title: "Saltmarsh Ferry Trading",
		subject: names("organisation", "Saltmarsh Ferry Trading", "شركة سولتمارش لتجارة العبارات", "Солтмарш Ферри Трейдинг").
			with(body{"countries": []string{state}, "identifiers": []body{{"type": "registration", "number": "VM-51120", "country": state}}}),
		from: liaisonBank, sender: "CB-0931", paper: "Who owns the ferry accounts", sort: material.Financial, tlp: material.Amber,
		text: "The boats for another fire were ordered through Saltmarsh Ferry Trading. Quillon Vashtarak holds all of its shares " +
			"through his driver, and the company kept paying the boatyard after he was listed.",
		shows: [2]string{
			"The boats for another fire were ordered through Saltmarsh Ferry Trading",
			"the company kept paying the boatyard after he was listed",
		},
		open:   "The company is controlled by Quillon Vashtarak and kept paying the boatyard after he was listed.",
		closed: "The driver is a witness.",
	}
}

func salvage() *matter {
	return &matter{
		title: "Ninth Harbour Salvage Company",
		subject: names("organisation", "Ninth Harbour Salvage Company", "第九港打捞公司", "Компания «Девятая гавань»").
			with(body{"countries": []string{state}}),
		from: liaisonBorder, sender: "BG-802", paper: "Divers and a stolen charge", sort: material.LawEnforcement, tlp: material.AmberStrict,
		text: "Divers of the Ninth Harbour Salvage Company (第九港打捞公司) raised a mine of the last war and did not report it. " +
			"The explosive is missing. Letters on board offer the explosive to the Brotherhood of the Grey Lantern for the second quay.",
		shows: [2]string{
			"The explosive is missing",
			"Letters on board offer the explosive to the Brotherhood of the Grey Lantern for the second quay",
		},
		open:   "The company raised explosive and offered it to the Brotherhood for an attack on the second quay.",
		closed: "The letters were copied on board without the crew's knowledge.",
	}
}

func bellwhistle() *matter {
	return &matter{
		title:   "Ozric Bellwhistle",
		subject: names("person", "Ozric Bellwhistle", "Озрик Беллуистл", "أوزريك بلويسل").with(body{"born": []string{"about 1987"}, "nationalities": []string{state}}),
		from:    liaisonRegion, sender: "RA-2262", paper: "The ticket office at the ferry pier", sort: material.Intelligence, tlp: material.Amber,
		text: "Ozric Bellwhistle, born about 1987, opened a ticket office in 2023. From March 2024 he sold each ticket twice and gave the second " +
			"price to a man whom he calls the Lamplighter. Passengers say that the money is for boats and that they saw him on the Patient Heron.",
		shows: [2]string{
			"Passengers say that the money is for boats and that they saw him on the Patient Heron",
			"gave the second price to a man whom he calls the Lamplighter",
		},
	}
}
