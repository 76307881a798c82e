-- Reads the top of a small JSON object into a table, by the scanner of json.lua: texts, numbers, and lists of texts.
-- Anything else is proven to be JSON, and stands as false.

-- One pattern is the quicker search in a text of some hundred bytes.
local function nextControlIn(from) return find(text, "[%z\1-\31]", from) or never end

local function textAt(at, behind, escaped)
  local raw = sub(text, at + 1, behind - 2)
  return escaped and unescape(raw) or raw
end

-- The position behind the value that begins at `at`, and its text where it is one; nil where that is not JSON.
local function readTextOrSkip(at)
  if byte(text, at) ~= 34 then return skipValue(at), false end
  local behind, escaped = skipString(at)
  return behind, behind and textAt(at, behind, escaped)
end

local function readList(at)
  local items = {}
  at = skipSpace(at + 1)
  while byte(text, at) ~= 93 do
    local behind, item = readTextOrSkip(at)
    if not behind then return nil end
    items[#items + 1] = item
    at = skipSpace(behind)
    if byte(text, at) == 44 then
      at = skipSpace(at + 1)
      if byte(text, at) == 93 then return nil end
    elseif byte(text, at) ~= 93 then
      return nil
    end
  end
  return at + 1, items
end

-- The position behind the value that begins at `at`, and what it is; nil where that is not JSON.
local function readValue(at)
  local code = byte(text, at)
  if code == 91 then return readList(at) end
  if code == 34 then return readTextOrSkip(at) end
  local behind = skipValue(at)
  return behind, behind and tonumber(sub(text, at, behind - 1)) or false
end

-- The members of the object that `json` is; nil where it is none.
local function readObject(json)
  text, escapeAt, controlAt, nextControl = json, 0, 0, nextControlIn
  local members = {}
  local at = skipSpace(1)
  if byte(text, at) ~= 123 then return nil end
  at = skipSpace(at + 1)
  while byte(text, at) ~= 125 do
    local value, nameEnd, escaped = skipName(at)
    if not value then return nil end
    local name = textAt(at, nameEnd + 1, escaped)
    at, members[name] = readValue(value)
    if not at then return nil end
    at = skipSpace(at)
    if byte(text, at) == 44 then
      at = skipSpace(at + 1)
      if byte(text, at) == 125 then return nil end
    elseif byte(text, at) ~= 125 then
      return nil
    end
  end
  return skipSpace(at + 1) == #text + 1 and members or nil
end
