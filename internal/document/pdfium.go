package document

import (
	"os"
	"path/filepath"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// startPDF starts PDFium once, and only when a PDF comes. Compiling it takes
// seconds: what comes of that stays in the cache folder of the user, where he has
// one that nobody else can write to.
var startPDF = sync.OnceValues(func() (pdfium.Pool, error) {
	for range 2 {
		dir, ok := compiled()
		if !ok {
			break
		}
		cache, err := wazero.NewCompilationCacheWithDir(dir)
		if err != nil {
			break
		}
		if pool, err := pdfPool(engine().WithCompilationCache(cache)); err == nil {
			return pool, nil
		}
		os.RemoveAll(dir) // what was kept is broken
	}
	return pdfPool(engine())
})

// engine is what PDFium is compiled for; its own default.
func engine() wazero.RuntimeConfig {
	return wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
}

func pdfPool(e wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{MinIdle: 0, MaxIdle: 1, MaxTotal: 2, ReuseWorkers: true, RuntimeConfig: e})
}

// compiled returns the folder of what was compiled: it is run unread, so nobody
// but the user may write to it.
func compiled() (string, bool) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", false
	}
	dir := filepath.Join(cache, "interdict", "pdfium")
	if os.MkdirAll(dir, 0o700) != nil {
		return "", false
	}
	info, err := os.Lstat(dir)
	return dir, err == nil && info.IsDir() && info.Mode().Perm()&0o022 == 0 && ours(info)
}
