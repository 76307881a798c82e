//go:build wasip1

// The jobs of filters/go/core as a Proxy-Wasm module: the plugin's configuration is the job's JSON.
package main

import (
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"filterbench/filters/core"
)

// A module without a start function: Envoy calls what is exported.
func main() {}

func init() {
	proxywasm.SetPluginContext(func(uint32) types.PluginContext { return &plugin{} })
}

type plugin struct {
	types.DefaultPluginContext
	// One for all streams, as none has anything of its own to remember.
	stream *stream
}

func (p *plugin) OnPluginStart(int) types.OnPluginStartStatus {
	text, err := proxywasm.GetPluginConfiguration()
	if err != nil {
		// No configuration is no job, and is refused as such.
		text = nil
	}
	job, err := core.ParseJob(text)
	if err != nil {
		proxywasm.LogError(err.Error())
		return types.OnPluginStartStatusFailed
	}
	p.stream = &stream{job: job}
	return types.OnPluginStartStatusOK
}

func (p *plugin) NewHttpContext(uint32) types.HttpContext {
	return p.stream
}
