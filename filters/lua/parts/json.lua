-- A scanner that finds one field of a JSON object and proves that all of the text is JSON. It builds no values: long
-- strings are passed over by plain finds, which are searches for one byte.
local byte, gsub, sub = string.byte, string.gsub, string.sub
-- Deeper than this, filters/core refuses too.
local deepest = 127

-- No string may hold one of these as it is.
local controls = {}
for code = 0, 31 do controls[#controls + 1] = string.char(code) end

-- The text at hand, and where its next backslash and control character are: looked for once, not once a string.
local text, escapeAt, controlAt, nextControl
-- Where the field's value is; `valueAt` is nil as long as it was not met.
local valueAt, valueEnd, valueEscaped

local function skipSpace(at)
  local code = byte(text, at)
  if code == 32 or code == 10 or code == 13 or code == 9 then
    local _, last = find(text, "^[ \n\r\t]+", at)
    return last + 1
  end
  return at
end

-- Each `skip` returns the position behind what begins at `at`, or nil where that is not JSON.
local function skipString(at)
  local from, escaped = at + 1, false
  local quote = find(text, '"', from, true)
  if not quote then return nil end
  if escapeAt < from then escapeAt = find(text, "\\", from, true) or never end
  while escapeAt < quote do
    escaped = true
    local _, last = find(text, '^["\\/bfnrt]', escapeAt + 1)
    if not last then _, last = find(text, "^u%x%x%x%x", escapeAt + 1) end
    if not last then return nil end
    from = last + 1
    if quote < from then
      quote = find(text, '"', from, true)
      if not quote then return nil end
    end
    escapeAt = find(text, "\\", from, true) or never
  end
  if controlAt <= at then controlAt = nextControl(at + 1) end
  if controlAt < quote then return nil end
  return quote + 1, escaped
end

local function skipNumber(at)
  local _, last = find(text, "^-?0", at)
  if not last then _, last = find(text, "^-?[1-9]%d*", at) end
  if not last then return nil end
  local _, fraction = find(text, "^%.%d+", last + 1)
  last = fraction or last
  local _, exponent = find(text, "^[eE][+-]?%d+", last + 1)
  return (exponent or last) + 1
end

local function skipWord(at, word)
  if sub(text, at, at + #word - 1) == word then return at + #word end
  return nil
end

local skipArray, skipObject

local function skipValue(at, depth)
  local code = byte(text, at)
  if code == 34 then return skipString(at) end
  if code == 123 or code == 91 then
    if depth == deepest then return nil end
    if code == 123 then return skipObject(at, depth + 1) end
    return skipArray(at, depth + 1)
  end
  if code == 116 then return skipWord(at, "true") end
  if code == 102 then return skipWord(at, "false") end
  if code == 110 then return skipWord(at, "null") end
  return skipNumber(at)
end

function skipArray(at, depth)
  at = skipSpace(at + 1)
  if byte(text, at) == 93 then return at + 1 end
  while true do
    at = skipValue(at, depth)
    if not at then return nil end
    at = skipSpace(at)
    local code = byte(text, at)
    if code == 93 then return at + 1 end
    if code ~= 44 then return nil end
    at = skipSpace(at + 1)
  end
end

local meaning = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }

local function utf8(hex)
  local code = tonumber(hex, 16)
  if code < 128 then return string.char(code) end
  local low = 128 + code % 64
  if code < 2048 then return string.char(192 + (code - code % 64) / 64, low) end
  local middle = (code - code % 64) / 64
  return string.char(224 + (middle - middle % 64) / 64, 128 + middle % 64, low)
end

-- What a string's escapes stand for. Pairs of surrogates are not joined: no header value has them.
local function unescape(raw)
  return (gsub(raw, "\\(.)(%x?%x?%x?%x?)", function(kind, hex)
    if kind == "u" then return utf8(hex) end
    return (meaning[kind] or kind) .. hex
  end))
end

-- `field` is the name that is looked for, at the top only.
function skipObject(at, depth, field)
  at = skipSpace(at + 1)
  if byte(text, at) == 125 then return at + 1 end
  while true do
    if byte(text, at) ~= 34 then return nil end
    local colon, escaped = skipString(at)
    if not colon then return nil end
    local name = field and sub(text, at + 1, colon - 2)
    if name and escaped then name = unescape(name) end
    colon = skipSpace(colon)
    if byte(text, colon) ~= 58 then return nil end
    at = skipSpace(colon + 1)
    local behind, inEscapes = skipValue(at, depth)
    if not behind then return nil end
    if name and name == field then valueAt, valueEnd, valueEscaped = at, behind - 1, inEscapes end
    at = skipSpace(behind)
    local code = byte(text, at)
    if code == 125 then return at + 1 end
    if code ~= 44 then return nil end
    at = skipSpace(at + 1)
  end
end

-- Where the object's brace is, or nil where `body` is no JSON object; then where the field's value is, if it has one.
local function locate(body, field)
  text, escapeAt, controlAt, valueAt = body, 0, 0, nil
  nextControl = searchFor(controls, body)
  local brace = skipSpace(1)
  local behind
  if byte(text, brace) == 123 then behind = skipObject(brace, 1, field) end
  local whole = behind and skipSpace(behind) == #text + 1
  -- Else the last body would be kept until the next one comes.
  text, nextControl = "", nil
  if whole then return brace, valueAt, valueEnd end
  return nil
end

-- The field's value, or nil where `body` is no JSON object or the field no string in it.
local function stringField(body, field)
  local brace, first, last = locate(body, field)
  if not brace or not first or byte(body, first) ~= 34 then return nil end
  local raw = sub(body, first + 1, last - 1)
  return valueEscaped and unescape(raw) or raw
end
