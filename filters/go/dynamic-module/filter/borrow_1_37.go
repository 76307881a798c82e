//go:build abi_1_37

package filter

import "github.com/envoyproxy/envoy/source/extensions/dynamic_modules/sdk/go/shared"

// The SDK of 1.37 hands the same over as plain strings and slices.
func borrowValue(headers shared.HeaderMap, name string) string {
	return headers.GetOne(name)
}

func borrowParts(parts [][]byte, body shared.BodyBuffer) [][]byte {
	return append(parts, body.GetChunks()...)
}
