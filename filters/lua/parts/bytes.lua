local find = string.find
local never = math.huge

-- Makes a search for the next of several bytes that only goes forwards. A plain find for each of them is many times
-- faster than one pattern for all: it is a search of the C library, where a pattern is interpreted byte by byte.
local function searchFor(bytes, text)
  local places = {}
  for index = 1, #bytes do places[index] = 0 end
  return function(from)
    local nearest = never
    for index = 1, #bytes do
      local at = places[index]
      if at < from then
        at = find(text, bytes[index], from, true) or never
        places[index] = at
      end
      if at < nearest then nearest = at end
    end
    return nearest
  end
end
