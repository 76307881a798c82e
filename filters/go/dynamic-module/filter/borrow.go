//go:build !abi_1_37

package filter

import "github.com/envoyproxy/envoy/source/extensions/dynamic_modules/sdk/go/shared"

// The first value of a header, in Envoy's memory: for as long as the hook lasts and sets no header.
func borrowValue(headers shared.HeaderMap, name string) string {
	return headers.GetOne(name).ToUnsafeString()
}

// Adds the parts of a body, in Envoy's memory, for as long as the hook lasts.
func borrowParts(parts [][]byte, body shared.BodyBuffer) [][]byte {
	for _, chunk := range body.GetChunks() {
		parts = append(parts, chunk.ToUnsafeBytes())
	}
	return parts
}
