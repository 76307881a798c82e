-- A scanner that finds one field of a JSON object and proves that all of the text is JSON. It builds no values: long
-- strings are passed over by plain finds, which are searches for one byte.
local byte, gsub, sub = string.byte, string.gsub, string.sub

-- No string may hold one of these as it is.
local controls = {}
for code = 0, 31 do controls[#controls + 1] = string.char(code) end

-- The text at hand, and where its next backslash and control character are: looked for once, not once a string.
local text, escapeAt, controlAt, nextControl

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

-- A value that holds no others.
local function skipScalar(at, code)
  if code == 34 then return skipString(at) end
  if code == 116 then return skipWord(at, "true") end
  if code == 102 then return skipWord(at, "false") end
  if code == 110 then return skipWord(at, "null") end
  return skipNumber(at)
end

-- From a name to the value behind its colon; also where the name ends, and whether it has escapes.
local function skipName(at)
  if byte(text, at) ~= 34 then return nil end
  local behind, escaped = skipString(at)
  if not behind then return nil end
  local colon = skipSpace(behind)
  if byte(text, colon) ~= 58 then return nil end
  return skipSpace(colon + 1), behind - 1, escaped
end

-- How each level that is open ends. They are counted, not called into each other, so that no body is too deep.
local closers = {}

local function skipValue(at)
  local depth = 0
  while true do
    local code, isBegin = byte(text, at), false
    if code == 123 or code == 91 then
      depth, isBegin = depth + 1, true
      closers[depth] = code + 2
      at = skipSpace(at + 1)
      if byte(text, at) == code + 2 then
        depth, at, isBegin = depth - 1, at + 1, false
      elseif code == 123 then
        at = skipName(at)
        if not at then return nil end
      end
    else
      at = skipScalar(at, code)
      if not at then return nil end
    end
    while not isBegin do
      if depth == 0 then return at end
      at = skipSpace(at)
      code = byte(text, at)
      if code == closers[depth] then
        depth, at = depth - 1, at + 1
      elseif code == 44 then
        isBegin = true
        at = skipSpace(at + 1)
        if closers[depth] == 125 then at = skipName(at) end
        if not at then return nil end
      else
        return nil
      end
    end
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

-- Behind the object that begins at `at`; then first and last byte of the value of its last field of that name, if it has
-- one, and whether it has escapes.
local function skipFields(at, field)
  local first, last, escaped
  at = skipSpace(at + 1)
  if byte(text, at) == 125 then return at + 1 end
  while true do
    local value, nameEnd, nameEscaped = skipName(at)
    if not value then return nil end
    local name = sub(text, at + 1, nameEnd - 1)
    if nameEscaped then name = unescape(name) end
    local behind, inEscapes
    if byte(text, value) == 34 then behind, inEscapes = skipString(value) else behind = skipValue(value) end
    if not behind then return nil end
    if name == field then first, last, escaped = value, behind - 1, inEscapes end
    at = skipSpace(behind)
    local code = byte(text, at)
    if code == 125 then return at + 1, first, last, escaped end
    if code ~= 44 then return nil end
    at = skipSpace(at + 1)
  end
end

-- Where the object's brace is, or nil where `body` is no JSON object; then where the field's value is, if it has one, and
-- whether it has escapes.
local function locate(body, field)
  text, escapeAt, controlAt = body, 0, 0
  nextControl = searchFor(controls, body)
  local brace = skipSpace(1)
  local behind, first, last, escaped
  if byte(text, brace) == 123 then behind, first, last, escaped = skipFields(brace, field) end
  local whole = behind and skipSpace(behind) == #text + 1
  -- Else the last body would be kept until the next one comes.
  text, nextControl = "", nil
  if whole then return brace, first, last, escaped end
  return nil
end

-- The field's value, or nil where `body` is no JSON object or the field no string in it.
local function stringField(body, field)
  local brace, first, last, escaped = locate(body, field)
  if not brace or not first or byte(body, first) ~= 34 then return nil end
  local raw = sub(body, first + 1, last - 1)
  return escaped and unescape(raw) or raw
end
