package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
)

//go:embed static/*
var staticFiles embed.FS

// assets are the sheet and the script, by name, with a hash of what they say.
var assets, assetHashes = readAssets()

func readAssets() (map[string][]byte, map[string]string) {
	all, hashes := map[string][]byte{}, map[string]string{}
	files, err := staticFiles.ReadDir("static")
	if err != nil {
		panic(err)
	}
	for _, f := range files {
		text, err := staticFiles.ReadFile(path.Join("static", f.Name()))
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(text)
		all[f.Name()], hashes[f.Name()] = text, hex.EncodeToString(sum[:6])
	}
	return all, hashes
}

// asset is the address of the sheet or the script as it is now.
func asset(name string) string { return "/static/" + assetHashes[name] + "/" + name }

// Sheet is the address of the sheet of the pages, for a page that is not ours.
func Sheet() string { return asset("interdict.css") }

var mediaOf = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

func serveStatic(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	text, ok := assets[name]
	if !ok || r.PathValue("hash") != assetHashes[name] {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", mediaOf[name[strings.LastIndexByte(name, '.'):]])
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(text) // a reader who left is no fault
}
