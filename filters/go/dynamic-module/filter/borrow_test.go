//go:build !abi_1_37

package filter

import (
	"unsafe"

	"github.com/envoyproxy/envoy/source/extensions/dynamic_modules/sdk/go/shared"
)

func (h headerMap) GetOne(name string) shared.UnsafeEnvoyBuffer {
	value := h.values[name]
	return shared.UnsafeEnvoyBuffer{Ptr: unsafe.StringData(value), Len: uint64(len(value))}
}

func (b *body) GetChunks() []shared.UnsafeEnvoyBuffer {
	chunks := make([]shared.UnsafeEnvoyBuffer, len(b.parts))
	for i, part := range b.parts {
		chunks[i] = shared.UnsafeEnvoyBuffer{Ptr: unsafe.SliceData(part), Len: uint64(len(part))}
	}
	return chunks
}
