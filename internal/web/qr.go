package web

import (
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// qrCode draws a text as a QR code: an SVG of one path, without a style.
func qrCode(text, title string) (string, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", err
	}
	size := code.Bounds()
	var path strings.Builder
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				path.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h1v1h-1z")
			}
		}
	}
	side := strconv.Itoa(size.Dx())
	return `<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + side + ` ` + side + `" role="img" aria-label="` + escapeAttr(title) +
		`" shape-rendering="crispEdges"><path d="` + path.String() + `" fill="#000"/></svg>`, nil
}

func escapeAttr(s string) string {
	return strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;").Replace(s)
}
