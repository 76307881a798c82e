${parts.bytes}
${parts.cards}

local sub, rep, concat, sort = string.sub, string.rep, table.concat, table.sort
local words = ${words_lua}

-- Where everything to be masked begins, in order, and where what begins there ends.
local function findSpans(text)
  local starts, ends = {}, {}
  for first, last in searchForCards(text) do
    starts[#starts + 1], ends[first] = first, last
  end
  for index = 1, #words do
    local word = words[index]
    local first, last = find(text, word, 1, true)
    while first do
      starts[#starts + 1], ends[first] = first, last
      first, last = find(text, word, last + 1, true)
    end
  end
  sort(starts)
  return starts, ends
end

-- The text with stars in place of cards and words, or nil where there are none.
local function masked(text)
  local starts, ends = findSpans(text)
  if #starts == 0 then return nil end
  local pieces, from = {}, 1
  for index = 1, #starts do
    local first, last = starts[index], ends[starts[index]]
    -- Two card numbers may share groups.
    if first < from then first = from end
    if last >= first then
      pieces[#pieces + 1] = sub(text, from, first - 1)
      pieces[#pieces + 1] = rep("*", last - first + 1)
      from = last + 1
    end
  end
  pieces[#pieces + 1] = sub(text, from)
  return concat(pieces)
end

local function redact(handle)
  local body = handle:body()
  local text = body and masked(body:getBytes(0, body:length()))
  if text then body:setBytes(text) end
end

envoy_on_request, envoy_on_response = redact, redact
