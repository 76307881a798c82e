-- Card numbers: 16 digits, in one or in four groups of 4 with the same space or dash between, that pass Luhn's check.
local byte, floor = string.byte, math.floor
local digits = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" }

-- `gap` is how many bytes lie between two groups.
local function passesLuhn(text, first, gap)
  local sum = 0
  for index = 0, 15 do
    local digit = byte(text, first + index + gap * floor(index / 4)) - 48
    if index % 2 == 0 then
      digit = digit * 2
      if digit > 9 then digit = digit - 9 end
    end
    sum = sum + digit
  end
  return sum % 10 == 0
end

-- Makes a search that tells where the next card number begins and ends; nil where there is none any more.
local function searchForCards(text)
  local nextDigit = searchFor(digits, text)
  local from = 1
  return function()
    while true do
      local first = nextDigit(from)
      if first == never then return nil end
      local _, last = find(text, "^%d+", first)
      from = last + 1
      -- A run of digits begins and ends where digits do, so no further one can be beside it.
      local length = from - first
      if length == 16 and passesLuhn(text, first, 0) then return first, last end
      if length == 4 then
        local _, cardEnd = find(text, "^%d%d%d%d([ %-])%d%d%d%d%1%d%d%d%d%1%d%d%d%d%f[%D]", first)
        if cardEnd and passesLuhn(text, first, 1) then return first, cardEnd end
      end
    end
  end
end
