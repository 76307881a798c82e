${parts.bytes}
${parts.cards}

local words = ${words_lua}
local refusal = { [":status"] = "403", ["content-type"] = "text/plain" }

local function whatIsWrong(text)
  if searchForCards(text)() then return "Blocked: card number." end
  for index = 1, #words do
    if find(text, words[index], 1, true) then return "Blocked: forbidden word." end
  end
  return nil
end

function envoy_on_request(handle)
  local body = handle:body()
  local complaint = body and whatIsWrong(body:getBytes(0, body:length()))
  if complaint then handle:respond(refusal, complaint) end
end
