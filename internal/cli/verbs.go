package cli

// verbs is the table of everything that interdict does, in the order of help.
// A verb is a variable in a file of its own; its name here is all that makes
// it known.
func verbs() []verb {
	all := []verb{
		demoVerb,
		screenNameVerb,
		screenDocumentVerb,
		screenPaymentVerb,
		screenBookVerb,
		bulkRunVerb,
		bulkWorkerVerb,
		registerLoadVerb(),
		registerSyncVerb(),
		registerStatusVerb(),
		registerAcceptVerb(),
		registerShowVerb(),
		registerConcordanceVerb(),
		registerDiffVerb(),
		registerLinkVerb(),
		benchCalibrationVerb,
		benchFairnessVerb,
		benchLosslessVerb,
		benchQualityVerb,
		benchRescreenVerb,
		benchRivalsVerb,
		benchSpeedVerb,
		benchValidationVerb,
		commissionFoundVerb,
		institutionFoundVerb,
		serveVerb,
		replicaVerb,
		replicaPushVerb,
		enrolVerb,
		publishVerb,
		followVerb,
		followStatusVerb,
		followReleasesVerb,
		ledgerVerifyVerb,
		ledgerCheckpointVerb,
		ledgerProveVerb,
		ledgerReceiptVerb,
		ledgerRebuildVerb,
		effectivenessVerb(),
		statuteListVerb(),
		statuteShowVerb(),
		statuteCheckVerb(),
		statuteDiffVerb(),
	}
	all = append(all, caseworkVerbs()...)
	return append(all, versionVerb, completionVerb(), helpVerb())
}
