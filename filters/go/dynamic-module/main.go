// The jobs of filters/go/core as an Envoy dynamic module: the filter's configuration is the job's JSON.
package main

import (
	sdk "github.com/envoyproxy/envoy/source/extensions/dynamic_modules/sdk/go"
	// The hooks that Envoy looks up in the library.
	_ "github.com/envoyproxy/envoy/source/extensions/dynamic_modules/sdk/go/abi"
	"github.com/envoyproxy/envoy/source/extensions/dynamic_modules/sdk/go/shared"

	"filterbench/filters/dynamic-module/filter"
)

// A library has no start of its own.
func main() {}

func init() {
	sdk.RegisterHttpFilterConfigFactories(map[string]shared.HttpFilterConfigFactory{
		"filterbench": &filter.ConfigFactory{},
	})
}
