-- Base64url (RFC 4648, section 5) without padding, in LuaJIT's C types: nothing is joined but the result.
local ffi, bit = require("ffi"), require("bit")
local band, bor, lshift, rshift = bit.band, bit.bor, bit.lshift, bit.rshift

-- What each character stands for; 255 where it is none of the alphabet.
local sextets = ffi.new("uint8_t[256]")
ffi.fill(sextets, 256, 255)
local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
for value = 0, 63 do sextets[string.byte(alphabet, value + 1)] = value end

local decoded, capacity = nil, 0

-- The bytes that `text` stands for, or nil where it is not base64url.
local function decodeBase64url(text)
  local length = #text
  local rest = length % 4
  if rest == 1 then return nil end
  if length > capacity then
    decoded, capacity = ffi.new("uint8_t[?]", length), length
  end
  local from, at, seen = ffi.cast("const uint8_t*", text), 0, 0
  for index = 0, length - rest - 1, 4 do
    local a, b, c, d = sextets[from[index]], sextets[from[index + 1]], sextets[from[index + 2]], sextets[from[index + 3]]
    decoded[at] = bor(lshift(a, 2), rshift(b, 4))
    decoded[at + 1] = bor(lshift(b, 4), rshift(c, 2))
    decoded[at + 2] = bor(lshift(c, 6), d)
    at, seen = at + 3, bor(seen, a, b, c, d)
  end
  if rest > 0 then
    local a, b = sextets[from[length - rest]], sextets[from[length - rest + 1]]
    decoded[at] = bor(lshift(a, 2), rshift(b, 4))
    at, seen = at + 1, bor(seen, a, b)
    -- Bits to spare must be 0 (RFC 4648, section 3.5).
    if rest == 2 and band(b, 15) ~= 0 then return nil end
    if rest == 3 then
      local c = sextets[from[length - 1]]
      decoded[at] = bor(lshift(b, 4), rshift(c, 2))
      at, seen = at + 1, bor(seen, c)
      if band(c, 3) ~= 0 then return nil end
    end
  end
  if seen > 63 then return nil end
  return ffi.string(decoded, at)
end
