//go:build abi_1_37

package filter

func (h headerMap) GetOne(name string) string { return h.values[name] }

func (b *body) GetChunks() [][]byte { return b.parts }
