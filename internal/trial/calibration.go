package trial

import (
	"fmt"
	"html/template"
	"io"
	"time"

	"interdict/internal/bench"
	"interdict/internal/draw"
)

// CalibrationPage is a page of how well confidences foretell.
type CalibrationPage struct {
	Calibration bench.Calibration
	Machine     bench.Machine
	Date        time.Time
}

// WriteHTML writes the page. It needs nothing besides itself.
func (p CalibrationPage) WriteHTML(w io.Writer) error {
	x := struct {
		CalibrationPage
		Kinds []calibrationKind
	}{CalibrationPage: p}
	for i, k := range p.Calibration.Kinds {
		x.Kinds = append(x.Kinds, calibrationKind{k, reliabilityDrawing(fmt.Sprint("reliability-", i), k)})
	}
	if err := pageTemplate.ExecuteTemplate(w, "calibration.html", x); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}

type calibrationKind struct {
	bench.CalibrationKind
	Chart template.HTML
}

func reliabilityDrawing(id string, k bench.CalibrationKind) template.HTML {
	var series []draw.Foretelling
	for _, m := range k.Methods {
		if m.Method != bench.AsItStands && m.Method != k.Best {
			continue
		}
		s := draw.Foretelling{Name: m.Method}
		for _, b := range m.Bins {
			s.Points = append(s.Points, draw.Outcome{
				Foretold: b.Foretold, Found: b.Found.Share, Low: b.Found.Low, High: b.Found.High,
				Text: fmt.Sprintf("foretold %.2f, found %.2f (%.2f–%.2f) of %s", b.Foretold, b.Found.Share, b.Found.Low, b.Found.High, count(b.Cases)),
			})
		}
		series = append(series, s)
	}
	f := draw.Frame{ID: id, Title: "Reliability, " + k.Kind, About: "Hits in tenths of their confidence: how often they were foretold to be the subject meant, across, and how often they were, upward, with the 95 % interval. On the diagonal both are the same."}
	return drawn(draw.Reliability(f, "foretold", "found", series))
}
