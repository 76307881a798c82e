${parts.bytes}
${parts.json}

-- A line break in it would add a header of the client's choice, and a space at either end is lost where an answer over
-- HTTP brings it.
local function isHeaderValue(text)
  return find(text, "^[!-~]$") or find(text, "^[!-~][ -~]*[!-~]$")
end

function envoy_on_request(handle)
  local body = handle:body()
  local model = body and stringField(body:getBytes(0, body:length()), "model")
  if not model or not isHeaderValue(model) then model = "none" end
  -- Envoy chooses the route again after a script has changed a header.
  handle:headers():replace("x-model", model)
end
