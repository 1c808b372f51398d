package access

// Actions on the editions of the published list and on what institutions report.
const (
	EditionPost   Action = "edition.post"
	EditionList   Action = "edition.list"
	EditionRead   Action = "edition.read"
	EditionExpire Action = "edition.expire"

	AcknowledgementMake Action = "acknowledgement.make"
	AcknowledgementList Action = "acknowledgement.list"
	AcknowledgementRead Action = "acknowledgement.read"

	ReportFile      Action = "report.file"
	ReportList      Action = "report.list"
	ReportRead      Action = "report.read"
	ReportSupersede Action = "report.supersede"
	ReportAnswer    Action = "report.answer"
	ReportDeliver   Action = "report.deliver"
	ReportRefuse    Action = "report.refuse"
	ReportRelay     Action = "report.relay"
	ReportLift      Action = "report.lift"
)

var reports = []Entry{
	{EditionPost, Change, "record that an edition was published, and who must act on it", "report.Edition.Post"},
	{EditionList, Sight, "see which editions were published", ""},
	{EditionRead, Read, "see how an edition went at each institution, and who was silent", ""},
	{EditionExpire, Change, "record who was silent when the time was over", "report.Edition.Expire"},

	{AcknowledgementMake, Change, "acknowledge that an edition was received, loaded, screened", "report.Acknowledgement.Make"},
	{AcknowledgementList, Sight, "see that an acknowledgement was made", ""},
	{AcknowledgementRead, Read, "read it", ""},

	{ReportFile, Change, "report what was frozen, attempted, rejected, released, or not found", "report.Report.File"},
	{ReportList, Sight, "see that a report exists and its state", ""},
	{ReportRead, Restricted, "read a report and its answer", ""},
	{ReportSupersede, Change, "correct a report by a later one", "report.Report.Supersede"},
	{ReportAnswer, Change, "answer a report, or ask for more", "report.Report.Respond"},
	{ReportDeliver, Change, "record at the institution that the authority took a report", "report.Report.Deliver"},
	{ReportRefuse, Change, "record at the institution that the authority did not take a report", "report.Report.Refuse"},
	{ReportRelay, Change, "record at the institution what the authority answered", "report.Report.Relay"},
	{ReportLift, Change, "record that the entry of a freeze ended", "report.Report.Lift"},
}
