package document

import (
	"sync"
	"sync/atomic"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// kept is what KeepCompiled was given.
var kept atomic.Pointer[func() (string, bool)]

// KeepCompiled says in which folder stays what PDFium was compiled to: compiling
// takes seconds. It is asked for when the first PDF comes; false is none. What lies
// there is run unread: nobody else may be able to write there.
func KeepCompiled(folder func() (dir string, ok bool)) { kept.Store(&folder) }

// startPDF starts PDFium once, and only when a PDF comes.
var startPDF = sync.OnceValues(func() (pdfium.Pool, error) {
	if cache, ok := compiled(); ok {
		if pool, err := pdfPool(engine().WithCompilationCache(cache)); err == nil {
			return pool, nil
		}
	}
	return pdfPool(engine()) // nothing is kept, or what cannot be used
})

func compiled() (wazero.CompilationCache, bool) {
	folder := kept.Load()
	if folder == nil {
		return nil, false
	}
	dir, ok := (*folder)()
	if !ok {
		return nil, false
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	return cache, err == nil
}

// engine is what PDFium is compiled for; its own default.
func engine() wazero.RuntimeConfig {
	return wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
}

func pdfPool(e wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{MinIdle: 0, MaxIdle: 1, MaxTotal: 2, ReuseWorkers: true, RuntimeConfig: e})
}
